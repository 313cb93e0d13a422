// SPDX-License-Identifier: Apache-2.0
package tonle.registry.bringup;

import tonle.registry.bringup.Event.CheckFell;
import tonle.registry.bringup.Event.ChecksStand;
import tonle.registry.bringup.Event.End;
import tonle.registry.bringup.Event.PortGiven;
import tonle.registry.bringup.Event.Word;
import tonle.registry.bringup.Stage.Ended;
import tonle.registry.bringup.Stage.InService;
import tonle.registry.bringup.Stage.Planned;
import tonle.registry.bringup.Stage.Quarantine;
import tonle.registry.bringup.Stage.Ready;

/** The bring-up as a pure machine: a stage and an event in, the next stage or a refusal out. */
public final class BringUp {
    private BringUp() {}

    /** What an event does. */
    public sealed interface Outcome {
        /** The link stands here now; the same as before where the event says nothing new. */
        record Moved(Stage stage) implements Outcome {}

        /** Nothing changed. */
        record Refused(Refusal reason) implements Outcome {}
    }

    /** Why an event is refused; words in both languages under {@code bringup.refusal.<name>}. */
    public enum Refusal {
        /** A link has one port; end the bring-up and begin another to move it. */
        HAS_A_PORT,
        /** Checks run on a port, and there is none yet. */
        HAS_NO_PORT,
        /** Both sides speak when the checks stand, not before. */
        CHECKS_DO_NOT_STAND,
        /** A port that carries traffic never goes back to quarantine: mend the fault in service. */
        IN_SERVICE,
        /** What has ended stays ended. */
        HAS_ENDED,
        /** The registrar keeps the book and gives no word for a side. */
        NOT_A_SIDE
    }

    /** One step. Every pair of stage and event has its answer; a new event does not compile before it has one too. */
    public static Outcome step(Stage stage, Event event) {
        if (stage instanceof Ended) {
            return new Outcome.Refused(Refusal.HAS_ENDED);
        }
        return switch (event) {
            case End(var day, var reason) -> new Outcome.Moved(new Ended(day, reason));
            case PortGiven(var port, var day) ->
                stage instanceof Planned(var wantedDay)
                        ? new Outcome.Moved(new Quarantine(port, day, wantedDay))
                        : new Outcome.Refused(stage instanceof InService ? Refusal.IN_SERVICE : Refusal.HAS_A_PORT);
            case ChecksStand(var day) ->
                switch (stage) {
                    case Planned planned -> new Outcome.Refused(Refusal.HAS_NO_PORT);
                    case Quarantine quarantine -> new Outcome.Moved(new Ready(quarantine.port(), day, false, false));
                    case Ready ready -> new Outcome.Moved(ready);
                    case InService inService -> new Outcome.Moved(inService);
                    case Ended ended -> new Outcome.Refused(Refusal.HAS_ENDED);
                };
            case CheckFell fell ->
                switch (stage) {
                    case Planned planned -> new Outcome.Refused(Refusal.HAS_NO_PORT);
                    case Quarantine quarantine -> new Outcome.Moved(quarantine);
                    // Words given for a link that no longer stands well are void.
                    case Ready ready -> new Outcome.Moved(new Quarantine(ready.port(), fell.day(), fell.day()));
                    case InService inService -> new Outcome.Refused(Refusal.IN_SERVICE);
                    case Ended ended -> new Outcome.Refused(Refusal.HAS_ENDED);
                };
            case Word word -> word(stage, word);
        };
    }

    private static Outcome word(Stage stage, Word word) {
        if (word.party() == Party.REGISTRAR) {
            return new Outcome.Refused(Refusal.NOT_A_SIDE);
        }
        return switch (stage) {
            case Planned planned -> new Outcome.Refused(Refusal.HAS_NO_PORT);
            case Quarantine quarantine -> new Outcome.Refused(Refusal.CHECKS_DO_NOT_STAND);
            case Ready(var port, var since, var hasOperatorWord, var hasGatewayWord) -> {
                boolean hasOperator = hasOperatorWord || word.party() == Party.OPERATOR_ENGINEER;
                boolean hasGateway = hasGatewayWord || word.party() == Party.GATEWAY_ENGINEER;
                yield new Outcome.Moved(
                        hasOperator && hasGateway
                                ? new InService(port, word.day())
                                : new Ready(port, since, hasOperator, hasGateway));
            }
            case InService inService -> new Outcome.Moved(inService);
            case Ended ended -> new Outcome.Refused(Refusal.HAS_ENDED);
        };
    }
}
