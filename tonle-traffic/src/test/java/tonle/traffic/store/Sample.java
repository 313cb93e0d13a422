// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tonle.base.power.Clock;
import tonle.base.power.Seed;
import tonle.testkit.SettableClock;
import tonle.traffic.Direction;
import tonle.traffic.ProtocolClass;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.OriginTable;
import tonle.traffic.topology.Topology;

/** A small gateway and seeded rows for it. */
final class Sample {
    /** 2026-10-04T00:00:00Z, a day's start. */
    static final long DAY = 1_791_072_000L;

    static final List<String> LINKS = List.of("PNH-SHV-1", "KH-HK-1", "IX-A", "none");
    static final List<String> MEMBERS = List.of("alpha", "beta", "none", "other");
    static final List<Long> ASNS = List.of(0L, -1L, 64_496L, 64_497L, 4_200_000_000L);

    private Sample() {}

    static DuckTrafficStore open(Path directory) throws IOException {
        return open(directory, new SettableClock(DAY * 1_000));
    }

    static DuckTrafficStore open(Path directory, Clock clock) throws IOException {
        DuckTrafficStore store = DuckTrafficStore.open(new StoreSettings(directory, 256, 2, 0), clock);
        store.use(topology(), origins());
        return store;
    }

    static Topology topology() {
        List<Link> links = List.of(
                new Link("PNH-SHV-1", LinkKind.BACKBONE, "PNH", "SHV", "", "own", 1_000_000, ports("r1", 1)),
                new Link("KH-HK-1", LinkKind.INTERNATIONAL, "SHV", "", "", "HK carrier", 2_000_000, ports("r2", 2)),
                new Link("IX-A", LinkKind.EXCHANGE_PORT, "PNH", "", "alpha", "alpha", 500_000, ports("r1", 3)));
        return new Topology(1, "test", List.of(), List.of(), links, List.of());
    }

    private static List<LinkPort> ports(String exporter, int index) {
        return List.of(new LinkPort(exporter, index, true), new LinkPort("far", index, false));
    }

    static OriginTable origins() {
        return new OriginTable() {
            @Override
            public long originAsn(long network) {
                return 0;
            }

            @Override
            public String country(long asn) {
                return asn == 64_496 ? "KH" : asn == 64_497 ? "JP" : "ZZ";
            }

            @Override
            public String name(long asn) {
                return "";
            }

            @Override
            public int prefixCount() {
                return 0;
            }
        };
    }

    /** Rows of any key, in bins of {@code fromSeconds} and the {@code bins - 1} after it. */
    static List<VolumeRow> rows(Seed seed, long fromSeconds, int bins, int count) {
        List<VolumeRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long octets = seed.below(1_000_000);
            rows.add(new VolumeRow(
                    fromSeconds + 300L * seed.below(bins),
                    pick(seed, LINKS),
                    pick(seed, List.of(Direction.values())),
                    pick(seed, MEMBERS),
                    pick(seed, ASNS),
                    pick(seed, List.of(0, 4, 6)),
                    pick(seed, List.of(ProtocolClass.values())),
                    octets,
                    octets / 700,
                    10 + seed.below(50),
                    octets * 3.0,
                    seed.below(4) == 0 ? octets : 0,
                    pick(seed, List.of(RowKind.values()))));
        }
        return rows;
    }

    private static <T> T pick(Seed seed, List<T> from) {
        return from.get(seed.below(from.size()));
    }

    static VolumeBatch batch(String writer, long sequence, List<VolumeRow> rows) {
        return new VolumeBatch(writer, sequence, rows, List.of(), List.of());
    }

    static TrafficQuery query(List<Dimension> by, List<Filter> where, long from, long to) {
        return new TrafficQuery(by, where, Measure.OCTETS, from, to, 0, 1_000, "octets");
    }

    /** A volume of {@code octets} on one link and direction, all else fixed. */
    static VolumeRow row(long bin, String link, Direction direction, long octets) {
        return new VolumeRow(
                bin,
                link,
                direction,
                "alpha",
                64_496,
                4,
                ProtocolClass.TCP,
                octets,
                octets / 500,
                10,
                0,
                0,
                RowKind.MEASURED);
    }
}
