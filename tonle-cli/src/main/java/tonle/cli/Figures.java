// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.util.Locale;

/** Numbers as people read them. Exact figures are grouped by three; short ones have three or four digits and a unit. */
final class Figures {
    private static final String[] OCTET_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Figures() {}

    /** {@code 3,573,852}. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 3.57 MB}, by powers of 1,000. */
    static String octets(double octets) {
        int unit = 0;
        double scaled = octets;
        while (scaled >= 999.5 && unit < OCTET_UNITS.length - 1) {
            scaled /= 1_000;
            unit++;
        }
        int decimals = unit == 0 || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", scaled, OCTET_UNITS[unit]);
    }

    /** {@code 34.2 %}. */
    static String share(long part, long whole) {
        return whole <= 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    /** A bar of at most {@code width} cells, in eighths of a cell; nothing for nothing. */
    static String bar(long part, long largest, int width) {
        if (largest <= 0 || part <= 0) {
            return "";
        }
        int eighths = (int) Math.max(1, Math.round(8.0 * width * part / largest));
        String full = "█".repeat(eighths / 8);
        return eighths % 8 == 0 ? full : full + (char) (0x2590 - eighths % 8);
    }

    /** {@code 1 file}, {@code 2 files}. */
    static String count(long number, String one, String many) {
        return grouped(number) + " " + (number == 1 ? one : many);
    }
}
