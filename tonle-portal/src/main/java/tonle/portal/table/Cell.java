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
 * @param menu other ways to go on from here, unfolded under the value; with one there is no {@code href}
 */
public record Cell(Object value, String text, String href, Tone tone, List<Way> menu) {
    /** A way to go on, in words. */
    public record Way(String words, String href) {}

    public Cell {
        menu = List.copyOf(menu);
    }

    public Cell(Object value, String text, String href, Tone tone) {
        this(value, text, href, tone, List.of());
    }

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

    /** What a column is sorted by: figures by size, words as they are read, unknown as nothing. */
    Order order() {
        return switch (value) {
            case null -> new Order(0, "");
            case Number number -> new Order(number.doubleValue(), "");
            case Boolean yes -> new Order(yes ? 1 : 0, "");
            default -> new Order(0, (text.isEmpty() ? value.toString() : text).toLowerCase(java.util.Locale.ROOT));
        };
    }

    /** A place in a column's order. */
    record Order(double figure, String words) implements Comparable<Order> {
        @Override
        public int compareTo(Order other) {
            int byFigure = Double.compare(figure, other.figure);
            return byFigure != 0 ? byFigure : words.compareTo(other.words);
        }
    }

    public Cell shown(String words) {
        return new Cell(value, words, href, tone, menu);
    }

    public Cell opens(String address) {
        return new Cell(value, text, address, tone, menu);
    }

    public Cell toned(Tone other) {
        return new Cell(value, text, href, other, menu);
    }

    public Cell leading(List<Way> ways) {
        return new Cell(value, text, "", tone, ways);
    }
}
