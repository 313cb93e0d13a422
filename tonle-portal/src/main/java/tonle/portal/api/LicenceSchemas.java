// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import static tonle.portal.api.Member.of;
import static tonle.portal.api.Member.orNull;

import java.util.List;
import java.util.function.Consumer;
import tonle.registry.licence.Regime;

/** Objects about licensing regimes. */
final class LicenceSchemas {
    private static final Shape LONG = new Shape.Text(4_000);

    private LicenceSchemas() {}

    static void add(Consumer<Schema> add) {
        add.accept(Schema.of(
                "Regime",
                "A licensing regime as its pack states it.",
                of("id", Schemas.ID, "A word.", "kh"),
                of("name", Shape.TEXT, "Its name.", "Cambodia"),
                of("nameKhmer", Shape.TEXT, "Its name in Khmer.", "កម្ពុជា"),
                of("country", new Shape.Text(2), "Two letters of ISO 3166.", "KH"),
                of(
                        "state",
                        new Shape.Choice(Schemas.words(Regime.State.values())),
                        "How far it may be relied on.",
                        "draft"),
                of("from", Schemas.DAY, "Its first day.", "2016-01-01"),
                of("sources", new Shape.Many(LONG, 1_000), "Where its facts come from.", List.of("Law on …")),
                of("unknown", new Shape.Many(LONG, 1_000), "What could not be found out.", List.of()),
                of("types", new Shape.Many(new Shape.Of("RegimeType"), 1_000), "Types of licences.", Schemas.WITHIN),
                of(
                        "mappings",
                        new Shape.Many(new Shape.Of("RegimeMapping"), 1_000),
                        "What becomes of types of earlier regimes.",
                        List.of())));
        types(add);
        mappings(add);
    }

    private static void types(Consumer<Schema> add) {
        add.accept(Schema.of(
                "RegimeType",
                "A type of licence.",
                of("id", Schemas.ID, "A word.", "isp"),
                of("name", Shape.TEXT, "Its name.", "Internet service provider"),
                of("nameKhmer", Shape.TEXT, "Its name in Khmer.", ""),
                orNull("termYears", new Shape.Whole(1, 1_000), "The longest term; null where it is not known.", 15L),
                of("source", LONG, "Where it is laid down.", "Prakas …"),
                of(
                        "conditions",
                        new Shape.Many(new Shape.Of("RegimeCondition"), 1_000),
                        "What a licensee must be or keep.",
                        List.of()),
                of(
                        "duties",
                        new Shape.Many(new Shape.Of("RegimeDuty"), 1_000),
                        "What a licensee must do again and again.",
                        List.of())));
        add.accept(Schema.of(
                "RegimeCondition",
                "What a licensee must be or keep.",
                of("id", Schemas.ID, "A word.", "local-company"),
                of("text", LONG, "The condition.", "…"),
                of("source", LONG, "Where it is laid down.", "…")));
        add.accept(Schema.of(
                "RegimeDuty",
                "What a licensee must do again and again.",
                of("id", Schemas.ID, "A word.", "annual-report"),
                of("every", new Shape.Choice(Schemas.words(Regime.Every.values())), "How often.", "year"),
                of("text", LONG, "The duty.", "…"),
                of("source", LONG, "Where it is laid down.", "…")));
    }

    private static void mappings(Consumer<Schema> add) {
        add.accept(Schema.of(
                "RegimeMapping",
                "What becomes of the types of an earlier regime.",
                of("fromRegime", Schemas.ID, "The earlier regime.", "bd-2010"),
                orNull("by", Schemas.DAY, "The day by which it is done.", null),
                of("source", LONG, "Where it is laid down.", "…"),
                of("steps", new Shape.Many(new Shape.Of("RegimeStep"), 1_000), "Type by type.", Schemas.WITHIN)));
        add.accept(Schema.of(
                "RegimeStep",
                "What becomes of one type.",
                of("from", Schemas.ID, "The earlier type.", "iig"),
                of("to", new Shape.Text(31), "The new type; empty where there is no successor.", "niclsp"),
                of("note", LONG, "What whoever migrates should know.", "")));
        add.accept(new Schema(
                "RegimeList",
                "All regimes that this gateway knows.",
                List.of(of(
                        "items",
                        new Shape.Many(new Shape.Of("Regime"), 1_000),
                        "In the order of ids.",
                        Schemas.WITHIN))));
    }
}
