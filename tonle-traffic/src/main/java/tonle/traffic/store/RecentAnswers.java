// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import tonle.base.power.Clock;
import tonle.traffic.Direction;
import tonle.traffic.topology.OriginTable;
import tonle.traffic.topology.Topology;

/**
 * A store that gives again what it answered a moment ago, and asks once where many ask the same at once. For pages,
 * which are asked for by many people and rest on bins of five minutes. An answer older than {@link #KEPT_NANOS} is
 * asked for anew in the background while it is given once more, and none is given that is older than
 * {@link #STALE_NANOS}. Who may ask what is decided before; here equal questions have equal answers. Thread-safe.
 */
public final class RecentAnswers implements TrafficStore {
    /** Questions whose answers are kept, a month of a link being some 140 kB; the one asked longest ago goes. */
    static final int KEPT_MAX = 160;

    static final long KEPT_NANOS = 5_000_000_000L;

    static final long STALE_NANOS = 15_000_000_000L;

    /** Whether it can be written is told sooner, and never stale. */
    static final long HEALTH_KEPT_NANOS = 1_000_000_000L;

    private final TrafficStore store;
    private final Clock clock;
    private final Map<Question, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    public RecentAnswers(TrafficStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** @param what the method; the rest is what it was given */
    private record Question(String what, List<Object> given) {}

    /** @param isRenewed whether somebody asks it anew already */
    private record Kept(long askedNanos, FutureTask<Object> answer, boolean isRenewed) {
        boolean isGood() {
            return answer.state() == Future.State.SUCCESS;
        }
    }

    private interface Asking {
        Object ask() throws IOException;
    }

    @SuppressWarnings("unchecked") // A question names its method, so its answer is of that method's type.
    private <T> T recent(Question question, long keptNanos, long staleNanos, Asking asking) throws IOException {
        FutureTask<Object> answer;
        boolean isNew = false;
        synchronized (kept) {
            long now = clock.monotonicNanos();
            Kept found = kept.get(question);
            long age = found == null ? Long.MAX_VALUE : now - found.askedNanos();
            if (age > keptNanos && age <= staleNanos && found.isGood()) {
                if (!found.isRenewed()) {
                    kept.put(question, new Kept(found.askedNanos(), found.answer(), true));
                    renew(question, asking);
                }
            } else if (age > keptNanos) {
                found = new Kept(now, new FutureTask<>(asking::ask), false);
                kept.put(question, found);
                isNew = true;
                if (kept.size() > KEPT_MAX) {
                    kept.remove(kept.keySet().iterator().next());
                }
            }
            answer = found.answer();
        }
        if (isNew) {
            answer.run();
        }
        try {
            return (T) answer.get();
        } catch (ExecutionException e) {
            forget(question, answer);
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException defect -> throw defect;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the store was asked", e);
        }
    }

    /** Asks in the background; a failure makes the next one who asks meet it. */
    private void renew(Question question, Asking asking) {
        Thread.ofPlatform().daemon().name("tonle-answers").start(() -> {
            FutureTask<Object> answer = new FutureTask<>(asking::ask);
            long asked = clock.monotonicNanos();
            answer.run();
            synchronized (kept) {
                Kept next = new Kept(asked, answer, false);
                if (next.isGood()) {
                    kept.put(question, next);
                } else {
                    kept.remove(question);
                }
            }
        });
    }

    /** A failure is told to who asked, and the next one asks again. */
    private void forget(Question question, FutureTask<Object> answer) {
        synchronized (kept) {
            Kept found = kept.get(question);
            if (found != null && found.answer() == answer) {
                kept.remove(question);
            }
        }
    }

    @Override
    public TrafficAnswer answer(TrafficQuery query) throws IOException {
        return recent(new Question("answer", List.of(query)), KEPT_NANOS, STALE_NANOS, () -> store.answer(query));
    }

    @Override
    public LinkMonth month(String link, Direction direction, long fromSeconds, long toSeconds) throws IOException {
        return recent(
                new Question("month", List.of(link, direction, fromSeconds, toSeconds)),
                KEPT_NANOS,
                STALE_NANOS,
                () -> store.month(link, direction, fromSeconds, toSeconds));
    }

    @Override
    public List<LinkMonth> months(long fromSeconds, long toSeconds) throws IOException {
        return recent(
                new Question("months", List.of(fromSeconds, toSeconds)),
                KEPT_NANOS,
                STALE_NANOS,
                () -> store.months(fromSeconds, toSeconds));
    }

    @Override
    public List<LinkRate> rates(long nowSeconds) throws IOException {
        return recent(
                new Question("rates", List.of(nowSeconds)), KEPT_NANOS, STALE_NANOS, () -> store.rates(nowSeconds));
    }

    @Override
    public StoreHealth health() {
        try {
            return recent(new Question("health", List.of()), HEALTH_KEPT_NANOS, HEALTH_KEPT_NANOS, store::health);
        } catch (IOException e) {
            throw new IllegalStateException("health is told without asking the disk", e);
        }
    }

    @Override
    public List<InterfaceRow> interfaces(String link, long fromSeconds, long toSeconds) throws IOException {
        return recent(
                new Question("interfaces", List.of(link, fromSeconds, toSeconds)),
                KEPT_NANOS,
                STALE_NANOS,
                () -> store.interfaces(link, fromSeconds, toSeconds));
    }

    @Override
    public List<ExporterRow> exporters(String exporter, long fromSeconds, long toSeconds) throws IOException {
        return store.exporters(exporter, fromSeconds, toSeconds);
    }

    @Override
    public boolean write(VolumeBatch batch) throws IOException {
        return store.write(batch);
    }

    @Override
    public long nextSequence(String writer) throws IOException {
        return store.nextSequence(writer);
    }

    @Override
    public void use(Topology topology, OriginTable origins) {
        store.use(topology, origins);
    }

    @Override
    public void maintain(long nowSeconds, Retention retention) throws IOException {
        store.maintain(nowSeconds, retention);
    }

    @Override
    public void exportParquet(Path directory, long fromSeconds, long toSeconds) throws IOException {
        store.exportParquet(directory, fromSeconds, toSeconds);
    }

    @Override
    public void copy(Path directory) throws IOException {
        store.copy(directory);
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
