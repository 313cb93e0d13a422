// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tonle.base.power.SystemClock;
import tonle.traffic.store.Retention;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.store.VolumeBatch;

class StoreWriterTest {
    private static final Retention SHORTER = new Retention(1, 2, 3);

    private final SystemClock clock = new SystemClock();
    private final List<Long> written = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isFull = new AtomicBoolean();
    private final List<Retention> policies = new CopyOnWriteArrayList<>();
    /** Takes batches, or says like a full disk that it cannot; all else it lets pass. */
    private final TrafficStore store = (TrafficStore) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {TrafficStore.class}, (_, method, arguments) -> {
                if (method.getName().equals("maintain")) {
                    policies.add((Retention) arguments[1]);
                    if (arguments[1].equals(SHORTER)) {
                        isFull.set(false); // Forgetting old rows is what gives a full disk room again.
                    }
                }
                if (!method.getName().equals("write")) {
                    return null;
                }
                if (isFull.get()) {
                    throw new IOException("no space left on device");
                }
                written.add(((VolumeBatch) arguments[0]).sequence());
                return true;
            });

    @Test
    void batchesThatTheStoreRefusesAreTriedAgainInTheirOrder() {
        try (StoreWriter writer = new StoreWriter(store, Retention.DEFAULT, clock)) {
            isFull.set(true);
            writer.start();
            for (long sequence = 1; sequence <= 3; sequence++) {
                assertThat(writer.offer(batch(sequence))).isTrue();
            }
            await(() -> writer.trouble().contains("no space left on device"));
            assertThat(writer.waiting()).isEqualTo(3);
            isFull.set(false);
            await(() -> written.size() == 3);
            assertThat(written).containsExactly(1L, 2L, 3L);
            await(() -> writer.trouble().isEmpty());
        }
    }

    @Test
    void aShorterRetentionMakesRoomOnAFullDisk() {
        try (StoreWriter writer = new StoreWriter(store, Retention.DEFAULT, clock)) {
            writer.start();
            await(() -> policies.contains(Retention.DEFAULT));
            isFull.set(true);
            assertThat(writer.offer(batch(1))).isTrue();
            await(() -> writer.trouble().contains("no space left on device"));
            assertThat(written).isEmpty();
            writer.use(SHORTER);
            await(() -> written.size() == 1);
            assertThat(policies).containsExactly(Retention.DEFAULT, SHORTER);
        }
    }

    @Test
    void theQueueIsBoundedAndAStopWritesWhatWaits() {
        StoreWriter writer = new StoreWriter(store, Retention.DEFAULT, clock);
        long sequence = 0;
        while (writer.offer(batch(sequence + 1))) {
            sequence++;
        }
        assertThat(sequence).isEqualTo(StoreWriter.BATCHES_MAX);
        writer.start();
        writer.close();
        assertThat(written).hasSize(StoreWriter.BATCHES_MAX).isSorted();
        assertThat(writer.waiting()).isZero();
    }

    private void await(java.util.function.BooleanSupplier condition) {
        long end = clock.monotonicNanos() + 10_000_000_000L;
        while (!condition.getAsBoolean() && clock.monotonicNanos() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static VolumeBatch batch(long sequence) {
        return new VolumeBatch("test-0", sequence, List.of(), List.of(), List.of());
    }
}
