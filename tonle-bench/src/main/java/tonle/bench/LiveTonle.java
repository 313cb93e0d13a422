// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import tonle.base.power.Clock;
import tonle.base.power.SystemClock;
import tonle.gateway.Gateway;
import tonle.gateway.GatewayOptions;
import tonle.gateway.RunningGateway;
import tonle.gateway.config.Configuration;
import tonle.gateway.config.ConfigurationFile;
import tonle.gateway.listen.Metering;
import tonle.gateway.listen.UdpListener;
import tonle.gateway.listen.Worker;
import tonle.gateway.listen.Workers;
import tonle.portal.GatewayStatus;
import tonle.traffic.exporter.Conservation;
import tonle.traffic.exporter.ExporterHealth;
import tonle.traffic.exporter.MeterView;
import tonle.traffic.meter.DropCounts;
import tonle.traffic.meter.Meter;
import tonle.traffic.meter.MeterGroup;
import tonle.traffic.meter.MeterSettings;
import tonle.traffic.meter.StreamId;
import tonle.traffic.topology.FileOriginTable;

/**
 * Tonle as a process of its own that the live benchmark sends to. It answers each line on its input with its figures
 * ({@link Figures}) and ends with its input. {@code path} is what every datagram passes, sockets to rows, which are
 * counted and dropped; {@code gateway} is the whole program with store and pages.
 */
final class LiveTonle {
    /**
     * What the receiver says of itself.
     *
     * @param received datagrams taken off the socket
     * @param queueDropped of them, dropped because the workers' queue was full
     * @param queued of them, still waiting
     * @param bookedOctets of all records, booked or held to be booked; as of the last second
     * @param records of all exporters; as of the last second
     * @param rows that left the meter; -1 where they went to the store
     */
    record Figures(
            long received,
            long queueDropped,
            long queued,
            long bookedOctets,
            long records,
            boolean isConserved,
            long rows) {
        static Figures of(long received, long queueDropped, long queued, MeterView view, long rows) {
            Conservation sums = view.conservation();
            long records =
                    view.exporters().stream().mapToLong(ExporterHealth::records).sum();
            return new Figures(
                    received, queueDropped, queued, sums.booked() + sums.held(), records, sums.holds(), rows);
        }

        String line() {
            return received + " " + queueDropped + " " + queued + " " + bookedOctets + " " + records + " " + isConserved
                    + " " + rows;
        }

        static Figures parse(String line) {
            String[] words = line.split(" ");
            return new Figures(
                    Long.parseLong(words[0]),
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4]),
                    Boolean.parseBoolean(words[5]),
                    Long.parseLong(words[6]));
        }
    }

    private interface Running extends AutoCloseable {
        Figures figures();

        @Override
        void close() throws IOException;
    }

    private LiveTonle() {}

    /** @param arguments {@code path} or {@code gateway}, the configuration, the data directory */
    static int run(String[] arguments) throws IOException {
        Path configuration = Path.of(arguments[1]);
        try (Running running = arguments[0].equals("path")
                        ? path(configuration)
                        : gateway(configuration, Path.of(arguments[2]));
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("ready");
            while (orders.readLine() != null) {
                System.out.println(running.figures().line());
            }
        }
        return 0;
    }

    private static Running gateway(Path configuration, Path data) throws IOException {
        RunningGateway gateway = Gateway.start(new GatewayOptions(
                data,
                Optional.of(configuration),
                false,
                "bench",
                new SystemClock(),
                System.err::println,
                OptionalInt.of(0)));
        return new Running() {
            @Override
            public Figures figures() {
                GatewayStatus.Listener udp = gateway.status().listeners().getFirst();
                return Figures.of(udp.received(), udp.queueDropped(), udp.queueLength(), gateway.meter(), -1);
            }

            @Override
            public void close() throws IOException {
                gateway.close();
            }
        };
    }

    private static Running path(Path file) throws IOException {
        Clock clock = new SystemClock();
        Configuration configuration = ConfigurationFile.read(file, 1);
        FileOriginTable origins =
                FileOriginTable.read(configuration.gateway().tables().origins());
        var listen = configuration.gateway().listen();
        int count = listen.workers() > 0
                ? listen.workers()
                : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        AtomicLong rows = new AtomicLong();
        List<Meter> meters = new ArrayList<>();
        List<Worker> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Meter meter = new Meter(i, MeterSettings.DEFAULT, clock, batch -> {
                rows.addAndGet(batch.volumes().size());
                return true;
            });
            meter.use(configuration.topology(), origins);
            meters.add(meter);
            Worker worker = new Worker(i, (long) listen.queueKib() << 10, new Work(meter), clock);
            worker.start();
            all.add(worker);
        }
        Workers workers = new Workers(all);
        UdpListener udp = UdpListener.open(listen.udp().getFirst(), listen.receiveBufferKib() << 10, workers, clock);
        udp.start();
        MeterGroup view = new MeterGroup(meters, DropCounts.NONE);
        return new Running() {
            @Override
            public Figures figures() {
                return Figures.of(udp.received(), udp.queueDropped(), workers.queueLength(), view, rows.get());
            }

            @Override
            public void close() throws IOException {
                udp.close();
                all.forEach(Worker::close);
            }
        };
    }

    private record Work(Meter meter) implements Metering {
        @Override
        public void datagram(
                java.lang.foreign.MemorySegment payload,
                tonle.base.DeviceAddress source,
                int sourcePort,
                long arrivalMillis) {
            meter.datagram(payload, source, sourcePort, arrivalMillis);
        }

        @Override
        public boolean message(StreamId stream, java.lang.foreign.MemorySegment message, long arrivalMillis) {
            return meter.stream(message, stream, arrivalMillis);
        }

        @Override
        public void ended(StreamId stream) {
            meter.streamEnded(stream);
        }

        @Override
        public void tick(long nowMillis) {
            meter.tick(nowMillis);
        }

        @Override
        public void stop() {
            meter.stop();
        }
    }
}
