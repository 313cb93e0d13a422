// SPDX-License-Identifier: Apache-2.0
package tonle.portal.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * A value as it is exported, and how a page dresses it.
 *
 * @param value a {@link String}, {@link Long}, {@link BigDecimal}, {@link Boolean}, a list of {@link Long}, or null for
 * unknown
 * @param text what a page prints in place of the value, or empty for the value itself
 * @param href where the figure opens, or empty
 */
public record Cell(Object value, String text, String href, Tone tone) {
    public static final Cell EMPTY = new Cell(null, "", "", Tone.PLAIN);

    public static Cell text(String text) {
        return new Cell(text, "", "", Tone.PLAIN);
    }

    public static Cell named(String value, String text) {
        return new Cell(value, text, "", Tone.PLAIN);
    }

    public static Cell count(long count) {
        return new Cell(count, "", "", Tone.PLAIN);
    }

    /** A rate or volume, rounded to whole units; NaN is unknown. */
    public static Cell whole(double value) {
        return Double.isNaN(value) ? EMPTY : new Cell(Math.round(value), "", "", Tone.PLAIN);
    }

    /** A share or ratio with four decimals; NaN is unknown. */
    public static Cell decimal(double value) {
        return Double.isFinite(value)
                ? new Cell(BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_EVEN), "", "", Tone.PLAIN)
                : EMPTY;
    }

    /** A moment, seconds since 1970; 0 for never. */
    public static Cell time(long seconds) {
        return seconds == 0 ? EMPTY : new Cell(seconds, "", "", Tone.PLAIN);
    }

    public static Cell flag(boolean yes) {
        return new Cell(yes, "", "", Tone.PLAIN);
    }

    public static Cell spark(List<Long> points) {
        return new Cell(List.copyOf(points), "", "", Tone.PLAIN);
    }

    public Cell shown(String words) {
        return new Cell(value, words, href, tone);
    }

    public Cell opens(String address) {
        return new Cell(value, text, address, tone);
    }

    public Cell toned(Tone other) {
        return new Cell(value, text, href, other);
    }
}
