// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tonle.registry.audit.AuditEvent;

/**
 * The trace that looking at a foreign file leaves: its format and how often it was found wrong for which reason.
 * Nothing of its content, so that a file about people leaves none of them behind.
 */
public final class FileLook {
    private FileLook() {}

    /** Of a file that was refused, or looked at. */
    public static AuditEvent event(ForeignFiles.Format format, ForeignFiles.Result result) {
        Map<Reason, Integer> counts = new TreeMap<>();
        result.findings().forEach(finding -> counts.merge(finding.reason(), 1, Integer::sum));
        StringBuilder words = new StringBuilder();
        counts.forEach((reason, count) -> words.append(words.isEmpty() ? "" : ", ")
                .append(reason.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .append(' ')
                .append(count));
        String cut = words.substring(0, Math.min(words.length(), AuditEvent.REASON_CHARS_MAX));
        String act = result instanceof ForeignFiles.Result.Refused ? "refused-file" : "looked-at-file";
        return AuditEvent.of(act, "file", format.key(), cut);
    }

    /** The reason of a change that a file brings. */
    public static String reason(ForeignFiles.Format format) {
        return "taken from a file of format " + format.key();
    }
}
