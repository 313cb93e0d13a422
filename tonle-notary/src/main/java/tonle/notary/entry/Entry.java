// SPDX-License-Identifier: Apache-2.0
package tonle.notary.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tonle.base.Must;
import tonle.tlog.Lines;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.SignatureType;
import tonle.tlog.note.VerifierKey;
import tonle.tlog.tile.TileOctets;
import tonle.tlog.tree.Hash;

/**
 * What is entered in the log. Its octets are lines of text, the kind first, then each field by its name:
 *
 * <pre>
 *   tonle entry 1 heartbeat
 *   at 2026-11-24T04:05:06Z
 *   next-within-seconds 600
 * </pre>
 */
public sealed interface Entry {
    String FORM = "tonle entry 1 ";

    EntryKind kind();

    /** The values, in the order of the kind's fields: texts, numbers, moments, digests and so on. */
    List<Object> values();

    /** The first entry of a log: who it is. */
    record LogOpened(Instant at, String origin, VerifierKey ed25519, VerifierKey mlDsa44) implements Entry {
        static Entry of(Values values) {
            return new LogOpened(values.moment(), values.text(), values.key(), values.key());
        }

        /** Of a log that has a key of each kind, as those do that are begun here. */
        public static LogOpened by(Instant at, LogIdentity log) {
            return new LogOpened(
                    at, log.origin(), key(log, SignatureType.ED25519), key(log, SignatureType.ML_DSA_44_COSIGNATURE));
        }

        private static VerifierKey key(LogIdentity log, SignatureType type) {
            return log.keys().stream()
                    .filter(key -> key.type() == type)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public EntryKind kind() {
            return EntryKind.LOG_OPENED;
        }

        @Override
        public List<Object> values() {
            return List.of(at, origin, ed25519, mlDsa44);
        }
    }

    /** The log goes on where another one ended, at the head that is named. */
    record LogFollows(String origin, long size, Hash root, String reason) implements Entry {
        static Entry of(Values values) {
            return new LogFollows(values.text(), values.number(), values.digest(), values.text());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.LOG_FOLLOWS;
        }

        @Override
        public List<Object> values() {
            return List.of(origin, size, root, reason);
        }
    }

    /** The last entry of a log. */
    record LogClosed(Instant at, String successor, String reason) implements Entry {
        static Entry of(Values values) {
            return new LogClosed(values.moment(), values.text(), values.text());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.LOG_CLOSED;
        }

        @Override
        public List<Object> values() {
            return List.of(at, successor, reason);
        }
    }

    /** Who witnesses this log from now on, and how many must (C2SP tlog-policy). */
    record WitnessPolicy(Instant at, Octets policy) implements Entry {
        static Entry of(Values values) {
            return new WitnessPolicy(values.moment(), values.octets());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.WITNESS_POLICY;
        }

        @Override
        public List<Object> values() {
            return List.of(at, policy);
        }
    }

    /**
     * A program that readers rely on: the gateway's, or the script of the page that checks proofs.
     *
     * @param version the program's name and version
     * @param digest of the one file, or over the names and digests of the parts
     */
    record Software(Instant at, String version, Hash digest) implements Entry {
        static Entry of(Values values) {
            return new Software(values.moment(), values.text(), values.digest());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.SOFTWARE;
        }

        @Override
        public List<Object> values() {
            return List.of(at, version, digest);
        }
    }

    /** The configuration that is in force, committed to. */
    record Configuration(Instant at, Hash commitment) implements Entry {
        static Entry of(Values values) {
            return new Configuration(values.moment(), values.digest());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.CONFIGURATION;
        }

        @Override
        public List<Object> values() {
            return List.of(at, commitment);
        }
    }

    /** The gateway runs, and will say so again within the time that is named; a gap is a silence that can be seen. */
    record Heartbeat(Instant at, long nextWithinSeconds) implements Entry {
        static Entry of(Values values) {
            return new Heartbeat(values.moment(), values.number());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.HEARTBEAT;
        }

        @Override
        public List<Object> values() {
            return List.of(at, nextWithinSeconds);
        }
    }

    /**
     * Acts of people and of the gateway, from the audit.
     *
     * @param first the number of the first event
     * @param last of the last; more than the first for a batch of readings only
     */
    record Acts(long first, long last, String act, Hash commitment) implements Entry {
        static Entry of(Values values) {
            return new Acts(values.number(), values.number(), values.text(), values.digest());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.ACTS;
        }

        @Override
        public List<Object> values() {
            return List.of(first, last, act, commitment);
        }
    }

    /** A change of the registry was decided. @param effective the day from which it holds */
    record RegistryDecision(String decision, String change, LocalDate effective, Hash commitment) implements Entry {
        static Entry of(Values values) {
            return new RegistryDecision(values.text(), values.text(), values.day(), values.digest());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.REGISTRY_DECISION;
        }

        @Override
        public List<Object> values() {
            return List.of(decision, change, effective, commitment);
        }
    }

    /**
     * A tariff, or another rule that matters, in one of its versions.
     *
     * @param stage drafted, open for comments, approved, withdrawn
     * @param loosens whether it loosens a promise, for which the witnesses' quorum is needed
     * @param document SHA-256 of the published document, without salt: everybody may compare
     */
    record Rule(String rule, long version, String stage, Instant effective, boolean loosens, Hash document)
            implements Entry {
        static Entry of(Values values) {
            return new Rule(
                    values.text(), values.number(), values.text(), values.moment(), values.truth(), values.digest());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.RULE;
        }

        @Override
        public List<Object> values() {
            return List.of(rule, version, stage, effective, loosens, document);
        }
    }

    /** A month was closed. @param closing 1, and more where it was opened and closed again */
    record MonthClosed(YearMonth month, long closing, long invoices, Hash commitment) implements Entry {
        static Entry of(Values values) {
            return new MonthClosed(values.month(), values.number(), values.number(), values.digest());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.MONTH_CLOSED;
        }

        @Override
        public List<Object> values() {
            return List.of(month, closing, invoices, commitment);
        }
    }

    /** An invoice, committed to with a salt that its operator has: its figures stay the operator's own. */
    record Invoice(YearMonth month, long closing, Hash commitment) implements Entry {
        static Entry of(Values values) {
            return new Invoice(values.month(), values.number(), values.digest());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.INVOICE;
        }

        @Override
        public List<Object> values() {
            return List.of(month, closing, commitment);
        }
    }

    /** Rights were given or taken. Whose stands in the commitment alone. */
    record RightsChanged(Instant at, String change, String role, Hash commitment) implements Entry {
        static Entry of(Values values) {
            return new RightsChanged(values.moment(), values.text(), values.text(), values.digest());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.RIGHTS_CHANGED;
        }

        @Override
        public List<Object> values() {
            return List.of(at, change, role, commitment);
        }
    }

    /** The fields as they are written, in the order of the kind. */
    default List<String> texts() {
        List<EntryKind.Field> fields = kind().fields();
        List<Object> values = values();
        Must.hold(values.size() == fields.size(), "a kind has as many values as fields");
        List<String> texts = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            String text = text(values.get(i));
            Must.hold(
                    fields.get(i).type().takes(text),
                    kind().word() + ": " + fields.get(i).name() + " cannot be entered: " + text);
            texts.add(text);
        }
        return texts;
    }

    /** The one form of this entry. What cannot be written in it was made wrong by our own code. */
    default byte[] octets() {
        StringBuilder lines = new StringBuilder(FORM).append(kind().word()).append('\n');
        List<String> texts = texts();
        for (int i = 0; i < texts.size(); i++) {
            lines.append(kind().fields().get(i).name())
                    .append(' ')
                    .append(texts.get(i))
                    .append('\n');
        }
        byte[] octets = lines.toString().getBytes(UTF_8);
        Must.hold(octets.length <= TileOctets.ENTRY_OCTETS_MAX, "an entry keeps its bound");
        return octets;
    }

    private static String text(Object value) {
        return switch (value) {
            case Instant moment -> moment.truncatedTo(ChronoUnit.SECONDS).toString();
            case Boolean truth -> truth ? "yes" : "no";
            case Hash hash -> hash.hex();
            case VerifierKey key -> key.text();
            case Octets octets -> octets.base64();
            default -> value.toString();
        };
    }

    /** What came of reading an entry. */
    sealed interface Reading {
        record Good(Entry entry) implements Reading {}

        /** @param position counts octets from nought */
        record Refused(EntryFault fault, int position) implements Reading {}
    }

    /** Reads octets from a log: takes what {@link #octets} writes, and nothing else. */
    static Reading read(byte[] octets) {
        if (octets.length > TileOctets.ENTRY_OCTETS_MAX) {
            return new Reading.Refused(EntryFault.TOO_LARGE, TileOctets.ENTRY_OCTETS_MAX);
        }
        if (Lines.plainText(octets, TileOctets.ENTRY_OCTETS_MAX) instanceof Outcome.Refused<String> refused) {
            return new Reading.Refused(EntryFault.TEXT_INVALID, (int) refused.position());
        }
        Lines lines = new Lines(octets);
        String first = line(lines).orElse("");
        if (!first.startsWith(FORM)) {
            return new Reading.Refused(EntryFault.FORM_UNKNOWN, 0);
        }
        String word = first.substring(FORM.length());
        Optional<EntryKind> kind = EntryKind.of(word);
        if (kind.isEmpty()) {
            EntryFault fault = EntryKind.RESERVED.contains(word) ? EntryFault.KIND_RESERVED : EntryFault.KIND_UNKNOWN;
            return new Reading.Refused(fault, FORM.length());
        }
        List<String> values = new ArrayList<>();
        for (EntryKind.Field field : kind.get().fields()) {
            int start = lines.position();
            Optional<String> line = line(lines);
            if (line.isEmpty() || !line.get().startsWith(field.name() + " ")) {
                return new Reading.Refused(EntryFault.FIELD_UNEXPECTED, start);
            }
            String value = line.get().substring(field.name().length() + 1);
            if (!field.type().takes(value)) {
                return new Reading.Refused(
                        EntryFault.VALUE_INVALID, start + field.name().length() + 1);
            }
            values.add(value);
        }
        return lines.isAtEnd()
                ? new Reading.Good(kind.get().read(new Values(values)))
                : new Reading.Refused(EntryFault.TRAILING, lines.position());
    }

    private static Optional<String> line(Lines lines) {
        return lines.isAtEnd() || !(lines.line() instanceof Outcome.Good<String>(String line))
                ? Optional.empty()
                : Optional.of(line);
    }
}
