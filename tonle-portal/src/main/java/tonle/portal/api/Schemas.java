// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import static tonle.portal.api.Member.of;
import static tonle.portal.api.Member.orNull;
import static tonle.portal.api.Member.sometimes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tonle.base.EnumWord;
import tonle.base.Must;
import tonle.registry.book.Field;
import tonle.registry.book.Kind;
import tonle.registry.book.Reason;

/** Every object that the API takes or answers, by name: what is not here is in no answer. */
public final class Schemas {
    /** In place of an example: that of the schema within. */
    static final Object WITHIN = new Object();

    static final Shape ID = new Shape.Id(31, false);
    static final Shape DAY = new Shape.Day();
    static final Shape MOMENT = new Shape.Moment();
    static final Shape TRUTH = new Shape.Truth();
    static final Shape PSEUDONYM = new Shape.Text(20);

    private static final Map<String, Schema> ALL = new LinkedHashMap<>();

    static {
        problem();
        for (Kind kind : Kind.values()) {
            book(kind);
        }
        add(Schema.of(
                "Stretch",
                "Days on which an object of the registry stays as it is.",
                of("from", DAY, "The first day.", "2026-10-01"),
                orNull("until", DAY, "The first day after; null while it is open.", null),
                of("version", Shape.COUNT, "The version that holds on these days.", 1L),
                of("change", new Shape.Text(20), "The change that made it.", "CHG-2026-0001")));
        ChangeSchemas.add(Schemas::add);
        DutySchemas.add(Schemas::add);
        TrafficSchemas.add(Schemas::add);
        LicenceSchemas.add(Schemas::add);
    }

    private Schemas() {}

    /** In the order of the document. */
    public static Collection<Schema> all() {
        return List.copyOf(ALL.values());
    }

    static Map<String, Schema> byName() {
        return Map.copyOf(ALL);
    }

    private static void add(Schema schema) {
        Must.hold(ALL.put(schema.name(), schema) == null, "one schema is named " + schema.name());
    }

    /** A page of a list of objects. */
    static Schema list(String name, String item, Member... more) {
        List<Member> members = new ArrayList<>(List.of(more));
        members.add(of("items", new Shape.Many(new Shape.Of(item), Call.ROWS_MAX), "This page of the list.", WITHIN));
        members.add(orNull("next", new Shape.Text(2_000), "The address of the next page; null on the last.", null));
        return new Schema(name, "A page of a list.", members);
    }

    private static void problem() {
        add(Schema.of(
                "Problem",
                "Why a request is not answered (RFC 9457).",
                of(
                        "type",
                        new Shape.Text(100),
                        "A name for the kind of problem.",
                        "tag:tonle.org,2026:problem/right-missing"),
                of("title", Shape.TEXT, "The kind in words.", "You lack a right"),
                of("status", new Shape.Whole(400, 599), "The status of the answer.", 403L),
                of(
                        "code",
                        new Shape.Choice(Code.words()),
                        "The kind for programs; never changes its meaning.",
                        "right-missing"),
                of("detail", new Shape.Text(2_000), "What, where, what to do.", "This needs may-read-registry."),
                sometimes("parameter", new Shape.Text(100), "The parameter that it is about.", null),
                sometimes("nearest", new Shape.Text(200), "The nearest name that is known.", null),
                sometimes(
                        "problems",
                        new Shape.Many(new Shape.Of("FieldProblem"), 100),
                        "What is wrong with a draft.",
                        null),
                sometimes(
                        "conflicts", new Shape.Many(new Shape.Of("Conflict"), 10_000), "What others altered.", null)));
        within();
    }

    private static void within() {
        add(Schema.of(
                "FieldProblem",
                "One thing that is wrong with a draft.",
                of("object", new Shape.Text(60), "The object, empty where the whole is meant.", "link PNH-SHV-1"),
                of("field", new Shape.Text(60), "The field, empty where the object is meant.", "capacityBitsPerSecond"),
                of("reason", new Shape.Choice(reasons()), "The rule that says no.", "speed-invalid"),
                of("detail", new Shape.Text(2_000), "The sentence.", "'fast' is no speed such as 100G")));
        add(Schema.of(
                "Conflict",
                "A field that others altered since the caller looked.",
                of("kind", new Shape.Choice(kinds()), "The kind of object.", "link"),
                of("id", new Shape.Text(50), "The object.", "PNH-SHV-1"),
                of("field", new Shape.Text(60), "The field.", "capacityBitsPerSecond"),
                of("seen", new Shape.Text(100_000), "What the caller saw.", "100G"),
                of("current", new Shape.Text(100_000), "What holds now.", "200G"),
                of("proposed", new Shape.Text(100_000), "What the caller wants.", "400G")));
    }

    static List<String> kinds() {
        return Arrays.stream(Kind.values()).map(Kind::word).toList();
    }

    static List<String> words(Enum<?>[] values) {
        return Arrays.stream(values).map(EnumWord::of).toList();
    }

    private static List<String> reasons() {
        return words(Reason.values());
    }

    private static void book(Kind kind) {
        String name = BookJson.schemaName(kind);
        List<Member> fields = new ArrayList<>();
        for (Field field : kind.fields()) {
            fields.add(new Member(
                    BookJson.name(field),
                    BookJson.shape(field),
                    false,
                    true,
                    BookJson.description(kind, field),
                    BookJson.example(field)));
        }
        add(new Schema(name + "Fields", "The fields of a " + kind.word() + "; null where nothing was said.", fields));
        Shape id = kind == Kind.INTERFACE ? new Shape.Id(42, true) : ID;
        Object example = kind == Kind.INTERFACE ? "pnh-edge-1/12" : "PNH-1";
        add(Schema.of(
                name,
                "A " + kind.word() + " of the registry on a day.",
                of("id", id, "Its id; never used again.", example),
                of("fields", new Shape.Of(name + "Fields"), "What it is like on the day.", WITHIN),
                sometimes("asOn", DAY, "The day.", "2026-11-23"),
                sometimes("version", Shape.COUNT, "Its highest version: the baseVersion of a draft.", 1L),
                sometimes("history", new Shape.Many(new Shape.Of("Stretch"), 10_000), "Its days.", WITHIN)));
        add(list(name + "List", name, of("asOn", DAY, "The day of the list.", "2026-11-23")));
    }
}
