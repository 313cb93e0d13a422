// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import tonle.base.power.Clock;
import tonle.notary.check.LogSource;
import tonle.notary.log.LogPlaces;
import tonle.notary.log.Witnesses;
import tonle.notary.witness.KnownWitness;
import tonle.notary.witness.WitnessGroup;
import tonle.notary.witness.WitnessState;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.SignedNote;
import tonle.tlog.proof.TrustPolicy;

/**
 * The witnesses that the published policy names, while that may change. A policy that is there and cannot be read is no
 * reason to go on without witnesses: nothing is entered until it can.
 */
final class LogWitnesses implements Witnesses, AutoCloseable {
    private final LogPlaces places;
    private final Clock clock;
    private final BiPredicate<Long, List<NoteSignature>> shown;
    private volatile Optional<WitnessGroup> group = Optional.empty();
    private volatile String trouble = "";

    /** @param shown shows cosignatures below the checkpoint of a size */
    LogWitnesses(LogPlaces places, Clock clock, BiPredicate<Long, List<NoteSignature>> shown) {
        this.places = places;
        this.clock = clock;
        this.shown = shown;
    }

    /** Asks the witnesses of the policy that is published, where it has any. */
    void read() {
        Path file = places.published().resolve("policy");
        try {
            if (group.isPresent() || !Files.exists(file)) {
                return;
            }
            switch (TrustPolicy.parse(Files.readAllBytes(file))) {
                case Outcome.Good<TrustPolicy>(TrustPolicy policy) -> {
                    trouble = "";
                    if (!KnownWitness.of(policy).isEmpty()) {
                        group = Optional.of(
                                over(policy, policy.logs().values().iterator().next()));
                    }
                }
                case Outcome.Refused<TrustPolicy>(LogFault fault, long position) ->
                    trouble = file + " is no policy: " + fault + " at octet " + position + "; put it back";
            }
        } catch (IOException e) {
            trouble = file + " cannot be read: " + e.getMessage();
        }
    }

    private WitnessGroup over(TrustPolicy policy, LogIdentity log) {
        return new WitnessGroup(
                policy, log, LogSource.folder(places.published()), places.evidence(), clock, shown::test);
    }

    List<WitnessState> states() {
        return group.map(WitnessGroup::states).orElse(List.of());
    }

    long witnessedSize() {
        return group.map(WitnessGroup::witnessedSize).orElse(0L);
    }

    boolean isWitnessed() {
        return group.isPresent();
    }

    /** Begins to ask other witnesses beside those that are asked now; {@link #use} changes over to them. */
    WitnessGroup candidate(TrustPolicy policy, LogIdentity log) {
        return over(policy, log);
    }

    void use(WitnessGroup next) {
        Optional<WitnessGroup> before = group;
        group = Optional.of(next);
        before.ifPresent(WitnessGroup::close);
    }

    /** @param octets as it is entered and published */
    record Checked(byte[] octets, TrustPolicy policy) {}

    /**
     * The lines of a policy without its logs, behind those of this log; what is wrong with it is said.
     *
     * @throws IOException in words
     */
    static Checked checked(byte[] text, LogIdentity log) throws IOException {
        String own = log.keys().stream().map(key -> "log " + key.text() + "\n").collect(Collectors.joining());
        String rest = new String(text, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.strip().startsWith("log "))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        refuseForeignLogs(text, log);
        byte[] whole = (own + rest).getBytes(StandardCharsets.ISO_8859_1);
        return switch (TrustPolicy.parse(whole)) {
            case Outcome.Refused<TrustPolicy>(LogFault fault, long position) ->
                throw new IOException("that is no policy: " + fault + " at octet "
                        + Math.max(0, position - own.length())
                        + " (C2SP tlog-policy: 'witness NAME KEY ADDRESS', 'group NAME COUNT NAMES', 'quorum NAME')");
            case Outcome.Good<TrustPolicy>(TrustPolicy policy) -> {
                refuse(policy);
                yield new Checked(whole, policy);
            }
        };
    }

    private static void refuseForeignLogs(byte[] text, LogIdentity log) throws IOException {
        Set<String> own = log.keys().stream().map(key -> key.text()).collect(Collectors.toSet());
        Optional<String> foreign = new String(text, StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("log "))
                .map(line -> line.split("\\s+")[1])
                .filter(key -> !own.contains(key))
                .findFirst();
        if (foreign.isPresent()) {
            throw new IOException(
                    "the policy names another log's key, " + foreign.get() + "; leave out its 'log' lines");
        }
    }

    private static void refuse(TrustPolicy policy) throws IOException {
        if (policy.quorum().equals(TrustPolicy.NONE)) {
            throw new IOException("the policy asks for no witness; name a quorum of at least one");
        }
        Set<String> wrong = KnownWitness.wrongAddresses(policy);
        if (!wrong.isEmpty()) {
            throw new IOException("witnesses are asked over http or https, not at " + String.join(" ", wrong));
        }
        if (!policy.isQuorum(policy.addresses().keySet())) {
            throw new IOException("those witnesses that have an address are no quorum; give each its address");
        }
    }

    @Override
    public Standing standing(String origin) {
        read();
        return trouble.isEmpty()
                ? group.map(each -> each.standing(origin)).orElseGet(Standing.Unwitnessed::new)
                : new Standing.Silent(trouble);
    }

    @Override
    public void published(SignedNote checkpoint) {
        group.ifPresent(each -> each.published(checkpoint));
    }

    @Override
    public void close() {
        group.ifPresent(WitnessGroup::close);
    }
}
