// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tonle.base.EnumWord;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.registry.audit.ActsInLog;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditRange;
import tonle.registry.people.People;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Permission;

/** Verify range: is the audit still what entered the log? */
public final class AuditRangePage {
    private static final int NUMBER_MAX = 2_000_000_000;

    private AuditRangePage() {}

    /** What the template shows beside the table. */
    public record Body(int first, int last, boolean isSound) implements Stating {
        @Override
        public Map<String, Object> stated() {
            Map<String, Object> stated = new LinkedHashMap<>();
            stated.put("sound", isSound);
            return stated;
        }
    }

    static Page page(Visit visit) {
        visit.knows("first", "last");
        Actor actor = visit.actor();
        People people = visit.people();
        int first = visit.number("first", 1, 1, NUMBER_MAX);
        int last = visit.number("last", first + AuditRange.EVENTS_MAX - 1, first, first + AuditRange.EVENTS_MAX - 1);
        ActsInLog acts = visit.services().acts();
        AuditRange.Outcome outcome = people.work().in(actor.scope(), unit -> {
            AuditRange.Outcome checked = AuditRange.check(unit, actor, first, last, acts);
            if (!(checked instanceof AuditRange.Outcome.Refused)) {
                people.trail().record(unit, actor, AuditEvent.read("audit", "verify " + first + " to " + last, ""));
            }
            return checked;
        });
        return switch (outcome) {
            case AuditRange.Outcome.Refused(Permission.Missing missing) ->
                throw new TroubleException(visit.notAllowed(missing));
            case AuditRange.Outcome.LogUnread(String why) ->
                throw new TroubleException(new Trouble(
                        503,
                        "log-unread",
                        visit.say("audit.verify.unread"),
                        why,
                        "",
                        visit.say("page.audit"),
                        visit.link("/audit")));
            case AuditRange.Outcome.Checked checked -> drawn(visit, first, last, checked);
        };
    }

    private static Page drawn(Visit visit, int first, int last, AuditRange.Outcome.Checked checked) {
        List<Table.Row> rows =
                checked.lines().stream().map(line -> row(visit, line)).toList();
        Table table = Table.of(
                "findings",
                visit.say("audit.verify.caption"),
                List.of(
                        Column.chief("first", visit.say("audit.verify.first"), Kind.COUNT),
                        Column.of("last", visit.say("audit.verify.last"), Kind.COUNT),
                        Column.chief("act", visit.say("column.act"), Kind.ID),
                        Column.chief("finding", visit.say("column.finding"), Kind.TEXT),
                        Column.of("entry", visit.say("column.entry"), Kind.ID),
                        Column.of("digest", visit.say("column.digest"), Kind.ID)),
                rows,
                visit.say("audit.none"));
        long unsound = checked.lines().stream()
                .filter(line -> !line.finding().isSound())
                .count();
        long waiting = checked.lines().stream()
                .filter(line -> line.finding() == AuditRange.Finding.WAITS)
                .count();
        String sentence = checked.isSound()
                ? visit.say("audit.verify.sound", checked.lines().size() - waiting, waiting)
                : visit.say("audit.verify.unsound", unsound);
        return Page.of(
                        "audit",
                        visit.say("page.audit-verify"),
                        sentence,
                        List.of(table),
                        new Body(first, last, checked.isSound()))
                .drawnBy("audit-range")
                .under(visit.say("page.audit"), visit.link("/audit"))
                .asCommand("tonle audit verify " + first + " " + last);
    }

    private static Table.Row row(Visit visit, AuditRange.Line line) {
        Cell finding = Cell.named(EnumWord.of(line.finding()), visit.say("audit.finding." + line.finding()));
        return Table.Row.of(
                Cell.count(line.first()),
                Cell.count(line.last()),
                Cell.text(line.act()),
                finding.toned(
                        switch (line.finding()) {
                            case AGREES -> Tone.GOOD;
                            case WAITS -> Tone.QUIET;
                            case DIFFERS, GONE, NOT_IN_LOG -> Tone.BAD;
                        }),
                line.entry().isEmpty()
                        ? Cell.text("")
                        : Cell.text("" + line.entry().getAsLong())
                                .opens(visit.link(
                                        "/verify", "entry", "" + line.entry().getAsLong())),
                Cell.text(line.digest()));
    }
}
