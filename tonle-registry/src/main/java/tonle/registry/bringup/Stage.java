// SPDX-License-Identifier: Apache-2.0
package tonle.registry.bringup;

import java.time.LocalDate;

/** Where a link stands between its plan and its end. */
public sealed interface Stage {
    /** In the registry, no port yet. */
    record Planned(LocalDate wantedDay) implements Stage {}

    /** A port is given; checks run; nothing is carried. */
    record Quarantine(String port, LocalDate since, LocalDate wantedDay) implements Stage {}

    /** Every check has passed, or was excused by name; waits for the word of both sides. */
    record Ready(String port, LocalDate since, boolean hasOperatorWord, boolean hasGatewayWord) implements Stage {}

    /** Carries traffic. There is no way back from here but the end. */
    record InService(String port, LocalDate since) implements Stage {}

    /** Given up before or after service, with a reason. */
    record Ended(LocalDate since, String reason) implements Stage {}
}
