// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import java.util.Optional;

/**
 * How the database is, for the status page.
 *
 * @param isEmbedded whether Tonle runs the server itself
 * @param version as the server says it, "18.6"
 * @param port on the loopback address where embedded; 0 otherwise
 * @param sizeOctets of the database, at the last look
 * @param sinceUnixMillis when the present state began: of being there, or of the outage
 * @param outage why it is away now
 * @param words of the outage, for people; empty where there is none
 */
public record DatabaseHealth(
        boolean isEmbedded,
        String version,
        int port,
        long sizeOctets,
        long sinceUnixMillis,
        Optional<DatabaseOutage.Reason> outage,
        String words) {}
