// SPDX-License-Identifier: Apache-2.0
package tonle.registry.bringup;

import java.time.LocalDate;

/** What can happen to a link on its way into service. */
public sealed interface Event {
    /** A gateway engineer gives the link a port. */
    record PortGiven(String port, LocalDate day) implements Event {}

    /** All checks stand well: passed, or excused. */
    record ChecksStand(LocalDate day) implements Event {}

    /** A check that stood no longer does. */
    record CheckFell(Check check, LocalDate day) implements Event {}

    /** One side says that it is ready. */
    record Word(Party party, LocalDate day) implements Event {}

    /** The link is given up. */
    record End(LocalDate day, String reason) implements Event {}
}
