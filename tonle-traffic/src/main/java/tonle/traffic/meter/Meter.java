// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import tonle.base.DeviceAddress;
import tonle.base.Must;
import tonle.base.power.Clock;
import tonle.traffic.Bins;
import tonle.traffic.exporter.BadDatagram;
import tonle.traffic.exporter.ExporterHealth;
import tonle.traffic.exporter.ExporterMemory;
import tonle.traffic.exporter.HealthReport;
import tonle.traffic.exporter.Source;
import tonle.traffic.exporter.Sources;
import tonle.traffic.exporter.WaitingRooms;
import tonle.traffic.reconcile.Finding;
import tonle.traffic.reconcile.InterfaceBook;
import tonle.traffic.reconcile.Reconciler;
import tonle.traffic.store.ExporterRow;
import tonle.traffic.store.InterfaceRow;
import tonle.traffic.store.VolumeRow;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.OriginTable;
import tonle.traffic.topology.Topology;

/**
 * Meters what one worker receives: datagrams in, rows out to a {@link BatchSink}. One thread calls everything but
 * {@link #use} and {@link #snapshot}, which any thread may call.
 */
public final class Meter {
    private static final long SNAPSHOT_MILLIS = 1_000;
    private static final long REMEMBER_MILLIS = 60_000;
    private static final int BAD_DATAGRAMS_MAX = 1_024;

    private record Known(Topology topology, OriginTable origins) {}

    private final int worker;
    private final MeterSettings settings;
    private final Clock clock;
    private final CellNames names = new CellNames();
    private final RowGate gate = new RowGate(names);
    private final BinBook bins;
    private final InterfaceBook interfaces = new InterfaceBook(names::exporterId);
    private final Reconciler reconciler = new Reconciler(interfaces);
    private final ExporterBook exporterRows = new ExporterBook();
    private final ConservationSums sums = new ConservationSums();
    private final Outbox outbox;
    private final WaitingRooms waiting;
    private final ExporterMemory memory;
    private final Sources sources;
    private final MessageMeter messages;
    private final AtomicReference<Known> newest = new AtomicReference<>();
    private final AtomicBoolean saving = new AtomicBoolean();
    private Optional<Thread> aside = Optional.empty();
    private Known inUse;
    private volatile MeterSnapshot snapshot;

    private long lastFlushMillis;
    private long lastSnapshotMillis;
    private long lastRememberMillis;
    private long rememberedDefinitions;
    private long exporterBinSeconds = -1;
    private boolean stopped;

    public Meter(int worker, MeterSettings settings, Clock clock, BatchSink sink) {
        this.worker = worker;
        this.settings = settings;
        this.clock = clock;
        bins = new BinBook(settings.cellsPerBinMax(), gate);
        outbox = new Outbox(settings.writerOf(worker), settings.firstSequence(), settings.pendingRowsMax(), sink);
        waiting = new WaitingRooms(
                settings.waitingOctetsMax(), settings.waitingOctetsPerSessionMax(), settings.waitingSeconds() * 1_000L);
        memory = ExporterMemory.open(settings.memoryFolder(), worker, clock.unixMillis() / 1_000);
        sources = new Sources(waiting, memory, settings.sourcesMax(), settings.sessionsPerSourceMax());
        RecordMeter records = new RecordMeter(sums, new Booking(bins, interfaces), settings.oldestSeconds() * 1_000L);
        messages = new MessageMeter(sources, waiting, records, interfaces, settings.templatesPerSessionMax());
        snapshot = MeterSnapshot.empty(worker);
        bins.now(clock.unixMillis() / 1_000);
        use(new Topology(0, "", List.of(), List.of(), List.of(), List.of()), NoOrigins.INSTANCE);
        takeNewest();
    }

    /** Takes effect before the next datagram or tick of the worker. */
    public void use(Topology topology, OriginTable origins) {
        newest.set(new Known(topology, origins));
    }

    private void takeNewest() {
        Known known = newest.get();
        if (known == inUse) {
            return;
        }
        inUse = known;
        sources.use(known.topology);
        messages.use(new Attribution(known.topology, known.origins, names));
        int longest = 0;
        for (Exporter exporter : known.topology.exporters()) {
            longest = Math.max(longest, RecordMeter.activeTimeoutSeconds(exporter));
        }
        bins.hold(longest + settings.latenessSeconds());
    }

    /** One UDP datagram: the window is read now and never kept. */
    public void datagram(MemorySegment payload, DeviceAddress source, int sourcePort, long arrivalMillis) {
        takeNewest();
        bins.now(arrivalMillis / 1_000);
        messages.datagram(payload, source, sourcePort, arrivalMillis);
    }

    /**
     * One whole IPFIX message of a connection.
     *
     * @return false where it is damaged and the connection is to be closed (RFC 7011 section 9.1)
     */
    public boolean stream(MemorySegment message, StreamId stream, long arrivalMillis) {
        takeNewest();
        bins.now(arrivalMillis / 1_000);
        return messages.stream(message, stream, arrivalMillis);
    }

    /** The connection is closed: its templates end with it (RFC 7011 section 8). */
    public void streamEnded(StreamId stream) {
        messages.streamEnded(stream);
    }

    /** To be called about once a second: rows leave, bins are sealed, snapshots are renewed. */
    public void tick(long nowMillis) {
        takeNewest();
        bins.now(nowMillis / 1_000);
        waiting.expire(nowMillis);
        sources.tick(nowMillis);
        bins.seal();
        reconciler.judge(bins.sealedBeforeSeconds());
        boolean flush = nowMillis - lastFlushMillis >= settings.flushSeconds() * 1_000L || nowMillis < lastFlushMillis;
        if (flush) {
            lastFlushMillis = nowMillis;
            bins.flush();
        }
        collectRows(nowMillis / 1_000, false);
        outbox.send();
        if (Math.abs(nowMillis - lastSnapshotMillis) >= SNAPSHOT_MILLIS) {
            renewSnapshot(nowMillis);
        }
        if (Math.abs(nowMillis - lastRememberMillis) >= REMEMBER_MILLIS) {
            lastRememberMillis = nowMillis;
            rememberAside();
        }
    }

    private void collectRows(long nowSeconds, boolean atOnce) {
        long raw = gate.rawInRows();
        List<VolumeRow> volumes = gate.takeRows();
        List<InterfaceRow> interfaceRows = interfaces.takeRows(nowSeconds, bins.sealedBeforeSeconds(), atOnce);
        List<ExporterRow> exporters = List.of();
        long bin = Bins.startSeconds(nowSeconds);
        if (exporterBinSeconds < 0) {
            exporterBinSeconds = bin;
        }
        if (bin != exporterBinSeconds || atOnce) {
            exporters = exporterRows.takeRows(exporterBinSeconds, sources.all());
            exporterBinSeconds = bin;
        }
        outbox.add(volumes, interfaceRows, exporters, raw);
    }

    /** Writes out every row that may leave, remembers templates, and counts what the rule of ten flows holds back. */
    public void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        long nowMillis = clock.unixMillis();
        takeNewest();
        bins.closeAll();
        collectRows(nowMillis / 1_000, true);
        outbox.send();
        renewSnapshot(nowMillis);
        awaitAside();
        try {
            memory.save(memory.text(sources.all()));
        } catch (IOException _) {
            // Without the file the next start waits for templates to be sent again: slower, nothing wrong.
        }
        waiting.close();
    }

    /** What is written aside is older than what the stop writes, and must not come after it. */
    private void awaitAside() {
        try {
            if (aside.isPresent()) {
                aside.get().join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Off this thread: a slow disk must not stall metering. */
    private void rememberAside() {
        long definitions = 0;
        for (Source source : sources.all()) {
            definitions += source.definitions();
        }
        if (!memory.isKeptOnDisk() || definitions == rememberedDefinitions || !saving.compareAndSet(false, true)) {
            return;
        }
        rememberedDefinitions = definitions;
        String text = memory.text(sources.all());
        aside = Optional.of(Thread.ofVirtual().name("exporter-memory-" + worker).start(() -> {
            try {
                memory.save(text);
            } catch (IOException _) {
                // A full disk: tried again with the next change, and at the stop.
            } finally {
                saving.set(false);
            }
        }));
    }

    private void renewSnapshot(long nowMillis) {
        lastSnapshotMillis = nowMillis;
        List<Finding> findings = reconciler.findings();
        List<ExporterHealth> health = new ArrayList<>();
        List<BadDatagram> bad = new ArrayList<>();
        for (Source source : sources.all()) {
            source.suspectScalesItself(isScalingSuspected(findings, source));
            health.add(HealthReport.of(source, nowMillis));
            if (bad.size() < BAD_DATAGRAMS_MAX) {
                bad.addAll(source.badDatagrams());
            }
        }
        long held = bins.rawHeld() + gate.rawWaiting() + gate.rawInRows() + outbox.rawPending();
        snapshot = new MeterSnapshot(
                worker,
                nowMillis,
                health,
                bad,
                findings,
                sums.with(outbox.delivered(), held, outbox.rawShed()),
                sums.rejectedRecords(),
                sources.refusedDatagrams(),
                bins.mergedByBound(),
                outbox.shedRows(),
                bins.flowsHeld() + gate.flowsWaiting());
    }

    /** Flows above the counter by the very rate that the device states: it has multiplied before it sent. */
    private static boolean isScalingSuspected(List<Finding> findings, Source source) {
        for (Finding finding : findings) {
            if (finding.exporter().equals(source.id()) && source.statesRateNear(finding.ratio())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Renews the snapshot once the sink has ended too, so that it says what became of the last batches; only after
     * {@link #stop}, from the thread that saw the worker end.
     */
    public void settle() {
        Must.hold(stopped, "a meter is settled after it stopped");
        renewSnapshot(clock.unixMillis());
    }

    /** What was known at the last tick. */
    public MeterSnapshot snapshot() {
        return snapshot;
    }

    /** Whether nothing waits for its template and the room is all zeros; for tests of promise 2. */
    boolean isWaitingRoomEmpty() {
        return waiting.isEmptyAndZeroed();
    }

    /** Before a table is given, nothing is known. */
    private enum NoOrigins implements OriginTable {
        INSTANCE;

        @Override
        public long originAsn(long network) {
            return 0;
        }

        @Override
        public String country(long asn) {
            return "ZZ";
        }

        @Override
        public String name(long asn) {
            return "";
        }

        @Override
        public int prefixCount() {
            return 0;
        }
    }
}
