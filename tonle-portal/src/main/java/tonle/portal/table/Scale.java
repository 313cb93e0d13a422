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
            case BITS_PER_SECOND -> prefixed(largest, "b/s", 1_000);
            case PACKETS_PER_SECOND -> prefixed(largest, "p/s", 1_000);
            // Volumes of one column differ more than rates do: a step later, so that small ones keep their digits.
            case OCTETS -> prefixed(largest, "B", 10_000);
            case SHARE -> new Scale(0.01, "%", largest < 0.01 && largest > 0 ? 2 : 1);
            case MILLIS -> new Scale(1000, "s", 1);
            case RATIO -> new Scale(1, "", 2);
            case TEXT, ID, COUNT, TIME, FLAG, SPARK -> new Scale(1, "", 0);
        };
    }

    private static Scale prefixed(double largest, String unit, int stepAbove) {
        int step = 0;
        double factor = 1;
        // Two or more digits before the point where possible: 412.6 Gb/s rather than 0.4 Tb/s.
        while (step + 1 < PREFIXES.length && largest >= factor * stepAbove) {
            factor *= 1000;
            step++;
        }
        double shown = largest / factor;
        return new Scale(factor, PREFIXES[step] + unit, step == 0 || shown >= 1_000 ? 0 : shown < 10 ? 2 : 1);
    }

    /** The figure alone, with grouping commas. */
    public String figure(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value / factor);
    }

    /** The figure with its unit: {@code 52.8 Gb/s}, {@code 31 %}. */
    public String withUnit(double value) {
        return unit.isEmpty() ? figure(value) : figure(value) + "\u00a0" + unit;
    }

    /** The figure without decimals that are all zero, for one that stands alone: {@code 100}, not {@code 100.0}. */
    public String bare(double value) {
        return figure(value).replaceFirst("\\.0+$", "");
    }

    /** A single figure with the scale that suits it. */
    public static String say(Kind kind, double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        Scale scale = of(kind, Math.abs(value));
        String figure = scale.bare(value);
        return scale.unit.isEmpty() ? figure : figure + "\u00a0" + scale.unit;
    }
}
