// SPDX-License-Identifier: Apache-2.0
package tonle.base.power;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The time of day and a steady count of nanoseconds. Nothing but {@link SystemClock} asks the machine for either. */
public interface Clock {
    /** Milliseconds since 1970-01-01T00:00:00Z; may step when the machine's clock is set. */
    long unixMillis();

    /** Nanoseconds from an arbitrary start; never steps back. Only differences mean anything. */
    long monotonicNanos();

    /** The day that it is in a zone. */
    default LocalDate today(ZoneId zone) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(unixMillis()), zone);
    }
}
