// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;

/**
 * The column by which a table stands, as the address says it: {@code sort=lost}, {@code sort=lost:ascending}; of a
 * page's other tables with their name before it, {@code sort=templates.records}. Figures begin with the largest, words
 * with the first letter, unless the address says otherwise.
 */
public record Sorting(Table table, Column column, boolean ascending) {
    private static final String ASCENDING = "ascending";
    private static final String DESCENDING = "descending";

    /** What the visit asks for, of one of these tables; empty where it does not ask. */
    static Optional<Sorting> of(Visit visit, List<Table> tables) {
        String asked = visit.ask().get("sort").orElse("");
        if (asked.isEmpty() || tables.isEmpty()) {
            return Optional.empty();
        }
        int colon = asked.lastIndexOf(':');
        String name = colon < 0 ? asked : asked.substring(0, colon);
        Map<String, Sorting> known = new java.util.LinkedHashMap<>();
        for (Table table : tables) {
            for (Column column : table.columns()) {
                if (isSortable(column)) {
                    known.put(name(table, column, tables), new Sorting(table, column, beginsLow(column)));
                }
            }
        }
        visit.oneOf("sort", name, known.keySet());
        Sorting usual = known.get(name);
        if (colon < 0) {
            return Optional.of(usual);
        }
        String way = visit.oneOf("sort", asked.substring(colon + 1), List.of(ASCENDING, DESCENDING));
        return Optional.of(new Sorting(usual.table(), usual.column(), way.equals(ASCENDING)));
    }

    /**
     * One table in the order that may be asked for it, before rows are cut; whether the words are right is judged when
     * all tables of the page are there.
     */
    static Table early(Visit visit, Table table) {
        String[] asked = visit.ask().get("sort").orElse("").split(":", -1);
        String name = asked[0].startsWith(table.key() + ".")
                ? asked[0].substring(table.key().length() + 1)
                : asked[0];
        return table.columns().stream()
                .filter(c -> c.key().equals(name) && isSortable(c))
                .findFirst()
                .map(c -> table.sorted(name, asked.length > 1 ? asked[1].equals(ASCENDING) : beginsLow(c)))
                .orElse(table);
    }

    /** The tables, one of them in the order that the visit asks for. */
    static List<Table> applied(Visit visit, List<Table> tables) {
        Optional<Sorting> sorting = of(visit, tables);
        return tables.stream()
                .map(t -> sorting.filter(s -> s.table().key().equals(t.key()))
                        .map(s -> t.sorted(s.column().key(), s.ascending()))
                        .orElse(t))
                .toList();
    }

    /** The order in which this column stands now, as ARIA says it; empty where it is another's or none. */
    public static String ariaSort(Visit visit, Page page, Table table, Column column) {
        return of(visit, page.tables())
                .filter(s ->
                        s.table().key().equals(table.key()) && s.column().key().equals(column.key()))
                .map(s -> s.ascending() ? ASCENDING : DESCENDING)
                .orElse("");
    }

    /** The address that sorts by this column, or turns its order round; empty where it cannot be sorted by. */
    public static String href(Visit visit, Page page, Table table, Column column) {
        if (!isSortable(column)) {
            return "";
        }
        String now = ariaSort(visit, page, table, column);
        String usual = beginsLow(column) ? ASCENDING : DESCENDING;
        String turned = beginsLow(column) ? DESCENDING : ASCENDING;
        String name = name(table, column, page.tables());
        return visit.again("sort", now.equals(usual) ? name + ":" + turned : name);
    }

    private static String name(Table table, Column column, List<Table> tables) {
        boolean first = tables.getFirst().key().equals(table.key());
        return first ? column.key() : table.key() + "." + column.key();
    }

    private static boolean isSortable(Column column) {
        return column.kind() != Kind.SPARK;
    }

    private static boolean beginsLow(Column column) {
        return !column.kind().numeric() && column.kind() != Kind.TIME && column.kind() != Kind.FLAG;
    }
}
