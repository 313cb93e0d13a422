// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.portal.table.Table;
import tonle.registry.book.Days;
import tonle.registry.book.Entry;
import tonle.registry.book.Field;
import tonle.registry.book.Form;
import tonle.registry.book.Kind;
import tonle.registry.book.Problem;
import tonle.registry.book.Snapshot;
import tonle.registry.change.Act;
import tonle.registry.change.Difference;
import tonle.registry.change.Draft;
import tonle.registry.change.Item;
import tonle.registry.licence.Regime;

/**
 * Proposing a change of one object: a form that follows the fields of its kind, then what would be otherwise, then the
 * proposal. What was typed stays; what is wrong is told at its field and in a summary above.
 */
public final class ProposePage {
    /** Longer values than this do not fit into a form: they are left as they are, and said. */
    static final int VALUE_CHARS_MAX = 4_000;

    private static final int CHOICES_MAX = 500;

    private ProposePage() {}

    /**
     * What somebody typed.
     *
     * @param baseVersion the version that the form showed; 0 for a new object
     * @param day the first day, as typed
     * @param until the first day after it, as typed; empty for ever
     */
    public record Typed(
            Kind kind,
            String id,
            Act act,
            int baseVersion,
            String day,
            String until,
            String reason,
            Map<String, String> fields) {
        public Typed {
            fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /**
     * One field of the form.
     *
     * @param choices what it takes, where that is a short list
     * @param isClosed whether nothing but the choices is taken
     * @param error what is wrong with what was typed, or empty
     * @param isOwn whether only staff and the operator itself see it
     * @param isTooLong whether it is left out of the form
     */
    public record Input(
            String name,
            String label,
            String value,
            String hint,
            List<String> choices,
            boolean isClosed,
            boolean isList,
            boolean isRequired,
            boolean isOwn,
            boolean isTooLong,
            String error) {}

    /** A line of the summary of what is wrong. @param field whose input it leads to, or empty */
    public record Wrong(String field, String words) {}

    /** @param isChecked whether the differences are shown, and the next step proposes */
    public record Body(
            Typed typed, String object, List<Input> inputs, List<Wrong> wrong, boolean isChecked, boolean needsTwo) {}

    /** The form as it is first seen. */
    static Page page(Visit visit) {
        visit.knows("kind", "id", "act", "operator", "site");
        visit.actor();
        BookReading reading = BookReading.of(visit);
        String word = visit.ask().get("kind").orElse("operator");
        visit.oneOf(
                "kind",
                word,
                java.util.Arrays.stream(Kind.values()).map(Kind::word).toList());
        Kind kind = Kind.of(word).orElseThrow();
        Optional<String> id = visit.ask().get("id");
        boolean isEnd = visit.ask()
                .get("act")
                .map(act -> visit.oneOf("act", act, List.of("add", "amend", "end")))
                .filter("end"::equals)
                .isPresent();
        Optional<Entry> entry = id.flatMap(each -> reading.ask(book -> book.find(kind, each)));
        if (id.isPresent() && entry.isEmpty()) {
            throw new TroubleException(new Trouble(
                    404,
                    "no-such-object",
                    visit.say("trouble.object", kind.word() + " " + id.get(), reading.today()),
                    visit.say("trouble.operator.detail"),
                    "id",
                    visit.say("page.registry"),
                    visit.link("/registry")));
        }
        int base = id.map(each -> reading.guarded(() ->
                        reading.book().timeline(reading.scope(), kind, each).head()))
                .orElse(0);
        Map<String, String> values = new LinkedHashMap<>();
        kind.fields()
                .forEach(field -> values.put(
                        field.name(),
                        entry.map(each -> each.text(field.name()))
                                .orElseGet(() -> visit.ask().get(field.name()).orElse(field.fallback()))));
        Act act = entry.isEmpty() ? Act.ADD : isEnd ? Act.END : Act.AMEND;
        Typed typed = new Typed(kind, id.orElse(""), act, base, reading.today().toString(), "", "", values);
        return drawn(visit, typed, List.of(), List.of(), false, false);
    }

    /** The draft that was typed; empty where its days cannot be read, which {@code problems} tells. */
    public static Optional<Draft> draft(Visit visit, Typed typed, List<Wrong> problems) {
        BookReading reading = BookReading.of(visit);
        Optional<LocalDate> from = day(visit, "day", typed.day(), problems);
        Optional<LocalDate> until =
                typed.until().isBlank() ? Optional.empty() : day(visit, "until", typed.until(), problems);
        if (from.isPresent() && until.isPresent() && !until.get().isAfter(from.get())) {
            problems.add(new Wrong("until", visit.say("propose.daysreversed")));
        }
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Optional<Entry> now =
                typed.id().isEmpty() ? Optional.empty() : reading.ask(book -> book.find(typed.kind(), typed.id()));
        Map<String, String> fields = new LinkedHashMap<>();
        typed.fields().forEach((name, value) -> {
            String clean = value.replace("\r\n", "\n").strip();
            boolean isSame = now.map(entry -> entry.kind().field(name).isPresent()
                            && entry.text(name).equals(clean))
                    .orElse(false);
            if (!isSame) {
                fields.put(name, clean);
            }
        });
        Item item = switch (typed.act()) {
            case ADD -> Item.add(typed.kind(), typed.id(), fields);
            case AMEND -> Item.amend(typed.kind(), typed.id(), typed.baseVersion(), fields);
            case END -> Item.end(typed.kind(), typed.id(), typed.baseVersion());
        };
        Days days = new Days(from.orElseThrow(), until);
        return Optional.of(new Draft(days, typed.reason().strip(), List.of(item)));
    }

    private static Optional<LocalDate> day(Visit visit, String field, String text, List<Wrong> problems) {
        try {
            return Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeException _) {
            problems.add(new Wrong(field, visit.say("trouble.value", text, visit.say("propose." + field))));
            return Optional.empty();
        }
    }

    /** The form again, with what is wrong. */
    public static Page again(Visit visit, Typed typed, List<Wrong> wrong) {
        return drawn(visit, typed, wrong, List.of(), false, false);
    }

    /** What would be otherwise, to be looked at before it is proposed. */
    public static Page checked(Visit visit, Typed typed, List<Difference> differences, boolean needsTwo) {
        return drawn(visit, typed, List.of(), differences, true, needsTwo);
    }

    /** What the registry finds wrong, each at its field. */
    public static List<Wrong> wrong(Visit visit, List<Problem> problems) {
        return problems.stream()
                .map(problem -> new Wrong(problem.field(), ChangePage.text(visit, problem)))
                .toList();
    }

    private static Page drawn(
            Visit visit,
            Typed typed,
            List<Wrong> wrong,
            List<Difference> differences,
            boolean isChecked,
            boolean needsTwo) {
        BookReading reading = BookReading.of(visit);
        List<Input> inputs = typed.act() == Act.END
                ? List.of()
                : reading.ask(book -> typed.kind().fields().stream()
                        .map(field -> input(reading, book, typed, field, wrong))
                        .toList());
        String object = reading.label(typed.kind()) + (typed.id().isEmpty() ? "" : " " + typed.id());
        List<Table> tables = isChecked ? List.of(ChangePage.differences(reading, differences)) : List.of();
        String title = switch (typed.act()) {
            case ADD -> visit.say("propose.new", reading.label(typed.kind()));
            case AMEND -> visit.say("propose.title", object);
            case END -> visit.say("propose.endtitle", object);
        };
        return Page.of(
                        "registry",
                        title,
                        visit.say(isChecked ? "propose.checksentence" : "propose.sentence"),
                        tables,
                        new Body(typed, object, inputs, wrong, isChecked, needsTwo))
                .drawnBy("propose")
                .under(visit.say("page.registry"), visit.link("/registry"));
    }

    private static Input input(BookReading reading, Snapshot book, Typed typed, Field field, List<Wrong> wrong) {
        Visit visit = reading.visit();
        String value = typed.fields().getOrDefault(field.name(), "");
        String hint = "hint." + field.form().name().toLowerCase(java.util.Locale.ROOT);
        String error = wrong.stream()
                .filter(each -> each.field().equals(field.name()))
                .map(Wrong::words)
                .findFirst()
                .orElse("");
        List<String> choices = choices(reading, book, field);
        boolean isClosed = field.form() == Form.CHOICE || field.form() == Form.FLAG;
        return new Input(
                field.name(),
                reading.label(field),
                value,
                visit.canSay(hint) ? visit.say(hint) : "",
                choices,
                isClosed,
                field.form().isList(),
                field.isRequired(),
                field.isPrivate(),
                value.length() > VALUE_CHARS_MAX,
                error);
    }

    private static List<String> choices(BookReading reading, Snapshot book, Field field) {
        return switch (field.form()) {
            case CHOICE -> field.choices();
            case FLAG -> List.of("true", "false");
            case REFERENCE -> references(reading, book, field);
            case TEXT,
                    LATIN_NAME,
                    KHMER_NAME,
                    REFERENCES,
                    NUMBER,
                    SPEED,
                    DAY,
                    DEGREES,
                    COUNTRY,
                    TIN,
                    ASN,
                    ASNS,
                    PREFIXES,
                    AS_SETS,
                    ADDRESSES,
                    FINGERPRINT,
                    PORTS,
                    OVERRIDES,
                    WEB_ADDRESS,
                    MAILBOX -> List.of();
        };
    }

    private static List<String> references(BookReading reading, Snapshot book, Field field) {
        List<String> ids = new ArrayList<>();
        if (field.name().equals("regime")) {
            reading.registry().regimes().all().forEach(regime -> ids.add(regime.id()));
        } else if (field.name().equals("type")) {
            for (Regime regime : reading.registry().regimes().all()) {
                regime.types().forEach(type -> ids.add(type.id()));
            }
        } else {
            Kind.of(field.refersTo()).ifPresent(kind -> book.all(kind).forEach(entry -> ids.add(entry.id())));
        }
        return ids.stream().distinct().limit(CHOICES_MAX).toList();
    }
}
