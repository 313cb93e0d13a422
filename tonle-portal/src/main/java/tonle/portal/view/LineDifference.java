// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.List;

/** What is otherwise between two texts, line by line, by the longest lines that both have in one order. */
final class LineDifference {
    /** Beyond it the old lines are shown as gone and the new ones as come: the table would take its square. */
    private static final int LINES_MAX = 2_000;

    private LineDifference() {}

    /** What became of a line. */
    enum Change {
        SAME,
        GONE,
        NEW
    }

    /** A line of the one text or of both. */
    record Line(Change change, String words) {}

    static List<Line> between(String before, String after) {
        List<String> a = before.lines().toList();
        List<String> b = after.lines().toList();
        List<Line> lines = new ArrayList<>();
        if (a.size() > LINES_MAX || b.size() > LINES_MAX) {
            a.forEach(line -> lines.add(new Line(Change.GONE, line)));
            b.forEach(line -> lines.add(new Line(Change.NEW, line)));
            return lines;
        }
        int[][] common = common(a, b);
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                lines.add(new Line(Change.SAME, a.get(i++)));
                j++;
            } else if (j == b.size() || i < a.size() && common[i + 1][j] >= common[i][j + 1]) {
                lines.add(new Line(Change.GONE, a.get(i++)));
            } else {
                lines.add(new Line(Change.NEW, b.get(j++)));
            }
        }
        return lines;
    }

    /** How many lines the rests of both texts have in common, for each pair of rests. */
    private static int[][] common(List<String> a, List<String> b) {
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
