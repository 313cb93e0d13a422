// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.SystemClock;
import tonle.traffic.meter.Delivery;
import tonle.traffic.store.BatchRefused;
import tonle.traffic.store.Retention;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.store.VolumeBatch;

class StoreWriterTest {
    private static final Retention SHORTER = new Retention(1, 2, 3);

    @TempDir
    Path data;

    private volatile long poisoned = -1;
    private volatile int attempts;
    private volatile Exception poison = new BatchRefused("Constraint Error: duplicate\tkey", null);
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
                VolumeBatch batch = (VolumeBatch) arguments[0];
                if (batch.sequence() == poisoned) {
                    attempts++;
                    throw poison;
                }
                written.add(batch.sequence());
                return true;
            });

    @Test
    void batchesThatTheStoreRefusesAreTriedAgainInTheirOrder() {
        try (StoreWriter writer = new StoreWriter(store, Retention.DEFAULT, clock, data)) {
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
        try (StoreWriter writer = new StoreWriter(store, Retention.DEFAULT, clock, data)) {
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
        StoreWriter writer = new StoreWriter(store, Retention.DEFAULT, clock, data);
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

    /** Counts what it is told. */
    private static final class Told implements Delivery {
        private final AtomicInteger written = new AtomicInteger();
        private final AtomicInteger setAside = new AtomicInteger();

        @Override
        public void written() {
            written.incrementAndGet();
        }

        @Override
        public void setAside() {
            setAside.incrementAndGet();
        }
    }

    @Test
    void aBatchThatTheStoreAlwaysRefusesIsSetAsideAndTheOthersAreWritten() throws IOException {
        Told told = new Told();
        try (StoreWriter writer = new StoreWriter(store, Retention.DEFAULT, clock, data)) {
            poisoned = 2;
            writer.start();
            for (long sequence = 1; sequence <= 4; sequence++) {
                assertThat(writer.offer(batch(sequence), told)).isTrue();
            }
            await(() -> written.size() == 3);
            assertThat(written).containsExactly(1L, 3L, 4L);
            await(() -> told.written.get() == 3);
            assertThat(told.setAside).hasValue(1);
            assertThat(attempts).isEqualTo(StoreWriter.REFUSALS_MAX);
            assertThat(writer.batchesSetAside()).isEqualTo(1);
            assertThat(writer.setAside()).startsWith("1 batch was set aside").contains("duplicate key");
            assertThat(writer.trouble()).isEmpty();
        }
        assertThat(Files.readAllLines(data.resolve(SetAside.FILE)))
                .hasSize(2)
                .startsWith(SetAside.HEADING)
                .last()
                .asString()
                .contains("\ttest-0\t2\t0\t0\t0\t0\tConstraint Error: duplicate key");
    }

    @Test
    void aDefectWhileABatchIsWrittenIsNoOutageEither() {
        try (StoreWriter writer = new StoreWriter(store, Retention.DEFAULT, clock, data)) {
            poison = new IllegalStateException("a code that does not exist");
            poisoned = 1;
            writer.start();
            assertThat(writer.offer(batch(1))).isTrue();
            assertThat(writer.offer(batch(2))).isTrue();
            await(() -> written.size() == 1);
            assertThat(writer.setAside()).contains("IllegalStateException: a code that does not exist");
        }
    }

    @Test
    void anOutageSetsNothingAsideHoweverLongItLasts() {
        Told told = new Told();
        try (StoreWriter writer = new StoreWriter(store, Retention.DEFAULT, clock, data)) {
            poison = new IOException("no room left on the disk");
            poisoned = 1;
            writer.start();
            assertThat(writer.offer(batch(1), told)).isTrue();
            await(() -> attempts > StoreWriter.REFUSALS_MAX);
            assertThat(writer.batchesSetAside()).isZero();
            assertThat(writer.trouble()).contains("no room left on the disk");
            poisoned = -1;
            await(() -> told.written.get() == 1);
            assertThat(told.setAside).hasValue(0);
        }
        assertThat(data.resolve(SetAside.FILE)).doesNotExist();
    }

    @Test
    void theRecordOfWhatWasSetAsideKeepsTheNewestLines() throws IOException {
        SetAside record = new SetAside(data);
        List<String> before = new ArrayList<>(List.of(SetAside.HEADING));
        for (int i = 0; i < SetAside.LINES_MAX; i++) {
            before.add("line " + i);
        }
        Files.write(data.resolve(SetAside.FILE), before);
        record.add(batch(7), "x".repeat(1_000) + "\nsecond line", 1_700_000_000);
        List<String> lines = Files.readAllLines(data.resolve(SetAside.FILE));
        assertThat(lines).hasSize(1 + SetAside.LINES_MAX).startsWith(SetAside.HEADING, "line 1");
        assertThat(lines.getLast()).isEqualTo("1700000000\ttest-0\t7\t0\t0\t0\t0\t" + "x".repeat(300));
    }

    @Test
    void everyColumnOfTheRecordHasItsEntryInTheDataDictionary() throws IOException {
        List<String> listed = Files.readAllLines(Path.of("..", "docs", "data-dictionary.tsv")).stream()
                .map(line -> line.split("\t"))
                .filter(cells -> cells[0].equals("set-aside"))
                .map(cells -> cells[1])
                .toList();
        assertThat(listed).containsExactly(SetAside.HEADING.split("\t"));
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
