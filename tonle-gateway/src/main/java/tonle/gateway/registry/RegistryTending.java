// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.registry;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tonle.base.power.Clock;
import tonle.database.DatabaseOutage;
import tonle.database.Work;
import tonle.registry.Registry;
import tonle.registry.ladder.LadderBook;
import tonle.registry.ladder.LadderRules;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.topology.Topology;

/**
 * What the registry needs from time to time and what takes longer than a look, on a thread of its own: sessions that
 * are over go, the day's loads are brought to the ladder. One round at a time; for one thread that asks.
 */
public final class RegistryTending {
    /** Sessions that are over are refused at once; their rows, and the day's loads, can wait so long. */
    private static final long PAUSE_MILLIS = 60_000;

    private final TrafficStore store;
    private final Supplier<Topology> topology;
    private final Clock clock;
    private final Consumer<String> say;
    private Optional<LadderFeed> feed = Optional.empty();
    private Optional<Thread> round = Optional.empty();
    private Optional<Long> begunMillis = Optional.empty();

    /** @param say what the owner is told of a round that failed */
    public RegistryTending(TrafficStore store, Supplier<Topology> topology, Clock clock, Consumer<String> say) {
        this.store = store;
        this.topology = topology;
        this.clock = clock;
        this.say = say;
    }

    /**
     * Begins a round where one is due and none is under way.
     *
     * @param server units under the gateway's own credentials
     */
    public void look(Registry registry, Work server) {
        long now = clock.unixMillis();
        boolean isDue =
                begunMillis.map(begun -> Math.abs(now - begun) >= PAUSE_MILLIS).orElse(true);
        if (!isDue || round.filter(Thread::isAlive).isPresent()) {
            return;
        }
        begunMillis = Optional.of(now);
        LadderFeed ladder = feed.orElseGet(() -> new LadderFeed(
                new LadderBook(server, registry.trail(), LadderRules.usual()),
                store,
                topology,
                registry.zone(),
                clock));
        feed = Optional.of(ladder);
        round = Optional.of(Thread.ofPlatform().daemon().name("tonle-registry").start(() -> tend(registry, ladder)));
    }

    private void tend(Registry registry, LadderFeed ladder) {
        try {
            registry.people().sweep();
            ladder.feed();
        } catch (DatabaseOutage _) {
            // Said by whoever looks after the database; it is tried again.
        } catch (IOException e) {
            say.accept("warning: the ladder of load was not fed: " + e.getMessage());
        }
    }

    /** Waits for what is under way, so that the database is not closed under it. */
    public void close() {
        try {
            if (round.isPresent()) {
                round.get().join(PAUSE_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
