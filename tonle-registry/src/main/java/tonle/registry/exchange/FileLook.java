// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tonle.registry.audit.AuditEvent;
import tonle.registry.book.Days;
import tonle.registry.change.Draft;

/**
 * What looking at a foreign file led to.
 *
 * @param day on which a draft of it begins to hold
 */
public record FileLook(ForeignFiles.Format format, LocalDate day, ForeignFiles.Result result) {
    /** The change that the file brings; empty where it brings none. */
    public Optional<Draft> draft() {
        return result instanceof ForeignFiles.Result.Proposed proposed
                        && !proposed.items().isEmpty()
                ? Optional.of(
                        new Draft(Days.since(day), "taken from a file of format " + format.key(), proposed.items()))
                : Optional.empty();
    }

    /**
     * The trace that it leaves: the format and how often the file was found wrong for which reason. Nothing of its
     * content, so that a file about people leaves none of them behind.
     */
    AuditEvent event() {
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
}
