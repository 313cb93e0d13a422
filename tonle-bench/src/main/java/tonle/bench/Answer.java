// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;

/** Reads a table that a program printed and holds it against what the model put into the capture, key by key. */
final class Answer {
    private Answer() {}

    /** Stands for groups below ten records, which Tonle merges: they count in the sum, not one by one. */
    static final String MERGED = "other";

    /** The sum of all rows; fails at the first row that differs from what {@code truth} says of its key. */
    static long sum(Path csv, String ingressColumn, String asnColumn, String sumColumn, LongBinaryOperator truth)
            throws IOException {
        try (BufferedReader rows = Files.newBufferedReader(csv)) {
            List<String> head = Arrays.asList(rows.readLine().split(","));
            int ingress = head.indexOf(ingressColumn);
            int asn = head.indexOf(asnColumn);
            int figure = head.indexOf(sumColumn);
            if (ingress < 0 || asn < 0 || figure < 0) {
                throw new IOException(csv + " has the columns " + head);
            }
            long sum = 0;
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                String[] cells = row.split(",");
                if (cells.length <= Math.max(figure, Math.max(ingress, asn))) {
                    continue;
                }
                long value = Long.parseLong(cells[figure].strip());
                if (cells[asn].strip().equals(MERGED)) {
                    sum += value;
                    continue;
                }
                long expected =
                        truth.applyAsLong(Long.parseLong(cells[ingress].strip()), Long.parseLong(cells[asn].strip()));
                if (value != expected) {
                    throw new IOException(csv.getFileName() + ": " + row + ", where " + expected + " are right");
                }
                sum += value;
            }
            return sum;
        }
    }
}
