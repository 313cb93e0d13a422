// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import static tonle.portal.api.Member.of;
import static tonle.portal.api.Member.orNull;

import java.util.List;
import java.util.function.Consumer;
import tonle.registry.bringup.Party;
import tonle.registry.bringup.Task;
import tonle.registry.ladder.Step;

/** Objects about links on their way into service, about the ladder of load, and about the audit. */
final class DutySchemas {
    static final List<String> STAGES = List.of("planned", "quarantine", "ready", "in-service", "ended");

    private static final Shape STEP = new Shape.Choice(Schemas.words(Step.values()));
    private static final Shape PARTY = new Shape.Choice(Schemas.words(Party.values()));

    private DutySchemas() {}

    static void add(Consumer<Schema> add) {
        ladder(add);
        bringUps(add);
        audit(add);
    }

    private static void ladder(Consumer<Schema> add) {
        add.accept(Schema.of(
                "LadderStanding",
                "Where a full link stands on the ladder of load.",
                of("link", Schemas.ID, "The link.", "PNH-SHV-1"),
                of("operator", new Shape.Text(31), "Whose it is; empty for one of the gateway's own.", "alpha"),
                of("step", STEP, "The step.", "plan"),
                orNull("since", Schemas.DAY, "The day on which it was reached.", "2026-11-01"),
                of("daysBelow", Shape.COUNT, "Days one after the other that no longer hold the step.", 0L),
                orNull("lastDay", Schemas.DAY, "The last day that was taken.", "2026-11-22"),
                of("load", new Shape.Figure(), "95th percentile of that day as a part of the capacity.", 0.81)));
        add.accept(Schemas.list("LadderStandingList", "LadderStanding"));
        add.accept(Schema.of(
                "LadderMove",
                "A step that was reached or left.",
                of("link", Schemas.ID, "The link.", "PNH-SHV-1"),
                of("day", Schemas.DAY, "The day.", "2026-11-01"),
                of("step", STEP, "The step.", "plan"),
                of("isReached", Schemas.TRUTH, "Reached, or left.", true),
                of("operator", new Shape.Text(31), "Whose the link was.", "alpha"),
                of("load", new Shape.Figure(), "The figure that moved it.", 0.81)));
        add.accept(new Schema(
                "LadderMoveList",
                "What happened on one link's ladder.",
                List.of(of(
                        "items",
                        new Shape.Many(new Shape.Of("LadderMove"), 5_000),
                        "The newest first.",
                        Schemas.WITHIN))));
    }

    private static void bringUps(Consumer<Schema> add) {
        Shape words = new Shape.Text(500);
        add.accept(Schema.of(
                "BringUp",
                "A link on its way into service.",
                of("link", Schemas.ID, "The link.", "PNH-SHV-1"),
                of("round", Shape.COUNT, "How many times it was brought up.", 1L),
                of("operator", new Shape.Text(31), "Whose it is; empty for one of the gateway's own.", "alpha"),
                of("stage", new Shape.Choice(STAGES), "Where it stands.", "quarantine"),
                orNull("port", new Shape.Text(80), "The port that it was given.", "pnh-edge-1/12"),
                of("version", Shape.COUNT, "Counts its changes.", 2L),
                of("tasks", new Shape.Many(new Shape.Of("BringUpTask"), 100), "What is to be done.", Schemas.WITHIN)));
        add.accept(Schema.of(
                "BringUpTask",
                "One line of a bring-up's list.",
                of("task", new Shape.Text(60), "A port, a check, or the word of a side.", "mac-seen"),
                of("state", new Shape.Choice(Schemas.words(Task.State.values())), "How it stands.", "waits"),
                orNull("waitsFor", PARTY, "Who is waited for.", "operator-engineer"),
                orNull("due", Schemas.DAY, "By when.", "2026-12-01"),
                of(
                        "verdict",
                        new Shape.Choice(List.of("passed", "failed", "not-seen", "no-source")),
                        "What its source says.",
                        "not-seen"),
                orNull("found", words, "What was seen.", null),
                orNull("wanted", words, "What should be seen.", null),
                orNull("excuse", words, "Why it is not waited for.", null)));
        add.accept(Schemas.list("BringUpList", "BringUp"));
    }

    private static void audit(Consumer<Schema> add) {
        Shape state = new Shape.Text(70_000);
        add.accept(Schema.of(
                "AuditEvent",
                "Who did what, when and why.",
                of("sequence", Shape.COUNT, "Its number: without gaps.", 4_711L),
                of("at", Schemas.MOMENT, "When.", "2026-11-23T03:42:00Z"),
                of("actor", Schemas.PSEUDONYM, "A pseudonym.", "p-7k3m-q9x2"),
                of(
                        "roles",
                        new Shape.Many(new Shape.Text(40), 50),
                        "The roles held at that moment.",
                        List.of("registrar")),
                of("act", new Shape.Text(60), "What was done.", "confirmed-change"),
                of("objectKind", new Shape.Text(60), "To what kind of object.", "change"),
                of("objectId", new Shape.Text(120), "To which.", "CHG-2026-0001"),
                of("reason", new Shape.Text(500), "Why.", "the second 100G is lit"),
                of("before", state, "What was, as JSON in a text; empty where nothing was.", ""),
                of("after", state, "What is, as JSON in a text.", ""),
                of("isEntered", Schemas.TRUTH, "Whether the log has taken it.", false)));
        add.accept(Schemas.list("AuditEventList", "AuditEvent"));
    }
}
