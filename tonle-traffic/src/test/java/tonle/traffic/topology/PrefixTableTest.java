// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.base.Network;
import tonle.base.Prefix;
import tonle.base.power.Seed;

class PrefixTableTest {
    private static Prefix prefix(String text) {
        return Prefix.parse(text).orElseThrow();
    }

    private static long network(String text) {
        Prefix p = prefix(text);
        return p.ipVersion() == 4 ? Network.ofIpv4((int) (p.high() >>> 40)) : Network.ofIpv6(p.high() >>> 16);
    }

    @Test
    void theLongestPrefixWins() {
        PrefixTable.Builder builder = PrefixTable.builder();
        builder.add(prefix("10.0.0.0/8"), 8);
        builder.add(prefix("10.1.0.0/16"), 16);
        builder.add(prefix("10.1.2.0/24"), 24);
        builder.add(prefix("2001:db8::/32"), 32);
        builder.add(prefix("2001:db8:1::/48"), 48);
        PrefixTable table = builder.build();

        assertThat(table.value(network("10.200.1.0/24"))).isEqualTo(8);
        assertThat(table.value(network("10.1.3.0/24"))).isEqualTo(16);
        assertThat(table.value(network("10.1.2.0/24"))).isEqualTo(24);
        assertThat(table.value(network("11.1.2.0/24"))).isEqualTo(PrefixTable.NONE);
        assertThat(table.value(network("2001:db8:1::/48"))).isEqualTo(48);
        assertThat(table.value(network("2001:db8:2::/48"))).isEqualTo(32);
        assertThat(table.value(network("2001:db9::/48"))).isEqualTo(PrefixTable.NONE);
        assertThat(table.value(Network.NONE)).isEqualTo(PrefixTable.NONE);
    }

    @Test
    void prefixesFinerThanANetworkAreLeftOutAndCounted() {
        PrefixTable.Builder builder = PrefixTable.builder();
        assertThat(builder.add(prefix("192.0.2.128/25"), 1)).isFalse();
        assertThat(builder.add(prefix("2001:db8::/64"), 1)).isFalse();
        PrefixTable table = builder.build();

        assertThat(table.tooFineCount()).isEqualTo(2);
        assertThat(table.prefixCount()).isZero();
        assertThat(table.value(network("192.0.2.0/24"))).isEqualTo(PrefixTable.NONE);
    }

    @Test
    void ofTwoEqualPrefixesTheLaterOneCounts() {
        PrefixTable.Builder builder = PrefixTable.builder();
        for (int i = 1; i <= 200; i++) {
            builder.add(prefix("192.0.2.0/24"), i);
            builder.add(prefix("2001:db8::/32"), i);
        }
        PrefixTable table = builder.build();

        assertThat(table.value(network("192.0.2.0/24"))).isEqualTo(200);
        assertThat(table.value(network("2001:db8:7::/48"))).isEqualTo(200);
    }

    @Test
    void aDefaultRouteCoversEveryNetwork() {
        PrefixTable.Builder builder = PrefixTable.builder();
        builder.add(prefix("0.0.0.0/0"), 4);
        builder.add(prefix("::/0"), 6);
        PrefixTable table = builder.build();

        assertThat(table.value(network("0.0.0.0/24"))).isEqualTo(4);
        assertThat(table.value(network("255.255.255.0/24"))).isEqualTo(4);
        assertThat(table.value(Network.ofIpv6(0))).isEqualTo(6);
        assertThat(table.value(Network.ofIpv6(0xFFFF_FFFF_FFFFL))).isEqualTo(6);
    }

    @Test
    void aRangeIsTheFewestPrefixes() {
        PrefixTable.Builder builder = PrefixTable.builder();
        builder.addRange(4, 0x0A0000, 0x0A00FF, 1);
        builder.addRange(4, 0x0B0001, 0x0B0006, 2);
        builder.addRange(4, 0, 0, 3);
        builder.addRange(4, 0xFFFFFF, 0xFFFFFF, 4);
        PrefixTable table = builder.build();

        assertThat(table.prefixCount()).isEqualTo(1 + 4 + 1 + 1);
        assertThat(table.value(Network.ofIpv4(0x0A0080))).isEqualTo(1);
        assertThat(table.value(Network.ofIpv4(0x0B0000))).isEqualTo(PrefixTable.NONE);
        assertThat(table.value(Network.ofIpv4(0x0B0006))).isEqualTo(2);
        assertThat(table.value(Network.ofIpv4(0x0B0007))).isEqualTo(PrefixTable.NONE);
        assertThat(table.value(Network.ofIpv4(0))).isEqualTo(3);
        assertThat(table.value(Network.ofIpv4(0xFFFFFF))).isEqualTo(4);
    }

    @Test
    void agreesWithANaiveMatcher() {
        for (long run = 1; run <= 30; run++) {
            Seed seed = new Seed(run);
            List<Prefix> prefixes = new ArrayList<>();
            PrefixTable.Builder builder = PrefixTable.builder();
            int count = 1 + seed.below(400);
            for (int i = 0; i < count; i++) {
                Prefix p = somePrefix(seed);
                prefixes.add(p);
                builder.add(p, i);
            }
            PrefixTable table = builder.build();
            for (int i = 0; i < 2_000; i++) {
                Prefix asked = somePrefix(seed);
                boolean six = asked.ipVersion() == 6;
                long scatter = seed.nextLong() >>> seed.below(60);
                long top = six ? asked.high() >>> 16 ^ scatter & 0xFFFF : asked.high() >>> 40 ^ scatter & 0xFF;
                long network = six ? Network.ofIpv6(top) : Network.ofIpv4((int) top);
                assertThat(table.value(network))
                        .as("seed %d, %s", run, Network.text(network))
                        .isEqualTo(naive(prefixes, network));
            }
        }
    }

    private static Prefix somePrefix(Seed seed) {
        boolean six = seed.below(2) == 0;
        int length = seed.below(six ? 49 : 25);
        // Few first bits, so that prefixes nest and touch.
        long high = six
                ? 0x2001_0db8_0000_0000L ^ (seed.nextLong() >>> seed.below(64) & 0xFFFF_FFFF_FFFFL) << 16
                : (0x0A00_0000L ^ seed.nextLong() >>> seed.below(60) & 0xFFFF_FFFFL) << 32;
        long mask = length == 0 ? 0 : -1L << (64 - length);
        return new Prefix(six ? 6 : 4, high & mask, 0, length);
    }

    private static int naive(List<Prefix> prefixes, long network) {
        boolean six = Network.ipVersion(network) == 6;
        long high = six ? Network.topBits(network) << 16 : Network.topBits(network) << 40;
        int best = PrefixTable.NONE;
        int bestLength = -1;
        for (int i = 0; i < prefixes.size(); i++) {
            Prefix p = prefixes.get(i);
            long mask = p.lengthBits() == 0 ? 0 : -1L << (64 - p.lengthBits());
            boolean covers = (p.ipVersion() == 6) == six && (high & mask) == p.high();
            if (covers && p.lengthBits() >= bestLength) {
                best = i;
                bestLength = p.lengthBits();
            }
        }
        return best;
    }
}
