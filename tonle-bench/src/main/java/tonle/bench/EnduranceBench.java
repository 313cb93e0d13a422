// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tonle.base.DeviceAddress;
import tonle.base.power.Clock;
import tonle.base.power.Seed;
import tonle.base.power.SystemClock;
import tonle.gateway.config.Configuration;
import tonle.gateway.config.ConfigurationFile;
import tonle.traffic.meter.Meter;
import tonle.traffic.meter.MeterSettings;
import tonle.traffic.topology.FileOriginTable;
import tonle.wire.Fault;
import tonle.wire.capture.Capture;
import tonle.wire.capture.DatagramSink;
import tonle.wire.dissect.Dissector;
import tonle.wire.flow.FlowDecoder;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.FlowSink;
import tonle.wire.flow.MessageHeader;
import tonle.wire.flow.SflowCounters;
import tonle.wire.flow.SflowSample;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;
import tonle.wire.flow.TemplateLookup;

/**
 * {@code ./tonle bench endurance}: damaged datagrams without number through everything that reads what strangers send,
 * in one process. Whatever comes, no exception, no stall that grows, no memory that grows. The same seed damages alike.
 */
final class EnduranceBench {
    static final String USAGE =
            "./tonle bench endurance [--mutations N (default 100,000,000)] [--seed N] [--keep FOLDER]";

    private static final long MUTATION_COUNT = 100_000_000;
    private static final int MADE_RECORDS = 2_000;
    private static final int DATAGRAM_OCTETS_MAX = 2_048;
    /** Trees are for people and files have a system call each: they get a share of the mutations. */
    private static final int DISSECT_EVERY = 16;

    private static final int CAPTURE_EVERY = 4_096;
    private static final int CAPTURE_PACKETS = 512;
    /** The meter's time goes on by so much a datagram: bins are opened, sealed and corrected on the way. */
    private static final int DATAGRAMS_EACH_MILLI = 4;

    private static final int TICK_EVERY = 1_000;
    private static final int TEMPLATES_FORGOTTEN_EVERY = 100_000;
    /** How often memory is looked at on the way. */
    private static final int LOOK_COUNT = 8;

    private static final int UNKNOWN_SENDERS = 5_000;
    private static final int[] EDGES = {0, 1, 2, 3, 4, 15, 16, 127, 128, 254, 255};
    private static final byte[] SNAP_LENGTH_AND_LINK = {0, 0, 4, 0, 1, 0, 0, 0};

    /** One part that is fed: what it went through and what it took. */
    private static final class Part {
        final String name;
        long calls;
        long exceptions;
        long stallNanosMax;
        long nanos;
        String first = "";

        Part(String name) {
            this.name = name;
        }
    }

    /** What a part does with a damaged datagram. */
    private interface Act {
        void run() throws IOException;
    }

    /** A time that the bench sets, so that a seed makes the same run on a slow machine. */
    private static final class StatedClock implements Clock {
        private long millis = 1_798_848_000_000L;

        @Override
        public long unixMillis() {
            return millis;
        }

        @Override
        public long monotonicNanos() {
            return millis * 1_000_000;
        }
    }

    private final Clock clock = new SystemClock();
    private final Part decoder = new Part("decoder");
    private final Part dissector = new Part("dissector");
    private final Part capture = new Part("capture");
    private final Part meter = new Part("meter");
    private final Part tick = new Part("meter's tick");
    private final List<byte[]> vectors = new ArrayList<>();
    private final byte[] octets = new byte[DATAGRAM_OCTETS_MAX];
    private final long seedNumber;
    private final Seed seed;
    private final long count;
    private final Path folder;
    private final List<Memory> memories = new ArrayList<>();
    private boolean isConserved = true;

    private EnduranceBench(long count, long seedNumber, Path folder) {
        this.count = count;
        this.seedNumber = seedNumber;
        this.seed = new Seed(seedNumber);
        this.folder = folder;
    }

    static int run(String[] arguments) throws IOException {
        long count = MUTATION_COUNT;
        long seed = 1;
        Path kept = null;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--mutations" -> count = Long.parseLong(arguments[i + 1].replaceAll("[_,]", ""));
                case "--seed" -> seed = Long.parseLong(arguments[i + 1]);
                case "--keep" -> kept = Path.of(arguments[i + 1]);
                default -> {
                    System.err.println("what is " + arguments[i] + "?\nusage: " + USAGE);
                    return 2;
                }
            }
        }
        Path folder = kept == null ? Files.createTempDirectory("tonle-bench") : Files.createDirectories(kept);
        try {
            return run(count, seed, folder);
        } finally {
            if (kept == null) {
                FlowBench.remove(folder);
            }
        }
    }

    /** @return 0 where nothing was thrown and all sums agreed at each tick */
    static int run(long count, long seed, Path folder) throws IOException {
        EnduranceBench bench = new EnduranceBench(count, seed, folder);
        bench.gatherVectors();
        bench.damageAll();
        return bench.print();
    }

    /** Whole datagrams of all protocols, made ones and the vectors that were written by hand. */
    private void gatherVectors() throws IOException {
        Path made = folder.resolve("made.pcap");
        for (int kind = 0; kind < 3; kind++) {
            CaptureMaker maker = new CaptureMaker(new FlowModel(kind), MADE_RECORDS);
            switch (kind) {
                case 0 -> maker.netflow9(made);
                case 1 -> maker.ipfix(made);
                default -> maker.sflow(made);
            }
            try (Arena arena = Arena.ofConfined()) {
                Datagrams datagrams = Datagrams.read(made, arena);
                for (int exporter = 0; exporter < FlowModel.EXPORTER_COUNT; exporter++) {
                    datagrams.of(exporter).stream()
                            .limit(8)
                            .forEach(each -> vectors.add(each.toArray(ValueLayout.JAVA_BYTE)));
                }
            }
        }
        Files.delete(made);
        Path golden = Path.of(System.getProperty("tonle.home", "..")).resolve("tonle-wire/src/golden");
        for (String protocol : List.of("netflow5", "netflow9", "ipfix", "sflow5")) {
            if (Files.isDirectory(golden.resolve(protocol))) {
                try (Stream<Path> files = Files.list(golden.resolve(protocol))) {
                    for (Path hex : files.filter(file -> file.toString().endsWith(".hex"))
                            .sorted()
                            .toList()) {
                        addVector(hex);
                    }
                }
            }
        }
    }

    private void addVector(Path hex) throws IOException {
        StringBuilder digits = new StringBuilder();
        for (String line : Files.readAllLines(hex)) {
            digits.append(line.startsWith("#") ? "" : line.replace(" ", ""));
        }
        byte[] vector = HexFormat.of().parseHex(digits);
        if (vector.length <= DATAGRAM_OCTETS_MAX) {
            vectors.add(vector);
        }
    }

    private void damageAll() throws IOException {
        StatedClock stated = new StatedClock();
        Configuration configuration = ConfigurationFile.read(Country.configuration(folder, ""), 1);
        Meter live = new Meter(0, MeterSettings.DEFAULT, stated, _ -> true);
        live.use(
                configuration.topology(),
                FileOriginTable.read(configuration.gateway().tables().origins()));
        EveryEvent events = new EveryEvent();
        FlowDecoder plain = new FlowDecoder(events, events);
        ByteBuffer packets = ByteBuffer.allocate(CAPTURE_PACKETS * (DATAGRAM_OCTETS_MAX + 128))
                .order(ByteOrder.LITTLE_ENDIAN);
        try (Arena arena = Arena.ofConfined()) {
            // A segment of exactly the datagram's size: one octet beyond it would be outside.
            MemorySegment[] segments = new MemorySegment[DATAGRAM_OCTETS_MAX + 1];
            for (long done = 0; done < count; done++) {
                int size = damage();
                if (segments[size] == null) {
                    segments[size] = arena.allocate(size);
                }
                MemorySegment datagram = segments[size];
                MemorySegment.copy(octets, 0, datagram, ValueLayout.JAVA_BYTE, 0, size);
                through(decoder, done, () -> plain.decode(datagram));
                if (done % DISSECT_EVERY == 0) {
                    through(
                            dissector,
                            done,
                            () -> events.nodes +=
                                    Dissector.dissect(datagram, events).text().length());
                }
                DeviceAddress source = sender(done);
                through(meter, done, () -> live.datagram(datagram, source, 2055, stated.millis));
                if (done % DATAGRAMS_EACH_MILLI == 0) {
                    stated.millis++;
                }
                if (done % TICK_EVERY == 0) {
                    through(tick, done, () -> live.tick(stated.millis));
                    isConserved &= live.snapshot().conservation().holds();
                }
                if (done % TEMPLATES_FORGOTTEN_EVERY == 0) {
                    events.templates = new Template[events.templates.length];
                }
                if (done % CAPTURE_EVERY < CAPTURE_PACKETS) {
                    pack(packets, size, done % CAPTURE_EVERY == CAPTURE_PACKETS - 1, done);
                }
                look(done);
            }
        }
        through(tick, count, live::stop);
        isConserved &= live.snapshot().conservation().holds();
    }

    /** What lives on the heap once garbage is gone, and what the process has resident. */
    private record Memory(long done, long liveOctets, long residentKibibytes) {
        static Memory after(long done) throws IOException {
            System.gc();
            long live = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            return new Memory(done, live, LinuxFigures.residentKibibytes());
        }
    }

    private void look(long done) throws IOException {
        if (count >= LOOK_COUNT && done % (count / LOOK_COUNT) == 0) {
            memories.add(Memory.after(done));
        }
    }

    /** Known exporters mostly, and strangers, more than the meter remembers. */
    private DeviceAddress sender(long done) {
        boolean isKnown = (done & 7) != 0;
        long address = isKnown ? 0xC0000201L + (done >>> 3 & 3) : 0xC6330000L + done * 31 % UNKNOWN_SENDERS;
        return new DeviceAddress(4, address << 32, 0);
    }

    /** Damages a vector into {@link #octets}; answers its size. */
    private int damage() {
        byte[] vector = vectors.get(seed.below(vectors.size()));
        System.arraycopy(vector, 0, octets, 0, vector.length);
        int size = vector.length;
        int times = seed.below(6);
        for (int i = 0; i < times && size > 0; i++) {
            int at = seed.below(size);
            switch (seed.below(5)) {
                case 0 -> octets[at] = (byte) seed.nextLong();
                case 1 -> octets[at] = (byte) EDGES[seed.below(EDGES.length)];
                case 2 -> octets[at] ^= (byte) (1 << seed.below(8));
                case 3 -> size = seed.below(8) == 0 ? at : size;
                default -> {
                    int length = seed.below(Math.min(64, size - at));
                    System.arraycopy(octets, seed.below(size - length), octets, at, length);
                }
            }
        }
        return size;
    }

    /** Puts the damaged datagram into a capture file as it came, without any header that is right. */
    private void pack(ByteBuffer packets, int size, boolean isLast, long done) throws IOException {
        if (packets.position() == 0) {
            packets.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4).putLong(0);
            packets.put(SNAP_LENGTH_AND_LINK);
        }
        packets.putInt((int) (1_700_000_000 + (done >>> 12))).putInt(0);
        packets.putInt(size).putInt(seed.below(64) == 0 ? (int) seed.nextLong() : size);
        packets.put(octets, 0, size);
        if (isLast) {
            Path file = folder.resolve("damaged.pcap");
            byte[] whole = Arrays.copyOf(packets.array(), packets.position());
            for (int i = 0; i < 8; i++) {
                whole[seed.below(whole.length)] = (byte) seed.nextLong();
            }
            Files.write(file, whole);
            packets.clear();
            Drain drain = new Drain();
            through(capture, done, () -> Capture.read(file, drain, _ -> {}));
        }
    }

    private void through(Part part, long done, Act act) {
        long begin = clock.monotonicNanos();
        try {
            act.run();
        } catch (RuntimeException | IOException | StackOverflowError e) {
            part.exceptions++;
            if (part.first.isEmpty()) {
                part.first = "mutation " + done + ": " + e;
                e.printStackTrace(); // Where it happened is what the run is for.
            }
        }
        long nanos = clock.monotonicNanos() - begin;
        part.calls++;
        part.nanos += nanos;
        part.stallNanosMax = Math.max(part.stallNanosMax, nanos);
    }

    private int print() throws IOException {
        memories.add(Memory.after(count));
        System.out.printf(
                Locale.ROOT, "%,d damaged datagrams of %d vectors, seed %d%n", count, vectors.size(), seedNumber);
        System.out.printf(
                Locale.ROOT,
                "  %-14s %14s %12s %18s %14s%n",
                "part",
                "calls",
                "exceptions",
                "longest stall ns",
                "mean ns");
        long exceptions = 0;
        for (Part part : List.of(decoder, dissector, capture, meter, tick)) {
            exceptions += part.exceptions;
            System.out.printf(
                    Locale.ROOT,
                    "  %-14s %,14d %,12d %,18d %,14d%s%n",
                    part.name,
                    part.calls,
                    part.exceptions,
                    part.stallNanosMax,
                    part.nanos / Math.max(1, part.calls),
                    part.first.isEmpty() ? "" : "  " + part.first);
        }
        for (Memory memory : memories) {
            System.out.printf(
                    Locale.ROOT,
                    "  after %,13d: %,6.1f MiB live on the heap, %,d MiB resident%n",
                    memory.done,
                    memory.liveOctets / 1048576.0,
                    memory.residentKibibytes >> 10);
        }
        System.out.println("  conservation " + (isConserved ? "held at each tick" : "DID NOT HOLD"));
        return exceptions == 0 && isConserved ? 0 : 1;
    }

    /** Reads datagrams of a capture to their last octet. */
    private static final class Drain implements DatagramSink {
        private long sum;

        @Override
        public void datagram(MemorySegment payload, DeviceAddress source, int from, int to, long captureMicros) {
            sum += payload.byteSize() == 0 ? 0 : payload.get(ValueLayout.JAVA_BYTE, payload.byteSize() - 1);
        }

        @Override
        public void malformed(Fault fault, long offsetOctets) {
            sum += offsetOctets;
        }
    }

    /** Asks every record for every value, so that nothing that could be read stays unread. */
    private static final class EveryEvent implements FlowSink, TemplateLookup {
        /** Addresses and sections of packets are refused as numbers: that is asked of the decoder's own tests. */
        private static final Slot[] SLOTS = Arrays.stream(Slot.values())
                .filter(slot -> !slot.name().contains("_IPV4_") && !slot.name().contains("_IPV6_"))
                .filter(slot -> !slot.name().endsWith("_SECTION"))
                .toArray(Slot[]::new);

        private Template[] templates = new Template[1 << 12];
        private long nodes;
        private long sum;

        @Override
        public Template template(FlowProtocol protocol, long domain, int templateId) {
            Template template = templates[templateId & templates.length - 1];
            return template == null || template.id() != templateId || template.protocol() != protocol ? null : template;
        }

        @Override
        public void template(Template template) {
            templates[template.id() & templates.length - 1] = template;
        }

        @Override
        public void message(MessageHeader header) {
            sum += header.sequence();
        }

        @Override
        public void flow(FlowRecord record) {
            for (Slot slot : SLOTS) {
                if (record.template().has(slot)) {
                    sum += record.value(slot);
                }
            }
            sum += record.sourceNetwork() + record.destinationNetwork() + record.startMillis() + record.endMillis();
        }

        @Override
        public void options(FlowRecord record) {
            flow(record);
        }

        @Override
        public void sample(SflowSample sample) {
            sum += sample.frameOctets() + sample.packet().sourceNetwork();
        }

        @Override
        public void counters(SflowCounters counters) {
            sum += counters.hasInterfaceCounters() ? counters.inOctets() : 0;
        }

        @Override
        public void discarded(SflowSample sample) {
            sample(sample);
        }

        @Override
        public void dataSet(Template template) {
            sum += template.id();
        }

        @Override
        public void awaitingTemplate(long domain, int templateId, MemorySegment set) {
            sum += set.byteSize();
        }

        @Override
        public void withdrawal(long domain, int templateId) {
            templates[templateId & templates.length - 1] = null;
        }

        @Override
        public void malformed(Fault fault, long offsetOctets) {
            sum += offsetOctets;
        }

        @Override
        public void endOfMessage() {
            sum++;
        }
    }
}
