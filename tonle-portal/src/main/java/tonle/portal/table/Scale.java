// SPDX-License-Identifier: Apache-2.0
package tonle.portal.table;

import java.util.Locale;

/**
 * How figures of one column are written: divided by {@code factor}, with so many decimals, under the header's unit.
 *
 * @param unit as the header says it: {@code Gb/s}; empty for none
 */
public record Scale(double factor, String unit, int decimals) {
    private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};

    public static Scale of(Kind kind, double largest) {
        return switch (kind) {
            case BITS_PER_SECOND -> prefixed(largest, "b/s");
            case PACKETS_PER_SECOND -> prefixed(largest, "p/s");
            case OCTETS -> prefixed(largest, "B");
            case SHARE -> new Scale(0.01, "%", largest < 0.1 && largest > 0 ? 2 : 1);
            case MILLIS -> new Scale(1000, "s", 1);
            case RATIO -> new Scale(1, "", 2);
            case TEXT, ID, COUNT, TIME, FLAG, SPARK -> new Scale(1, "", 0);
        };
    }

    private static Scale prefixed(double largest, String unit) {
        int step = 0;
        double factor = 1;
        // Two or more digits before the point where possible: 412.6 Gb/s rather than 0.4 Tb/s.
        while (step + 1 < PREFIXES.length && largest >= factor * 1000) {
            factor *= 1000;
            step++;
        }
        return new Scale(factor, PREFIXES[step] + unit, step == 0 ? 0 : largest / factor < 10 ? 2 : 1);
    }

    /** The figure alone, with grouping commas. */
    public String figure(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value / factor);
    }

    /** The figure with its unit: {@code 52.8 Gb/s}, {@code 31 %}. */
    public String withUnit(double value) {
        return unit.isEmpty() ? figure(value) : figure(value) + "\u00a0" + unit;
    }

    /** A single figure with the scale that suits it. */
    public static String say(Kind kind, double value) {
        return Double.isNaN(value) ? "–" : of(kind, Math.abs(value)).withUnit(value);
    }
}
