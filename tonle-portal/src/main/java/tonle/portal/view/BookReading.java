// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tonle.database.DatabaseOutage;
import tonle.database.Scope;
import tonle.portal.table.Cell;
import tonle.portal.words.Language;
import tonle.registry.Registry;
import tonle.registry.book.Book;
import tonle.registry.book.Entry;
import tonle.registry.book.Field;
import tonle.registry.book.Form;
import tonle.registry.book.Kind;
import tonle.registry.book.Snapshot;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;

/** The registry as one visit may see it: the scope of who asks, the day that is asked for, words for its values. */
final class BookReading {
    private final Visit visit;
    private final Registry registry;
    private final LocalDate today;
    private final LocalDate day;

    private BookReading(Visit visit, Registry registry) {
        this.visit = visit;
        this.registry = registry;
        this.today = registry.today();
        this.day = visit.ask().get("day").map(this::dayOf).orElse(today);
    }

    /** For pages that nobody could fill without a registry. */
    static BookReading of(Visit visit) {
        return visit.services()
                .registry()
                .get()
                .map(registry -> new BookReading(visit, registry))
                .orElseThrow(() -> new TroubleException(new Trouble(
                        503,
                        "registry-away",
                        visit.say("trouble.registry"),
                        visit.say("trouble.registry.detail"),
                        "",
                        visit.say("page.status"),
                        visit.link("/status"))));
    }

    private LocalDate dayOf(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException _) {
            throw new TroubleException(new Trouble(
                    400,
                    "day-unreadable",
                    visit.say("trouble.value", text, "day"),
                    visit.say("trouble.dayunreadable"),
                    "day",
                    today.toString(),
                    visit.again("day", "")));
        }
    }

    Visit visit() {
        return visit;
    }

    Registry registry() {
        return registry;
    }

    LocalDate today() {
        return today;
    }

    /** The day that the page shows. */
    LocalDate day() {
        return day;
    }

    boolean isPast() {
        return !day.equals(today);
    }

    /**
     * What the asker may meet: the rows of the own operator, all rows for staff who may read the registry, and for
     * others (the demonstration's visitors, the command line) the facts without what is an operator's own.
     */
    Scope scope() {
        Optional<Actor> actor = visit.visitor().actor();
        if (actor.isEmpty()) {
            return Book.facts(Actor.TONLE.pseudonym());
        }
        boolean seesOwn = actor.get().operator().isPresent() || actor.get().may(Right.MAY_READ_REGISTRY);
        return seesOwn ? actor.get().scope() : Book.facts(actor.get().pseudonym());
    }

    /**
     * Refuses an object that is not there on the day, and leads to the nearest that is, or to all.
     *
     * @param words the key of the name of the page of all
     * @param path of that page, beneath which each has its own
     */
    TroubleException unknown(Kind kind, String id, String words, String path) {
        List<String> ids = ask(book -> book.all(kind).stream().map(Entry::id).toList());
        String nearest = Nearest.of(id, ids).orElse("");
        return new TroubleException(new Trouble(
                404,
                "no-such-" + kind.word(),
                visit.say("trouble." + kind.word(), id, day),
                visit.say("trouble.operator.detail"),
                "",
                nearest.isEmpty() ? visit.say(words) : nearest,
                visit.link(nearest.isEmpty() ? path : path + "/" + nearest)));
    }

    /** What who has not signed in is told of changes: that they are shown to people. */
    List<String> changesNote() {
        return visit.visitor().actor().isPresent() ? List.of() : List.of(visit.say("changes.signin"));
    }

    /** Whether private fields of {@code operator} are shown to who asks. */
    boolean seesOwnOf(String operator) {
        return visit.visitor()
                .actor()
                .filter(actor -> actor.operator().map(operator::equals).orElse(actor.may(Right.MAY_READ_REGISTRY)))
                .isPresent();
    }

    /** One question to one moment of the book. */
    <T> T ask(Function<Snapshot, T> question) {
        return ask(scope(), question);
    }

    <T> T ask(Scope scope, Function<Snapshot, T> question) {
        return guarded(() -> registry.book().onDay(scope, day, question));
    }

    Book book() {
        return registry.book();
    }

    /** An inquiry that may find the database away. */
    interface Inquiry<T> {
        T make();
    }

    <T> T guarded(Inquiry<T> inquiry) {
        try {
            return inquiry.make();
        } catch (DatabaseOutage outage) {
            throw new TroubleException(new Trouble(
                    503,
                    "registry-away",
                    visit.say("trouble.registry"),
                    outage.words(),
                    "",
                    visit.say("page.status"),
                    visit.link("/status")));
        }
    }

    // ---- words

    /** The name of an object in the page's language, or its id. */
    String name(Entry entry) {
        boolean hasName = entry.kind().field("name").isPresent();
        if (!hasName) {
            return entry.id();
        }
        boolean isKhmer = visit.language() == Language.KM
                && entry.kind().field("name-khmer").isPresent()
                && !entry.text("name-khmer").isEmpty();
        String name = entry.text(isKhmer ? "name-khmer" : "name");
        return name.isEmpty() ? entry.id() : name;
    }

    String label(Kind kind) {
        return visit.say("object." + kind.word());
    }

    String label(Field field) {
        return visit.say("field." + field.name());
    }

    /** A value in the words of the page; ids lead to their own pages. */
    Cell value(Field field, String value) {
        if (value.isEmpty()) {
            return Cell.EMPTY;
        }
        return switch (field.form()) {
            case CHOICE -> Cell.named(value, visit.choice(value));
            case FLAG -> Cell.named(value, visit.say(value.equals("true") ? "yes" : "no"));
            case REFERENCE ->
                Kind.of(field.refersTo())
                        .map(kind -> Cell.text(value).opens(href(kind, value)))
                        .orElseGet(() -> Cell.text(value));
            case COUNTRY -> Cell.named(value, visit.countryName(value));
            case ASNS -> Cell.named(value, "AS" + value.replace("\n", ", AS"));
            case ASN -> Cell.named(value, "AS" + value);
            case TEXT,
                    LATIN_NAME,
                    KHMER_NAME,
                    REFERENCES,
                    NUMBER,
                    SPEED,
                    DAY,
                    DEGREES,
                    TIN,
                    PREFIXES,
                    AS_SETS,
                    ADDRESSES,
                    FINGERPRINT,
                    PORTS,
                    OVERRIDES,
                    WEB_ADDRESS,
                    MAILBOX -> Cell.named(value, String.join(", ", Form.entries(value)));
        };
    }

    /** Where an object has its page; empty where it has none of its own. */
    String href(Kind kind, String id) {
        String kept = isPast() ? day.toString() : "";
        String path = switch (kind) {
            case OPERATOR -> "/operators/" + id;
            case SITE -> "/sites/" + id;
            case LINK -> "/links/" + id;
            case DEVICE -> "/exporters/" + id;
            case EXCHANGE, FACILITY, INTERFACE, LICENCE -> "";
        };
        boolean takesDay = kind == Kind.OPERATOR || kind == Kind.SITE;
        if (path.isEmpty()) {
            return "";
        }
        return takesDay && !kept.isEmpty() ? visit.link(path, "day", kept) : visit.link(path);
    }

    static List<Entry> of(Snapshot book, Kind kind, String field, String value) {
        return book.all(kind).stream()
                .filter(entry -> entry.text(field).equals(value))
                .toList();
    }

    /** Names of people by pseudonym, for who may know them; the pseudonym itself for the others. */
    Map<String, String> people() {
        return visit.visitor()
                .actor()
                .map(actor -> guarded(() -> registry.people().accounts().names(actor)))
                .orElse(Map.of());
    }
}
