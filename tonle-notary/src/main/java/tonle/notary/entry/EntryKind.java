// SPDX-License-Identifier: Apache-2.0
package tonle.notary.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The kinds of entries: each with its word and its fields, in the order in which they stand. */
public enum EntryKind {
    LOG_OPENED(
            "log-opened",
            Entry.LogOpened::of,
            new Field("at", FieldType.MOMENT),
            new Field("origin", FieldType.TEXT),
            new Field("ed25519-key", FieldType.KEY),
            new Field("ml-dsa-44-key", FieldType.KEY)),
    LOG_FOLLOWS(
            "log-follows",
            Entry.LogFollows::of,
            new Field("origin", FieldType.TEXT),
            new Field("size", FieldType.NUMBER),
            new Field("root", FieldType.DIGEST),
            new Field("reason", FieldType.TEXT)),
    LOG_CLOSED(
            "log-closed",
            Entry.LogClosed::of,
            new Field("at", FieldType.MOMENT),
            new Field("successor", FieldType.TEXT),
            new Field("reason", FieldType.TEXT)),
    WITNESS_POLICY(
            "witness-policy",
            Entry.WitnessPolicy::of,
            new Field("at", FieldType.MOMENT),
            new Field("policy", FieldType.OCTETS)),
    SOFTWARE(
            "software",
            Entry.Software::of,
            new Field("at", FieldType.MOMENT),
            new Field("version", FieldType.TEXT),
            new Field("digest", FieldType.DIGEST)),
    CONFIGURATION(
            "configuration",
            Entry.Configuration::of,
            new Field("at", FieldType.MOMENT),
            new Field("commitment", FieldType.DIGEST)),
    HEARTBEAT(
            "heartbeat",
            Entry.Heartbeat::of,
            new Field("at", FieldType.MOMENT),
            new Field("next-within-seconds", FieldType.NUMBER)),
    ACTS(
            "acts",
            Entry.Acts::of,
            new Field("first", FieldType.NUMBER),
            new Field("final", FieldType.NUMBER),
            new Field("act", FieldType.WORD),
            new Field("commitment", FieldType.DIGEST)),
    REGISTRY_DECISION(
            "registry-decision",
            Entry.RegistryDecision::of,
            new Field("decision", FieldType.WORD),
            new Field("change", FieldType.TEXT),
            new Field("effective", FieldType.DAY),
            new Field("commitment", FieldType.DIGEST)),
    RULE(
            "rule",
            Entry.Rule::of,
            new Field("rule", FieldType.WORD),
            new Field("version", FieldType.NUMBER),
            new Field("stage", FieldType.WORD),
            new Field("effective", FieldType.MOMENT),
            new Field("loosens", FieldType.TRUTH),
            new Field("document", FieldType.DIGEST)),
    MONTH_CLOSED(
            "month-closed",
            Entry.MonthClosed::of,
            new Field("month", FieldType.MONTH),
            new Field("closing", FieldType.NUMBER),
            new Field("invoices", FieldType.NUMBER),
            new Field("commitment", FieldType.DIGEST)),
    INVOICE(
            "invoice",
            Entry.Invoice::of,
            new Field("month", FieldType.MONTH),
            new Field("closing", FieldType.NUMBER),
            new Field("commitment", FieldType.DIGEST)),
    RIGHTS_CHANGED(
            "rights-changed",
            Entry.RightsChanged::of,
            new Field("at", FieldType.MOMENT),
            new Field("change", FieldType.WORD),
            new Field("role", FieldType.WORD),
            new Field("commitment", FieldType.DIGEST));

    /** Kinds that the register of orders will have: nobody may use their words before. */
    static final Set<String> RESERVED = Set.of("order", "order-stage");

    private final String word;
    private final Function<Values, Entry> reading;
    private final List<Field> fields;

    EntryKind(String word, Function<Values, Entry> reading, Field... fields) {
        this.word = word;
        this.reading = reading;
        this.fields = List.of(fields);
    }

    /** A field of a kind. */
    public record Field(String name, FieldType type) {}

    public String word() {
        return word;
    }

    public List<Field> fields() {
        return fields;
    }

    Entry read(Values values) {
        return reading.apply(values);
    }

    static Optional<EntryKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
