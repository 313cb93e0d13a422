// SPDX-License-Identifier: Apache-2.0
package tonle.portal.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tonle.base.Must;

/**
 * Rows under named columns.
 *
 * @param key the word that picks this table among those of its page: {@code table=faults}
 * @param caption what the rows are, in words
 * @param totals pinned under the rows
 * @param count how many rows there are in truth; more than {@code rows} holds where a limit cut them
 * @param empty what is said in place of rows where there are none
 */
public record Table(
        String key, String caption, List<Column> columns, List<Row> rows, List<Row> totals, long count, String empty) {
    /** One line of cells, one for each column. */
    public record Row(List<Cell> cells, Tone tone) {
        public Row {
            cells = List.copyOf(cells);
        }

        public static Row of(Cell... cells) {
            return new Row(List.of(cells), Tone.PLAIN);
        }
    }

    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        totals = List.copyOf(totals);
        int width = columns.size();
        Must.hold(
                rows.stream().allMatch(r -> r.cells().size() == width)
                        && totals.stream().allMatch(r -> r.cells().size() == width),
                "each row of table " + key + " has a cell for each column");
    }

    public static Table of(String key, String caption, List<Column> columns, List<Row> rows, String empty) {
        return new Table(key, caption, columns, rows, List.of(), rows.size(), empty);
    }

    public Table withTotals(List<Row> pinned) {
        return new Table(key, caption, columns, rows, pinned, count, empty);
    }

    public Table withCount(long countInTruth) {
        return new Table(key, caption, columns, rows, totals, countInTruth, empty);
    }

    /** The rows in the order of one column; what is unknown comes last either way. */
    public Table sorted(String columnKey, boolean ascending) {
        int column = columns.stream().map(Column::key).toList().indexOf(columnKey);
        Must.hold(column >= 0, "table " + key + " has the column " + columnKey);
        Comparator<Cell> byValue = Comparator.comparing(Cell::order);
        Comparator<Cell> order = Comparator.comparing((Cell c) -> c.value() == null)
                .thenComparing(ascending ? byValue : byValue.reversed());
        List<Row> ordered = new ArrayList<>(rows);
        ordered.sort(Comparator.comparing(r -> r.cells().get(column), order));
        return new Table(key, caption, columns, ordered, totals, count, empty);
    }

    /** The first {@code limit} rows, all where it is 0. */
    public Table limited(int limit) {
        return limit == 0 || rows.size() <= limit
                ? this
                : new Table(key, caption, columns, rows.subList(0, limit), totals, count, empty);
    }

    /** One scale for each column, chosen by its largest value, so that figures in a column compare by eye. */
    public List<Scale> scales() {
        List<Scale> scales = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            double largest = 0;
            for (Row row : rows) {
                largest = Math.max(largest, magnitude(row.cells().get(i)));
            }
            for (Row row : totals) {
                largest = Math.max(largest, magnitude(row.cells().get(i)));
            }
            scales.add(Scale.of(columns.get(i).kind(), largest));
        }
        return scales;
    }

    private static double magnitude(Cell cell) {
        return cell.value() instanceof Number n ? Math.abs(n.doubleValue()) : 0;
    }
}
