// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import tonle.traffic.store.ExporterRow;
import tonle.traffic.store.InterfaceRow;
import tonle.traffic.store.VolumeBatch;
import tonle.traffic.store.VolumeRow;

/**
 * Batches on their way to the store, in order, unchanged until they are taken. Within a bound; beyond it the oldest is
 * shed, so that a full disk costs traffic figures and nothing else, and what it held is counted as refused.
 */
final class Outbox {
    private record Pending(VolumeBatch batch, long rawOctets, int rowCount) {}

    private final String writer;
    private final int rowsMax;
    private final BatchSink sink;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private long nextSequence;
    private long rowsPending;
    private long rawPending;
    private long rawBooked;
    private long rawShed;
    private long shedRows;

    Outbox(String writer, long firstSequence, int rowsMax, BatchSink sink) {
        this.writer = writer;
        this.nextSequence = firstSequence;
        this.rowsMax = rowsMax;
        this.sink = sink;
    }

    /** @param rawOctets unscaled octets in the volumes, each record's counted once */
    void add(List<VolumeRow> volumes, List<InterfaceRow> interfaces, List<ExporterRow> exporters, long rawOctets) {
        int rows = volumes.size() + interfaces.size() + exporters.size();
        if (rows == 0) {
            return;
        }
        VolumeBatch batch = new VolumeBatch(
                writer, nextSequence++, List.copyOf(volumes), List.copyOf(interfaces), List.copyOf(exporters));
        pending.addLast(new Pending(batch, rawOctets, rows));
        rowsPending += rows;
        rawPending += rawOctets;
        while (rowsPending > rowsMax && pending.size() > 1) {
            shedOldest();
        }
    }

    private void shedOldest() {
        Pending oldest = pending.removeFirst();
        rowsPending -= oldest.rowCount;
        rawPending -= oldest.rawOctets;
        rawShed += oldest.rawOctets;
        shedRows += oldest.rowCount;
    }

    /** Offers what waits, oldest first, until the sink takes no more. */
    void send() {
        while (!pending.isEmpty() && sink.offer(pending.peekFirst().batch)) {
            Pending taken = pending.removeFirst();
            rowsPending -= taken.rowCount;
            rawPending -= taken.rawOctets;
            rawBooked += taken.rawOctets;
        }
    }

    long rawPending() {
        return rawPending;
    }

    long rawBooked() {
        return rawBooked;
    }

    long rawShed() {
        return rawShed;
    }

    long shedRows() {
        return shedRows;
    }

    int batchesPending() {
        return pending.size();
    }
}
