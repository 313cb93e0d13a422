// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.base.DeviceAddress;
import tonle.base.Prefix;
import tonle.base.Speed;
import tonle.base.power.Seed;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.Member;
import tonle.traffic.topology.RateOverride;
import tonle.traffic.topology.Site;
import tonle.traffic.topology.Topology;

class ConfigurationTextTest {
    private static final String[] NAMES = {
        "Alpha Telecom",
        "ក្រុមហ៊ុន",
        "a \"quoted\" \\ name",
        "# no comment",
        "no",
        "- dash",
        "a: b",
        "{x}",
        "'",
        "1e3",
        "~"
    };

    @Test
    void whateverIsWrittenIsReadBackEqual() throws IOException {
        for (int run = 0; run < 300; run++) {
            Topology topology = topology(new Seed(run));
            String text = ConfigurationText.of(topology);
            Topology again = ConfigurationFile.parse("export", text, Path.of("."), topology.version())
                    .topology();
            assertThat(again).as("seed %d:%n%s", run, text).isEqualTo(topology);
        }
    }

    @Test
    void speedsAreWrittenShortAndReadBack() {
        assertThat(Speed.text(100_000_000_000L)).isEqualTo("100G");
        assertThat(Speed.text(2_500_000_000L)).isEqualTo("2500M");
        assertThat(Speed.text(1_234)).isEqualTo("1234");
        assertThat(Speed.parse("2.5G")).isEqualTo(2_500_000_000L);
        assertThat(Speed.parse("0.0001K")).isEqualTo(Long.MIN_VALUE);
        assertThat(Speed.parse("100Gbit")).isEqualTo(Long.MIN_VALUE);
        assertThat(Speed.parse("999999999999999T")).isEqualTo(Long.MIN_VALUE);
    }

    private static Topology topology(Seed seed) {
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < 2 + seed.below(4); i++) {
            sites.add(new Site("S" + i, name(seed), name(seed), seed.below(1_001), seed.below(1_001)));
        }
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < seed.below(6); i++) {
            List<Prefix> prefixes = new ArrayList<>();
            for (int p = 0; p < seed.below(4); p++) {
                int bits = (10 << 24) | (i << 16) | (p << 8);
                prefixes.add(new Prefix(4, (long) bits << 32, 0, 24));
            }
            // Member 5 holds what covers all others: prefixes may nest, and the export says so.
            if (i == 5) {
                prefixes.add(Prefix.parse("10.0.0.0/8").orElseThrow());
            }
            members.add(new Member("m-" + i, name(seed), name(seed), List.of(64_500L + i), prefixes));
        }
        List<Exporter> exporters = new ArrayList<>();
        for (int i = 0; i < seed.below(5); i++) {
            exporters.add(exporter(seed, i));
        }
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < seed.below(6); i++) {
            LinkKind kind = LinkKind.values()[seed.below(4)];
            List<LinkPort> ports = exporters.isEmpty()
                    ? List.of()
                    : List.of(new LinkPort(exporters.get(0).id(), 1 + i, seed.below(2) == 0));
            String member = members.isEmpty()
                    ? ""
                    : members.get(seed.below(members.size())).id();
            String far = kind == LinkKind.BACKBONE ? "S1" : "";
            long capacity = 1_000 + seed.below(1_000_000) * 1_000L;
            links.add(new Link("L-" + i, kind, "S0", far, member, name(seed), capacity, ports));
        }
        return new Topology(seed.below(100), name(seed), sites, members, links, exporters);
    }

    private static Exporter exporter(Seed seed, int i) {
        List<RateOverride> overrides = new ArrayList<>();
        for (int o = 0; o < seed.below(3); o++) {
            long to = seed.below(2) == 0 ? Long.MAX_VALUE : 2_000_000_000L;
            overrides.add(new RateOverride(
                    seed.below(9) - 1, 1 + seed.below(5_000), seed.below(1_000_000_000), to, name(seed)));
        }
        return new Exporter(
                "e" + i,
                "S" + seed.below(2),
                List.of(DeviceAddress.ofIpv4(0xC0000200 + i), DeviceAddress.ofIpv6(0x20010db8L << 32, i)),
                i == 0 ? List.of() : List.of(DeviceAddress.ofIpv4(0xC0000200)),
                ExporterKind.values()[seed.below(3)],
                seed.below(10_000),
                overrides,
                seed.below(2) == 0,
                seed.below(2) == 0,
                1 + seed.below(3_600),
                seed.below(2) == 0,
                seed.below(2) == 0 ? "" : "0f".repeat(32));
    }

    private static String name(Seed seed) {
        return NAMES[seed.below(NAMES.length)];
    }
}
