// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tile;

import tonle.tlog.LogFault;
import tonle.tlog.Outcome;

/** Reads paths of tiles and bundles: {@code tile/<level or "entries">/<number in groups of three>[.p/<width>]}. */
final class LogPath {
    /** A number of 19 digits has seven groups of three. */
    private static final int GROUPS_MAX = 7;

    private static final String PREFIX = "tile/";

    private final String path;
    private int next;

    private LogPath(String path) {
        this.path = path;
    }

    static Outcome<LogFile> parse(String path) {
        return new LogPath(path).read();
    }

    private Outcome<LogFile> read() {
        if (!path.startsWith(PREFIX)) {
            return malformed();
        }
        next = PREFIX.length();
        int slash = path.indexOf('/', next);
        if (slash < 0) {
            return malformed();
        }
        String kind = path.substring(next, slash);
        int level = kind.equals("entries") ? -1 : small(kind, 0, LogFile.LEVEL_MAX);
        if (level < 0 && !kind.equals("entries")) {
            return malformed();
        }
        next = slash + 1;
        long index = index();
        if (index < 0) {
            return malformed();
        }
        int width = LogFile.WIDTH_MAX;
        if (next < path.length()) {
            if (!path.startsWith(".p/", next)) {
                return malformed();
            }
            next += 3;
            width = small(path.substring(next), 1, LogFile.WIDTH_MAX - 1);
            if (width < 0) {
                return malformed();
            }
        }
        return Outcome.good(
                level < 0 ? new LogFile.EntryBundle(index, width) : new LogFile.HashTile(level, index, width));
    }

    /** The number in groups of three digits, all but the last with an {@code x}; -1 where it is none. */
    private long index() {
        long index = 0;
        for (int group = 0; group < GROUPS_MAX; group++) {
            boolean isLast = next >= path.length() || path.charAt(next) != 'x';
            int digits = isLast ? next : next + 1;
            if (digits + 3 > path.length()) {
                return -1;
            }
            int value = 0;
            for (int i = digits; i < digits + 3; i++) {
                int digit = path.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    return -1;
                }
                value = 10 * value + digit;
            }
            boolean isOverlong = group == 0 && !isLast && value == 0;
            if (isOverlong || index > (Long.MAX_VALUE - value) / 1000) {
                return -1;
            }
            index = 1000 * index + value;
            next = digits + 3;
            if (isLast) {
                return index;
            }
            if (next >= path.length() || path.charAt(next) != '/') {
                return -1;
            }
            next++;
        }
        return -1;
    }

    /** A number of up to three digits without leading noughts, within the bounds; -1 where it is none. */
    private static int small(String text, int least, int most) {
        if (text.isEmpty() || text.length() > 3 || text.length() > 1 && text.charAt(0) == '0') {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number >= least && number <= most ? number : -1;
    }

    private Outcome<LogFile> malformed() {
        return Outcome.refused(LogFault.PATH_MALFORMED, next);
    }
}
