// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table on a terminal: aligned, headings in capitals, columns dropped from the right where the terminal is narrow,
 * the first column never. The last column is a picture and is dropped first.
 */
final class TextTable {
    private static final int GAP = 2;

    private final List<String> headings;
    private final boolean[] isNumber;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param headings one a column; those that start with {@code #} hold numbers and are set to the right */
    TextTable(List<String> headings) {
        this.headings = headings.stream()
                .map(heading -> heading.startsWith("#") ? heading.substring(1) : heading)
                .toList();
        this.isNumber = new boolean[headings.size()];
        for (int i = 0; i < isNumber.length; i++) {
            isNumber[i] = headings.get(i).startsWith("#");
        }
    }

    void row(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    void print(PrintStream out, int width) {
        int[] widths = new int[headings.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = cells(headings.get(i));
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], cells(row.get(i)));
            }
        }
        int shown = widths.length;
        while (shown > 1 && lineWidth(widths, shown) > width) {
            shown--;
        }
        line(
                out,
                headings.stream()
                        .map(heading -> heading.toUpperCase(Locale.ROOT))
                        .toList(),
                widths,
                shown);
        for (List<String> row : rows) {
            line(out, row, widths, shown);
        }
    }

    private static int lineWidth(int[] widths, int shown) {
        int sum = 0;
        for (int i = 0; i < shown; i++) {
            sum += GAP + widths[i];
        }
        return sum;
    }

    private void line(PrintStream out, List<String> cells, int[] widths, int shown) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            String blank = " ".repeat(widths[i] - cells(cells.get(i)));
            line.append(" ".repeat(GAP));
            line.append(isNumber[i] ? blank + cells.get(i) : cells.get(i) + blank);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    /** Columns that a text takes: Khmer vowels and signs stand over or under their letter and take none. */
    static int cells(String text) {
        int cells = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int type = Character.getType(text.codePointAt(i));
            boolean isMark = type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
            cells += isMark || type == Character.FORMAT ? 0 : 1;
        }
        return cells;
    }
}
