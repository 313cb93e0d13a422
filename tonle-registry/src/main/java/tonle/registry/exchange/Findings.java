// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.util.ArrayList;
import java.util.List;
import tonle.registry.exchange.Finding.Weight;

/**
 * The list that a reader writes findings to. It keeps the first {@link #FINDINGS_MAX} and counts the rest, so that a
 * hostile file costs no more memory than a wrong one.
 */
public final class Findings {
    /** Findings kept; those beyond are counted in {@link #countBeyond()}. */
    public static final int FINDINGS_MAX = 200;

    /** A detail is cut to this length. */
    public static final int DETAIL_CHARS_MAX = 300;

    private static final int VALUE_CHARS_MAX = 60;

    private final List<Finding> kept = new ArrayList<>();
    private long beyond;
    private boolean isRefused;

    void refuse(Reason reason, String where, String detail) {
        add(Weight.REFUSED, reason, where, detail);
    }

    void leaveOut(Reason reason, String where, String detail) {
        add(Weight.LEFT_OUT, reason, where, detail);
    }

    void note(Reason reason, String where, String detail) {
        add(Weight.NOTED, reason, where, detail);
    }

    private void add(Weight weight, Reason reason, String where, String detail) {
        isRefused |= weight == Weight.REFUSED;
        if (kept.size() == FINDINGS_MAX) {
            beyond++;
            return;
        }
        kept.add(new Finding(weight, reason, cut(where, DETAIL_CHARS_MAX), cut(detail, DETAIL_CHARS_MAX)));
    }

    /** Whether anything found refuses the file. */
    boolean isRefused() {
        return isRefused;
    }

    /** The outcome: the document when nothing refuses it. */
    <T> Reading<T> outcome(T document) {
        return isRefused
                ? new Reading.Refused<>(List.copyOf(kept), beyond)
                : new Reading.Taken<>(document, List.copyOf(kept), beyond);
    }

    <T> Reading<T> refused() {
        return new Reading.Refused<>(List.copyOf(kept), beyond);
    }

    long countBeyond() {
        return beyond;
    }

    /** A foreign value as it may stand in a message: short, and without what would turn or hide text around it. */
    static String quote(String value) {
        StringBuilder safe = new StringBuilder();
        value.codePoints()
                .limit(VALUE_CHARS_MAX)
                .forEach(point -> safe.appendCodePoint(isPrintable(point) ? point : '?'));
        return '"' + safe.toString() + (value.codePointCount(0, value.length()) > VALUE_CHARS_MAX ? "…" : "") + '"';
    }

    /**
     * Letters of every script with their marks, digits, punctuation and the blank; no control and no direction marks.
     */
    static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> point == ZERO_WIDTH_SPACE;
            default -> true;
        };
    }

    /** Khmer marks where its words end with it (U+200B), so it is no trick there. */
    private static final int ZERO_WIDTH_SPACE = 0x200B;

    private static String cut(String text, int charsMax) {
        return text.length() <= charsMax ? text : text.substring(0, charsMax - 1) + "…";
    }
}
