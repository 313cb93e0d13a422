// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.List;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.registry.book.Timeline;
import tonle.registry.book.Version;

/** Every version of an object, the newest first: on which days it holds, when it was recorded, by which change. */
final class Versions {
    private Versions() {}

    static Table table(BookReading reading, Timeline timeline) {
        Visit visit = reading.visit();
        List<Table.Row> rows = new ArrayList<>();
        for (Version version : timeline.versions().reversed()) {
            rows.add(Table.Row.of(
                    Cell.count(version.number()),
                    Cell.text(version.days().from().toString())
                            .opens(visit.again("day", version.days().from().toString())),
                    version.days()
                            .until()
                            .map(until -> Cell.text(until.toString()))
                            .orElse(Cell.EMPTY),
                    Cell.named(
                            version.isEnded() ? "ended" : "entered",
                            visit.say(version.isEnded() ? "version.ended" : "version.entered")),
                    Cell.time(version.recordedMillis() / 1_000),
                    Cell.text(version.change()).opens(visit.link("/registry/changes/" + version.change()))));
        }
        return Table.of(
                "versions",
                visit.say("book.versions"),
                List.of(
                        Column.chief("version", visit.say("column.version"), Kind.COUNT),
                        Column.chief("from", visit.say("column.validfrom"), Kind.ID),
                        Column.of("until", visit.say("column.validuntil"), Kind.ID),
                        Column.of("kind", visit.say("column.state"), Kind.TEXT),
                        Column.of("recorded", visit.say("column.recorded"), Kind.TIME),
                        Column.of("change", visit.say("object.change"), Kind.ID)),
                rows,
                "");
    }
}
