// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

/**
 * What was noticed at one place of a foreign file.
 *
 * @param weight what the finding does to the file
 * @param where a JSON pointer (RFC 6901) or {@code line N}; empty for the file as a whole
 * @param detail the value, its limit and what to do, in English; at most {@link Findings#DETAIL_CHARS_MAX} characters
 */
public record Finding(Weight weight, Reason reason, String where, String detail) {
    /** What a finding does to the file that it is in. */
    public enum Weight {
        /** The file is refused: nothing of it is taken. */
        REFUSED,
        /** This part stays behind; the rest is taken. */
        LEFT_OUT,
        /** Worth a look; taken as it is. */
        NOTED
    }

    @Override
    public String toString() {
        return (where.isEmpty() ? "file" : where) + ": " + detail + " [" + reason + "]";
    }
}
