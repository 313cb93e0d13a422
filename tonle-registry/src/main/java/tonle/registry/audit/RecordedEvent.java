// SPDX-License-Identifier: Apache-2.0
package tonle.registry.audit;

import java.time.Instant;

/**
 * An event as it stands in the table.
 *
 * @param sequence from 1, without gaps, in the order in which transactions were committed
 * @param actor the pseudonym
 * @param roles the keys of the roles held at that moment, comma between
 * @param isEntered whether the notary has taken it
 */
public record RecordedEvent(
        long sequence, Instant at, String actor, String roles, AuditEvent event, boolean isEntered) {}
