// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.log;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tonle.notary.witness.WitnessState;
import tonle.portal.proof.LogHealth;

/** Says what is in the way of the log, once when it begins and once when it is over. One thread at a time. */
final class LogAlarms {
    private final Consumer<String> say;
    private List<String> last = List.of();

    LogAlarms(Consumer<String> say) {
        this.say = say;
    }

    void look(LogHealth health) {
        List<String> now = kinds(health);
        if (now.equals(last)) {
            return;
        }
        if (now.isEmpty()) {
            say.accept("public log goes on");
        } else {
            troubles(health).forEach(words -> say.accept("warning: " + words));
        }
        last = now;
    }

    /** What does not change while the trouble is the same one. */
    private static List<String> kinds(LogHealth health) {
        List<String> kinds = new ArrayList<>();
        health.writer().outage().ifPresent(outage -> kinds.add(outage.reason().name()));
        if (!health.witnesses().isEmpty() && !isQuorate(health)) {
            kinds.add("quorum");
        }
        health.witnesses()
                .forEach(witness -> witness.trouble()
                        .filter(trouble -> trouble.kind().isAlarm())
                        .ifPresent(trouble -> kinds.add(witness.name() + " " + trouble.kind())));
        return kinds;
    }

    /** A quorum is missed where somebody is in trouble and so the newest entries are not witnessed. */
    private static boolean isQuorate(LogHealth health) {
        return health.isWitnessed()
                || health.witnesses().stream()
                        .allMatch(witness -> witness.trouble().isEmpty());
    }

    static List<String> troubles(LogHealth health) {
        List<String> troubles = new ArrayList<>();
        health.writer()
                .outage()
                .ifPresent(outage -> troubles.add("the public log takes no entries: " + outage.getMessage()
                        + (health.waitingEvents() > 0 ? "; " + health.waitingEvents() + " acts wait" : "")));
        if (!health.witnesses().isEmpty() && !isQuorate(health)) {
            troubles.add(
                    "too few witnesses have seen the newest entries of the public log: " + words(health.witnesses()));
        }
        health.witnesses()
                .forEach(witness -> witness.trouble()
                        .filter(trouble -> trouble.kind().isAlarm())
                        .ifPresent(trouble -> troubles.add("ALARM: the witness " + witness.name()
                                + " says of the public log: " + trouble.words())));
        return troubles;
    }

    static String words(List<WitnessState> states) {
        return states.stream()
                .filter(state -> state.trouble().isPresent())
                .map(state -> state.name() + ": " + state.trouble().get().words())
                .collect(Collectors.joining("; "));
    }
}
