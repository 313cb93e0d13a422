// SPDX-License-Identifier: Apache-2.0
package tonle.portal.table;

/** What a column holds: it rules the unit in the header, the side on which figures stand and how they are rounded. */
public enum Kind {
    /** Words. */
    TEXT,
    /** A name that is never cut or wrapped. */
    ID,
    /** A whole number of things. */
    COUNT,
    BITS_PER_SECOND,
    PACKETS_PER_SECOND,
    OCTETS,
    /** A part of one, shown in percent. */
    SHARE,
    /** A plain ratio, such as 2.01. */
    RATIO,
    /** Seconds since 1970, shown in the zone of the view, exported in UTC (ISO 8601). */
    TIME,
    /** Signed milliseconds, shown in seconds. */
    MILLIS,
    /** Yes or no. */
    FLAG,
    /** The run of a day in few points: shown as a small line, exported as its numbers. */
    SPARK;

    /** Whether figures stand at the right. */
    public boolean numeric() {
        return switch (this) {
            case COUNT, BITS_PER_SECOND, PACKETS_PER_SECOND, OCTETS, SHARE, RATIO, MILLIS -> true;
            case TEXT, ID, TIME, FLAG, SPARK -> false;
        };
    }
}
