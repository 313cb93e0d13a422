// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tonle.base.DeviceAddress;
import tonle.base.power.Clock;
import tonle.base.power.SystemClock;
import tonle.gateway.config.Configuration;
import tonle.gateway.config.ConfigurationFile;
import tonle.traffic.exporter.Conservation;
import tonle.traffic.meter.Meter;
import tonle.traffic.meter.MeterSettings;
import tonle.traffic.topology.FileOriginTable;

/**
 * {@code ./tonle bench meter}: one worker's share of the live path and nothing around it, datagrams in memory to rows,
 * in one thread. Tells what a change to the meter is worth where sockets, queues and the sender would hide it.
 */
final class MeterBench {
    private static final long RECORD_COUNT = 1_000_000;
    private static final int PASS_COUNT = Integer.getInteger("tonle.bench.passes", 12);
    /** The meter's time goes on as if so many datagrams came a second. */
    private static final int DATAGRAMS_EACH_MILLI = 50;

    private static final int TICK_MILLIS = 250;
    private static final int UPTIME_AT = 4;
    private static final int SECONDS_AT = 8;
    private static final int SEQUENCE_AT = 12;
    private static final int DOMAIN_AT = 16;
    private static final ValueLayout.OfInt INT_WIRE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Clock clock = new SystemClock();
    /** The thread's own time: other programs' share of the processor says nothing of the meter. */
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private final int[] sequences = new int[FlowModel.EXPORTER_COUNT * 3];
    private final DeviceAddress[] addresses = new DeviceAddress[FlowModel.EXPORTER_COUNT];
    private long millis;
    private long startMillis;
    private long tickNanos;
    private long rows;

    private MeterBench() {}

    static int run() throws IOException {
        Path folder = Files.createTempDirectory("tonle-bench");
        try {
            new MeterBench().measure(folder);
        } finally {
            FlowBench.remove(folder);
        }
        return 0;
    }

    private void measure(Path folder) throws IOException {
        Path capture = folder.resolve("live.pcap");
        new CaptureMaker(new FlowModel(4), RECORD_COUNT, 1_000).netflow9(capture);
        Configuration configuration = ConfigurationFile.read(Country.configuration(folder, ""), 1);
        startMillis = clock.unixMillis();
        millis = startMillis;
        for (int exporter = 0; exporter < addresses.length; exporter++) {
            addresses[exporter] = new DeviceAddress(4, (0x7F000101L + exporter) << 32, 0);
        }
        Meter meter = new Meter(0, MeterSettings.DEFAULT, new PacedClock(), batch -> {
            rows += batch.volumes().size();
            return true;
        });
        meter.use(
                configuration.topology(),
                FileOriginTable.read(configuration.gateway().tables().origins()));
        System.out.printf(
                Locale.ROOT,
                "  %4s %16s %18s %14s %10s%n",
                "pass",
                "CPU ns a record",
                "CPU ns a datagram",
                "of it ticks",
                "rows");
        try (Arena arena = Arena.ofConfined()) {
            Datagrams datagrams = Datagrams.read(capture, arena);
            for (int pass = 0; pass < PASS_COUNT; pass++) {
                tickNanos = 0;
                rows = 0;
                long begin = threads.getCurrentThreadCpuTime();
                pass(meter, datagrams);
                double nanos = threads.getCurrentThreadCpuTime() - begin;
                System.out.printf(
                        Locale.ROOT,
                        "  %4d %16.1f %18.1f %13.1f%% %,10d%n",
                        pass,
                        nanos / RECORD_COUNT,
                        nanos / datagrams.count(),
                        100 * tickNanos / nanos,
                        rows);
            }
        }
        meter.tick(millis + 1_000);
        Conservation sums = meter.snapshot().conservation();
        System.out.printf(
                Locale.ROOT,
                "  decoded %,d octets, rejected or refused %,d, conservation %s%n",
                sums.decoded(),
                sums.rejected() + sums.refused(),
                sums.holds() ? "holds" : "DOES NOT HOLD");
    }

    private void pass(Meter meter, Datagrams datagrams) {
        int count = 0;
        int longest = 0;
        for (int exporter = 0; exporter < addresses.length; exporter++) {
            longest = Math.max(longest, datagrams.of(exporter).size());
        }
        // In turns of 64, as the live sender does.
        for (int from = 0; from < longest; from += 64) {
            for (int exporter = 0; exporter < addresses.length; exporter++) {
                List<MemorySegment> all = datagrams.of(exporter);
                for (int i = from; i < Math.min(all.size(), from + 64); i++) {
                    stamp(all.get(i), exporter);
                    meter.datagram(all.get(i), addresses[exporter], 2055, millis);
                    if (++count % DATAGRAMS_EACH_MILLI == 0 && ++millis % TICK_MILLIS == 0) {
                        long begin = threads.getCurrentThreadCpuTime();
                        meter.tick(millis);
                        tickNanos += threads.getCurrentThreadCpuTime() - begin;
                    }
                }
            }
        }
    }

    private void stamp(MemorySegment payload, int exporter) {
        int domain = payload.get(INT_WIRE, DOMAIN_AT) % 3;
        payload.set(INT_WIRE, UPTIME_AT, (int) (CaptureMaker.UPTIME_START_MILLIS + millis - startMillis));
        payload.set(INT_WIRE, SECONDS_AT, (int) (millis / 1_000));
        payload.set(INT_WIRE, SEQUENCE_AT, sequences[exporter * 3 + domain]++);
    }

    /** The time of the datagrams. */
    private final class PacedClock implements Clock {
        @Override
        public long unixMillis() {
            return millis;
        }

        @Override
        public long monotonicNanos() {
            return millis * 1_000_000;
        }
    }
}
