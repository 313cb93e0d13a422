// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.testkit.SettableClock;
import tonle.traffic.Bins;
import tonle.traffic.meter.Meter;
import tonle.traffic.meter.MeterSettings;
import tonle.traffic.reconcile.Finding;
import tonle.traffic.store.VolumeBatch;
import tonle.traffic.store.VolumeRow;
import tonle.traffic.topology.FileOriginTable;

/**
 * The demo's devices in front of a real meter: what it books is what the model says and what a backfill would write.
 */
final class DemoMeteredTest {
    /** 24 November 2026, 20:30 in Phnom Penh: the start of a bin. */
    private static final long BIN = 1_795_527_000L;

    private static final int BINS = 5;

    @TempDir
    private static Path folder;

    private static final TrafficModel MODEL = new TrafficModel(1, BIN);
    private static final List<VolumeRow> MEASURED = new ArrayList<>();
    private static Meter meter;

    @BeforeAll
    static void theDevicesRunForSomeBins() throws Exception {
        Demo.prepare(folder, "");
        SettableClock clock = new SettableClock(BIN * 1000);
        meter = new Meter(0, MeterSettings.DEFAULT, clock, DemoMeteredTest::take);
        meter.use(DemoCountry.topology(), FileOriginTable.read(List.of(folder.resolve(DemoCountry.ORIGINS_FILE))));
        try (Arena arena = Arena.ofConfined()) {
            List<DemoDevice> devices = DemoExporters.devices(MODEL, BIN, arena);
            for (long second = BIN; second <= BIN + BINS * Bins.SECONDS + 300; second++) {
                long now = second * 1000;
                clock.setUnixMillis(now);
                for (DemoDevice device : devices) {
                    device.tick(now, datagram -> meter.datagram(datagram, device.address(), 4000, now));
                }
                meter.tick(now);
            }
        }
        meter.stop();
    }

    private static boolean take(VolumeBatch batch) {
        MEASURED.addAll(batch.volumes());
        return true;
    }

    @Test
    void whatAnUnsampledRouterMetersIsBookedToTheOctet() {
        for (String link : List.of("BVT-SGN-1", "bell-bvt-1")) {
            assertThat(sums(MEASURED, link)).isEqualTo(sums(expected(), link));
        }
    }

    /** Each stream owes up to a sample at the beginning and at the end of a bin; a tick may fall into the next bin. */
    @Test
    void everyLinkIsBookedAsTheModelSays() {
        Map<String, Long> expected = sums(expected(), "");
        Map<String, Long> measured = sums(MEASURED, "");
        Map<String, Long> owed = owedOctets();
        assertThat(measured.keySet()).isEqualTo(expected.keySet());
        expected.forEach((key, octets) -> assertThat(measured.get(key))
                .as(key)
                .isCloseTo(octets, Offset.offset(2 * owed.get(key) + octets / 200)));
    }

    /** Octets of one sample of every stream, by link and direction. */
    private static Map<String, Long> owedOctets() {
        Map<String, Long> rates = Map.of("pnh-ix-1", 65_536L, "ppt-edge-1", 8_192L);
        Map<String, Long> owed = new TreeMap<>();
        for (Demand demand : MODEL.demands()) {
            for (Booking booking : demand.bookings()) {
                long sample = rates.getOrDefault(booking.exporter(), 2_048L) * demand.packetOctets();
                String key = booking.link() + " " + booking.direction().key();
                owed.merge(key, MODEL.octets(demand, BIN + Bins.SECONDS) > 0 ? sample : 0, Long::sum);
            }
        }
        return owed;
    }

    @Test
    void theWrongRateIsFoundAndNamed() {
        assertThat(meter.snapshot().findings())
                .filteredOn(finding -> finding.exporter().equals("ppt-edge-1"))
                .isNotEmpty()
                .allMatch(finding -> finding.cause() == Finding.Cause.SAMPLING_RATE);
        assertThat(meter.snapshot().findings())
                .filteredOn(finding -> !finding.exporter().equals("ppt-edge-1"))
                .isEmpty();
    }

    @Test
    void conservationHolds() {
        assertThat(meter.snapshot().conservation().holds()).isTrue();
    }

    @Test
    void theStrangerWaitsAndWhoSaysTooMuchIsUnderAnAlarm() {
        assertThat(meter.snapshot().exporters())
                .anyMatch(health -> health.id().isEmpty() && health.address().equals(DemoCountry.STRANGER.text()));
        assertThat(meter.snapshot().exporters())
                .filteredOn(health -> health.id().equals("bvt-nat-1"))
                .singleElement()
                .satisfies(health -> {
                    assertThat(health.alarms()).isNotEmpty();
                    assertThat(health.unscaledRecords()).isZero();
                    assertThat(health.sampling())
                            .as("it takes every packet, and its configuration says so")
                            .extracting(line -> line.rate(), line -> line.source())
                            .containsExactly(org.assertj.core.groups.Tuple.tuple(1.0, "default"));
                });
    }

    private static List<VolumeRow> expected() {
        BackfillBin bins = new BackfillBin(MODEL);
        return bins.rows(BIN + Bins.SECONDS, Bins.SECONDS, true).volumes();
    }

    /** Octets of the second bin by link and direction; of one link also by member, remote AS, version and protocol. */
    private static Map<String, Long> sums(List<VolumeRow> rows, String link) {
        Map<String, Long> sums = new TreeMap<>();
        for (VolumeRow row : rows) {
            if (row.binSeconds() != BIN + Bins.SECONDS
                    || !link.isEmpty() && !row.link().equals(link)) {
                continue;
            }
            String key = link.isEmpty()
                    ? row.link() + " " + row.direction().key()
                    : row.direction().key() + " " + row.member() + " " + row.remoteAsn() + " " + row.ipVersion() + " "
                            + row.protocol().key();
            sums.merge(key, row.octets(), Long::sum);
        }
        return sums;
    }
}
