// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A span of days.
 *
 * @param from the first day
 * @param until the first day after it; empty where it is open
 */
public record Days(LocalDate from, Optional<LocalDate> until) {
    /** Before this there was no commercial network to register. */
    public static final LocalDate EARLIEST = LocalDate.of(1985, 1, 1);
    /** A day beyond this is a slip of the pen. */
    public static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

    public Days {
        if (until.isPresent() && !until.get().isAfter(from)) {
            throw new IllegalArgumentException("the days end at " + until.get() + ", before they begin");
        }
    }

    public static Days since(LocalDate from) {
        return new Days(from, Optional.empty());
    }

    public static Days between(LocalDate from, LocalDate until) {
        return new Days(from, Optional.of(until));
    }

    static boolean isSane(LocalDate day) {
        return !day.isBefore(EARLIEST) && !day.isAfter(LATEST);
    }

    public boolean covers(LocalDate day) {
        return !day.isBefore(from) && (until.isEmpty() || day.isBefore(until.get()));
    }

    public boolean overlaps(Days other) {
        boolean beginsBefore = other.until.isEmpty() || from.isBefore(other.until.get());
        boolean endsAfter = until.isEmpty() || other.from.isBefore(until.get());
        return beginsBefore && endsAfter;
    }

    /** The days that both have. */
    public Optional<Days> common(Days other) {
        if (!overlaps(other)) {
            return Optional.empty();
        }
        LocalDate latestFrom = from.isAfter(other.from) ? from : other.from;
        Optional<LocalDate> earliestUntil = until.isEmpty()
                ? other.until
                : other.until.isEmpty() || until.get().isBefore(other.until.get()) ? until : other.until;
        return Optional.of(new Days(latestFrom, earliestUntil));
    }

    /** {@code 2026-10-01 to 2026-11-01 (excluded)}, or {@code since 2026-10-01}. */
    public String text() {
        return until.map(day -> from + " to " + day + " (excluded)").orElse("since " + from);
    }
}
