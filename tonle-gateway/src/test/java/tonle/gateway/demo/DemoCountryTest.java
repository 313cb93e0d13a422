// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.Prefix;
import tonle.gateway.config.Configuration;
import tonle.gateway.config.ConfigurationFile;
import tonle.traffic.topology.FileOriginTable;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.Member;

final class DemoCountryTest {
    @TempDir
    private Path folder;

    @Test
    void theWrittenConfigurationReadsBackAsTheCountry() throws Exception {
        Path file = Demo.prepare(folder, "");
        Configuration configuration = ConfigurationFile.read(file, 1);
        assertThat(configuration.topology()).isEqualTo(DemoCountry.topology());
        assertThat(configuration.gateway().tables().origins()).hasSize(1);
    }

    @Test
    void aConfigurationThatIsThereIsLeftAsItIs() throws Exception {
        Path file = Demo.prepare(folder, "");
        Files.writeString(file, "gateway: {name: mine}\n");
        assertThat(Files.readString(Demo.prepare(folder, ""))).isEqualTo("gateway: {name: mine}\n");
    }

    @Test
    void everyNetworkHasItsOriginNameAndCountry() throws Exception {
        Demo.prepare(folder, "");
        FileOriginTable origins = FileOriginTable.read(List.of(folder.resolve(DemoCountry.ORIGINS_FILE)));
        assertThat(origins.badLines()).isEmpty();
        for (DemoMember member : DemoMember.values()) {
            assertThat(origins.country(member.asn())).isEqualTo("KH");
            for (int ipVersion : new int[] {4, 6}) {
                for (int i = 0; i < 16; i++) {
                    assertThat(origins.originAsn(member.network(ipVersion, i))).isEqualTo(member.asn());
                }
            }
        }
        for (DemoRemote remote : DemoRemote.values()) {
            assertThat(origins.country(remote.asn())).isEqualTo(remote.country);
            assertThat(origins.name(remote.asn())).isEqualTo(remote.nameEnglish);
            assertThat(origins.originAsn(remote.network(4, 15))).isEqualTo(remote.asn());
            assertThat(origins.originAsn(remote.network(6, 15))).isEqualTo(remote.asn());
        }
    }

    /** RFC 2544, RFC 3849, RFC 5398: nobody's real network or number is used. */
    @Test
    void allNumbersAreReservedForDocumentation() {
        Prefix benchmark = Prefix.parse("198.18.0.0/15").orElseThrow();
        Prefix documentation = Prefix.parse("2001:db8::/32").orElseThrow();
        for (Member member : DemoCountry.topology().members()) {
            assertThat(member.prefixes()).allMatch(p -> benchmark.covers(p) || documentation.covers(p));
            assertThat(member.asns()).allMatch(asn -> asn >= 64_496 && asn <= 64_511);
        }
        for (DemoRemote remote : DemoRemote.values()) {
            assertThat(benchmark.covers(remote.prefix4())).isTrue();
            assertThat(documentation.covers(remote.prefix6())).isTrue();
            assertThat(remote.asn()).isBetween(65_536L, 65_551L);
        }
    }

    /**
     * What a device forwards it has a port for, and what is booked is metered at the exporter that the booking names.
     */
    @Test
    void everyBookingStandsOnAMeteredPortOfItsExporter() {
        Set<String> metered = DemoCountry.topology().links().stream()
                .flatMap(link -> link.ports().stream()
                        .filter(port -> port.metered())
                        .map(port -> link.id() + "@" + port.exporter()))
                .collect(Collectors.toSet());
        for (Demand demand : new TrafficModel(1, 0).demands()) {
            assertThat(demand.bookings()).isNotEmpty();
            for (Booking booking : demand.bookings()) {
                assertThat(metered).contains(booking.link() + "@" + booking.exporter());
                assertThat(demand.passes(booking.exporter())).isTrue();
            }
        }
    }

    @Test
    void everyLinkCarriesSomething() {
        Set<String> carried = new TrafficModel(1, 0)
                .demands().stream()
                        .flatMap(d -> d.bookings().stream())
                        .map(Booking::link)
                        .collect(Collectors.toSet());
        assertThat(carried)
                .isEqualTo(DemoCountry.topology().links().stream().map(Link::id).collect(Collectors.toSet()));
    }
}
