// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tonle.notary.entry.Entry;
import tonle.portal.proof.LogReading;
import tonle.portal.proof.PublishedLog;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;

/** One entry of the public log, field by field, and where to prove it. */
public final class LogEntryPage {
    private LogEntryPage() {}

    /** What the template shows beside the table. */
    public record Body(String proveHref, String leaf) {}

    static Page page(Visit visit, String number) {
        visit.knows();
        PublishedLog log = LogPage.log(visit);
        long size = log.health().writer().head().size();
        long index = number.matches("[0-9]{1,15}") ? Long.parseLong(number) : Long.MAX_VALUE;
        if (index >= size) {
            throw new TroubleException(new Trouble(
                    404,
                    "no-such-entry",
                    visit.say("log.noentry", number),
                    visit.say("log.noentry.detail", size),
                    "",
                    visit.say("page.log"),
                    visit.link("/log")));
        }
        LogReading.Line line;
        try {
            line = new LogReading(log.files(), size).lines(index, index + 1).getFirst();
        } catch (IOException e) {
            throw LogPage.unread(visit, String.valueOf(e.getMessage()));
        }
        String kind = LogPage.kind(visit, line.reading()).text();
        return Page.of(
                        "log",
                        visit.say("log.entry", number),
                        visit.say("log.entry.sentence", number, kind),
                        List.of(fields(visit, line)),
                        new Body(
                                visit.link("/verify", "entry", number),
                                line.leaf().hex()))
                .drawnBy("log-entry")
                .under(visit.say("page.log"), visit.link("/log"))
                .between(
                        index > 0 ? visit.link("/log/" + (index - 1)) : "",
                        index + 1 < size ? visit.link("/log/" + (index + 1)) : "")
                .asCommand("tonle log verify data/log " + number);
    }

    private static Table fields(Visit visit, LogReading.Line line) {
        List<Table.Row> rows = new ArrayList<>();
        if (line.reading() instanceof Entry.Reading.Good(Entry entry)) {
            rows.add(Table.Row.of(Cell.text("kind"), Cell.text(entry.kind().word())));
            List<String> texts = entry.texts();
            for (int i = 0; i < texts.size(); i++) {
                rows.add(Table.Row.of(Cell.text(entry.kind().fields().get(i).name()), Cell.text(texts.get(i))));
            }
        }
        return Table.of(
                "fields",
                visit.say("log.fields"),
                List.of(
                        Column.chief("field", visit.say("column.field"), Kind.ID),
                        Column.chief("value", visit.say("column.value"), Kind.TEXT)),
                rows,
                visit.say("log-kind.unreadable"));
    }
}
