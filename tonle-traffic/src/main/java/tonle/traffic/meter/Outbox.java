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

    /** Octets that were handed over, by what became of them: each is in one of the three at any moment. */
    record Delivered(long underWay, long written, long setAside) {}

    private final String writer;
    private final int rowsMax;
    private final BatchSink sink;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private long nextSequence;
    private long rowsPending;
    private long rawPending;
    private long rawShed;
    private long shedRows;
    // Told by the thread that writes, read with one another by the worker's.
    private final Object deliveries = new Object();
    private long rawUnderWay;
    private long rawWritten;
    private long rawSetAside;

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
        while (!pending.isEmpty()) {
            Pending first = pending.peekFirst();
            // Counted as under way before it is offered, for the answer may come before this thread goes on.
            move(first.rawOctets, 0, 0);
            if (!sink.offer(first.batch, deliveryOf(first.rawOctets))) {
                move(-first.rawOctets, 0, 0);
                return;
            }
            pending.removeFirst();
            rowsPending -= first.rowCount;
            rawPending -= first.rawOctets;
        }
    }

    private Delivery deliveryOf(long rawOctets) {
        return new Delivery() {
            @Override
            public void written() {
                move(-rawOctets, rawOctets, 0);
            }

            @Override
            public void setAside() {
                move(-rawOctets, 0, rawOctets);
            }
        };
    }

    private void move(long underWay, long written, long setAside) {
        synchronized (deliveries) {
            rawUnderWay += underWay;
            rawWritten += written;
            rawSetAside += setAside;
        }
    }

    /** What became of all that was handed over, at one moment. */
    Delivered delivered() {
        synchronized (deliveries) {
            return new Delivered(rawUnderWay, rawWritten, rawSetAside);
        }
    }

    long rawPending() {
        return rawPending;
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
