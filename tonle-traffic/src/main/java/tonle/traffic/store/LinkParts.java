// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import tonle.traffic.Direction;

/**
 * One batch added up by (bin, link): flows of both directions and, from the ports that meter the link, its counters.
 */
final class LinkParts {
    private record Key(long start, int link) {}

    private static final class Side {
        private long octets;
        private long packets;
        private long flows;
        private double variance;
        private long unscaled;
        private long backfilled;
        private long counterOctets;
        private int counterSeconds;

        void append(DuckDBAppender appender) throws SQLException {
            appender.append(octets)
                    .append(packets)
                    .append(flows)
                    .append(variance)
                    .append(unscaled)
                    .append(backfilled)
                    .append(counterOctets)
                    .append(counterSeconds);
        }
    }

    private static final class Part {
        private final Side in = new Side();
        private final Side out = new Side();
        private int meteredPorts;
    }

    private final Map<Key, Part> parts = new HashMap<>();
    private final Places places;

    LinkParts(Places places) {
        this.places = places;
    }

    void add(int link, VolumeRow row) {
        Part part = parts.computeIfAbsent(new Key(row.binSeconds(), link), _ -> new Part());
        Side side = row.direction() == Direction.IN ? part.in : part.out;
        side.octets += row.octets();
        side.packets += row.packets();
        side.flows += row.flows();
        side.variance += row.octetsVariance();
        side.unscaled += row.unscaledOctets();
        side.backfilled += row.kind() == RowKind.BACKFILL ? row.octets() : 0;
    }

    /** Counters of the far end of a link, seen and not metered, stay out: the same octets would count twice. */
    void add(int link, InterfaceRow row) {
        if (row.counterOctets() < 0
                || row.counterSeconds() <= 0
                || !places.metered(row.link(), row.exporter(), row.interfaceIndex())) {
            return;
        }
        Part part = parts.computeIfAbsent(new Key(row.binSeconds(), link), _ -> new Part());
        Side side = row.direction() == Direction.IN ? part.in : part.out;
        side.counterOctets += row.counterOctets();
        side.counterSeconds += row.counterSeconds();
        part.meteredPorts = places.meteredPorts(row.link());
    }

    void append(DuckDBConnection connection) throws SQLException {
        if (parts.isEmpty()) {
            return;
        }
        try (DuckDBAppender appender = connection.createAppender("main", "link_bin_parts")) {
            for (Map.Entry<Key, Part> entry : parts.entrySet()) {
                appender.beginRow()
                        .append(entry.getKey().start)
                        .append(entry.getKey().link)
                        .append(entry.getValue().meteredPorts);
                entry.getValue().in.append(appender);
                entry.getValue().out.append(appender);
                appender.endRow();
            }
            appender.flush();
        }
    }
}
