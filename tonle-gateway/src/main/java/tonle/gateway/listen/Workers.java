// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** All workers together, as receivers see them: an address has one of them, and what finds its ring full is counted. */
public final class Workers {
    private final List<Worker> workers;
    private final Drops drops = new Drops();

    public Workers(List<Worker> workers) {
        this.workers = List.copyOf(workers);
    }

    public List<Worker> all() {
        return workers;
    }

    public Drops drops() {
        return drops;
    }

    /** What went wrong in a worker by our own fault, or empty. */
    public String trouble() {
        return workers.stream()
                .map(Worker::trouble)
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("");
    }

    Worker of(long addressHigh, long addressLow) {
        return workers.get(Worker.shard(addressHigh, addressLow, workers.size()));
    }

    /** One datagram; {@code false} where its worker's ring had no room and it was counted as dropped. */
    boolean datagram(
            MemorySegment from,
            long offset,
            int sizeOctets,
            int ipVersion,
            long high,
            long low,
            int port,
            long millis) {
        boolean taken = of(high, low)
                .ring()
                .put(OctetRing.Kind.DATAGRAM, from, offset, sizeOctets, ipVersion, high, low, port, millis, 0);
        if (!taken) {
            drops.count(ipVersion, high, low);
        }
        return taken;
    }

    void nudge() {
        for (Worker worker : workers) {
            worker.nudge();
        }
    }

    /** Datagrams that wait in all rings. */
    public int queueLength() {
        return workers.stream().mapToInt(worker -> worker.ring().length()).sum();
    }

    /** Datagrams of usual size that all rings have room for. */
    public int queueCapacity() {
        return workers.stream()
                .mapToInt(worker -> worker.ring().capacity(1_500))
                .sum();
    }
}
