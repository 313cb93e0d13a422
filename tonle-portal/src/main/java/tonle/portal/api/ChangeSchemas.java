// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import static tonle.portal.api.Member.of;
import static tonle.portal.api.Member.orNull;
import static tonle.portal.api.Member.sometimes;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import tonle.registry.book.Kind;
import tonle.registry.change.Act;
import tonle.registry.change.Draft;

/** Objects about changes of the registry. */
final class ChangeSchemas {
    private static final Shape REASON = new Shape.Text(Draft.REASON_LETTERS_MAX);
    private static final Shape KIND = new Shape.Choice(Schemas.kinds());
    private static final Shape ACT =
            new Shape.Choice(Arrays.stream(Act.values()).map(Act::word).toList());
    private static final Shape ID = new Shape.Text(50);
    private static final Shape VALUE = new Shape.Text(2_000_000);
    private static final Shape FIELDS = new Shape.AnyOf(Arrays.stream(Kind.values())
            .map(kind -> BookJson.schemaName(kind) + "Fields")
            .toList());
    private static final Shape STAGE = new Shape.Choice(List.of("proposed", "confirmed", "refused", "withdrawn"));

    private ChangeSchemas() {}

    static void add(Consumer<Schema> add) {
        add.accept(Schema.of(
                "Draft",
                "A change that somebody proposes.",
                of("reason", REASON, "Why, without names of persons.", "the second 100G is lit"),
                of("from", Schemas.DAY, "The first day on which it holds.", "2026-12-01"),
                sometimes("until", Schemas.DAY, "The first day on which it holds no more; open where not said.", null),
                of(
                        "items",
                        new Shape.Many(new Shape.Of("DraftItem"), Draft.ITEMS_MAX),
                        "What it touches.",
                        Schemas.WITHIN)));
        add.accept(Schema.of(
                "DraftItem",
                "What a draft does to one object.",
                of("act", ACT, "Add, amend or end.", "amend"),
                of("kind", KIND, "The kind of object.", "link"),
                of("id", ID, "The object.", "PNH-SHV-1"),
                sometimes("baseVersion", Shape.COUNT, "The version that the proposer saw; 0 for a new object.", 3L),
                sometimes(
                        "fields",
                        FIELDS,
                        "Values by field; fields that are not named stay, null empties one.",
                        Bodies.of("capacityBitsPerSecond", 200_000_000_000L))));
        add.accept(Schema.of(
                "Decision",
                "What somebody decides of a change that waits.",
                sometimes("reason", REASON, "Why; needed for a refusal.", "checked against the contract")));
        changes(add);
        lines(add);
    }

    private static void changes(Consumer<Schema> add) {
        add.accept(Schema.of(
                "Change",
                "A proposed change and what became of it.",
                of("id", new Shape.Text(20), "Its number.", "CHG-2026-0001"),
                of("stage", STAGE, "Where it stands.", "proposed"),
                orNull("operator", Schemas.ID, "The one operator whose objects it touches.", "alpha"),
                of("from", Schemas.DAY, "The first day on which it holds.", "2026-12-01"),
                orNull("until", Schemas.DAY, "The first day on which it holds no more.", null),
                of("reason", REASON, "Why.", "the second 100G is lit"),
                of("proposer", Schemas.PSEUDONYM, "Who proposed it: a pseudonym.", "p-7k3m-q9x2"),
                of("proposedAt", Schemas.MOMENT, "When.", "2026-11-23T03:42:00Z"),
                of("needsTwo", Schemas.TRUTH, "Whether another person must confirm it.", true),
                orNull("decider", Schemas.PSEUDONYM, "Who decided: a pseudonym.", null),
                orNull("decidedAt", Schemas.MOMENT, "When.", null),
                orNull("grounds", REASON, "Why it was decided so.", null),
                of(
                        "items",
                        new Shape.Many(new Shape.Of("DraftItem"), Draft.ITEMS_MAX),
                        "What it touches.",
                        Schemas.WITHIN),
                of(
                        "differences",
                        new Shape.Many(new Shape.Of("Difference"), 1_000_000),
                        "What it alters: as written, or as it would be now.",
                        Schemas.WITHIN)));
        add.accept(Schema.of(
                "Difference",
                "One field that a change alters.",
                of("kind", KIND, "The kind of object.", "link"),
                of("id", ID, "The object.", "PNH-SHV-1"),
                of(
                        "field",
                        new Shape.Text(60),
                        "The field; present where the object itself ends.",
                        "capacityBitsPerSecond"),
                of("before", VALUE, "As the registry writes it.", "100G"),
                of("after", VALUE, "As the registry writes it.", "200G"),
                of("from", Schemas.DAY, "The first day of the difference.", "2026-12-01"),
                orNull("until", Schemas.DAY, "The first day after.", null)));
    }

    private static void lines(Consumer<Schema> add) {
        add.accept(Schema.of(
                "ChangeLine",
                "A change in a list.",
                of("id", new Shape.Text(20), "Its number.", "CHG-2026-0001"),
                of("stage", STAGE, "Where it stands.", "proposed"),
                orNull("operator", Schemas.ID, "The one operator whose objects it touches.", "alpha"),
                of("from", Schemas.DAY, "The first day on which it holds.", "2026-12-01"),
                orNull("until", Schemas.DAY, "The first day on which it holds no more.", null),
                of("reason", REASON, "Why.", "the second 100G is lit"),
                of("proposer", Schemas.PSEUDONYM, "Who proposed it: a pseudonym.", "p-7k3m-q9x2"),
                of("proposedAt", Schemas.MOMENT, "When.", "2026-11-23T03:42:00Z"),
                of("needsTwo", Schemas.TRUTH, "Whether another person must confirm it.", true),
                of("objects", new Shape.Text(2_000), "The first of what it touches.", "link PNH-SHV-1"),
                of("itemCount", Shape.COUNT, "How many objects it touches.", 1L)));
        add.accept(Schemas.list("ChangeList", "ChangeLine"));
    }
}
