// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.List;
import tonle.portal.Enrolment;
import tonle.portal.GatewayStatus;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;

/** How to make a router send here: lines of configuration, ready to paste. */
public final class AddExporter {
    private AddExporter() {}

    /** What the template shows beside the table. */
    public record Body(List<Enrolment.Snippet> snippets, List<String> listening, String exportersHref) {}

    static Page page(Visit visit) {
        visit.knows();
        List<Enrolment.Snippet> snippets = visit.services().enrolment().snippets();
        List<String> listening = visit.services().status().get().listeners().stream()
                .filter(l -> l.trouble().isEmpty())
                .map((GatewayStatus.Listener l) -> l.transport() + " " + l.address() + " port " + l.port())
                .toList();
        List<Column> columns = List.of(
                Column.chief("kind", visit.say("column.equipment"), Kind.ID),
                Column.of("name", visit.say("column.name"), Kind.TEXT),
                Column.chief("protocol", visit.say("column.protocol"), Kind.TEXT),
                Column.of("configuration", visit.say("column.configuration"), Kind.TEXT));
        List<Table.Row> rows = snippets.stream()
                .map(s -> Table.Row.of(
                        Cell.text(s.key()), Cell.text(s.name()), Cell.text(s.protocol()), Cell.text(s.text())))
                .toList();
        Table table = Table.of("configurations", visit.say("add.caption"), columns, rows, visit.say("add.none"));
        Body body = new Body(snippets, listening, visit.link("/exporters"));
        return Page.of("exporters", visit.say("page.add"), visit.say("add.sentence"), List.of(table), body)
                .drawnBy("add")
                .under(visit.say("page.exporters"), visit.link("/exporters"))
                .asCommand("tonle exporter snippet");
    }
}
