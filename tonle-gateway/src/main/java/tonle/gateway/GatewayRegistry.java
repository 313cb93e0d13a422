// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tonle.base.power.Clock;
import tonle.database.Database;
import tonle.database.DatabaseOutage;
import tonle.gateway.config.GatewayConfig;
import tonle.gateway.demo.DemoBook;
import tonle.gateway.demo.DemoPeople;
import tonle.gateway.demo.DemoRules;
import tonle.gateway.enrol.TakingIn;
import tonle.gateway.registry.BookKeeper;
import tonle.gateway.registry.MeteringChecks;
import tonle.gateway.registry.RegistryTending;
import tonle.gateway.registry.TopologyCopy;
import tonle.portal.Enrolment;
import tonle.registry.Registry;
import tonle.registry.RegistryAway;
import tonle.registry.people.People;
import tonle.registry.rights.Actor;
import tonle.registry.rule.RuleTexts;
import tonle.registry.rule.RuleWitness;
import tonle.registry.rule.Rules;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.Topology;

/**
 * The registry of a running gateway: there as soon as its database is, also where that comes after the start. It says
 * which topology meters, and does what is done once in a run, such as printing the first administrator's link.
 */
final class GatewayRegistry {
    private static final long LOOK_MILLIS = 2_000;
    /** Of what the file says otherwise, so much stands in one line. */
    private static final int DIFFERENCES_SHOWN = 5;

    private final GatewayDatabase database;
    private final Clock clock;
    private final Supplier<GatewayConfig> settings;
    private final Supplier<Topology> topology;
    private final TrafficStore store;
    private final TopologyCopy copy;
    private final RegistryTending tending;
    private final Consumer<String> say;
    private volatile Optional<Registry> registry = Optional.empty();
    private volatile Optional<BookKeeper> keeper = Optional.empty();
    private volatile Optional<BookKeeper.State> seen = Optional.empty();
    private volatile boolean isBookRuling;
    private volatile String trouble = "";
    private long lookedMillis = Long.MIN_VALUE;
    private final RuleWitness witness;
    private final boolean isDemo;
    private boolean isPrepared;
    private boolean isWelcomed;

    /**
     * @param topology that meters now
     * @param folder of the data directory, for the copy that serves while there is no database
     * @param witness of rules that would loosen a promise
     * @param isDemo whether the book is filled and people are invited for the demonstration
     */
    GatewayRegistry(
            GatewayDatabase database,
            Clock clock,
            Supplier<GatewayConfig> settings,
            Supplier<Topology> topology,
            TrafficStore store,
            Path folder,
            Consumer<String> say,
            RuleWitness witness,
            boolean isDemo) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
        this.topology = topology;
        this.store = store;
        this.copy = new TopologyCopy(folder);
        this.tending = new RegistryTending(store, topology, clock, say);
        this.say = say;
        this.witness = witness;
        this.isDemo = isDemo;
    }

    /** Empty while there is no database. */
    Optional<Registry> registry() {
        if (registry.isEmpty()) {
            make();
        }
        return registry;
    }

    /**
     * For pages: empty where this gateway has no database at all, so that nobody signs in. One that is awaited knows
     * who may read what, so nothing is open until it is there.
     *
     * @throws RegistryAway while the database could not be opened yet
     */
    Optional<Registry> registryOrAway() {
        Optional<Registry> found = registry();
        if (found.isEmpty() && database.isAwaited()) {
            String words = database.words();
            throw new RegistryAway(words.isEmpty() ? "the database is starting" : words);
        }
        return found;
    }

    private synchronized void make() {
        if (registry.isEmpty()) {
            keeper = database.database()
                    .map(open -> new BookKeeper(
                            open.server(),
                            clock,
                            settings.get().portal().zone(),
                            () -> settings.get().policies().nestedPrefixes()));
            registry = database.database().map(this::over);
        }
    }

    private Registry over(Database open) {
        return Registry.of(
                open.web(),
                open.server(),
                clock,
                settings.get().portal().zone(),
                () -> settings.get().policies().nestedPrefixes(),
                operator -> topology.get().members().stream()
                        .anyMatch(member -> member.id().equals(operator)),
                List.of(new MeteringChecks(store, clock)),
                witness,
                isDemo);
    }

    /** Whether the book says who is connected, and not the configuration file. */
    boolean isBookRuling() {
        return isBookRuling;
    }

    /** Why book and file are not one, in words, or empty. */
    String trouble() {
        return trouble;
    }

    /**
     * The topology that shall meter: the file's, which the book follows, or the book's.
     *
     * @param file what the configuration file says
     * @param version of the topology that is answered
     */
    synchronized Topology rule(Topology file, long version) {
        registry();
        try {
            if (!isPrepared && keeper.isPresent()) {
                Registry book = registry().orElseThrow();
                Rules.begin(database.database().orElseThrow().server(), book.today(), RuleTexts::shipped);
                if (isDemo) {
                    DemoBook.fill(keeper.get());
                    DemoRules.fill(book.rules(), book.today());
                }
                isPrepared = true;
            }
            Topology ruling = keeper.isEmpty() ? withoutBook(file, version) : ruled(keeper.get(), file, version);
            seen = keeper.map(BookKeeper::state);
            return ruling;
        } catch (DatabaseOutage _) {
            // Said by whoever looks after the database; the next look tries again.
            seen = Optional.empty();
            return isBookRuling ? topology.get() : withoutBook(file, version);
        }
    }

    private Topology withoutBook(Topology file, long version) {
        Optional<Topology> kept = copy.read(version);
        isBookRuling = kept.isPresent();
        trouble = isBookRuling ? "the registry cannot be read; what it said last is in force, from " + copy.file() : "";
        return kept.orElse(file);
    }

    private Topology ruled(BookKeeper book, Topology file, long version) {
        return switch (book.rule(file, version)) {
            case BookKeeper.Ruling.File(String words, String why) -> {
                isBookRuling = false;
                trouble = why;
                keep(Optional.empty());
                if (!words.isEmpty()) {
                    say.accept("registry   " + words);
                }
                yield file;
            }
            case BookKeeper.Ruling.Book(Topology said, List<String> differences) -> {
                isBookRuling = true;
                trouble = differences.isEmpty() ? "" : told(differences);
                keep(Optional.of(said));
                yield said;
            }
        };
    }

    private static String told(List<String> differences) {
        String first = String.join("; ", differences.subList(0, Math.min(DIFFERENCES_SHOWN, differences.size())));
        int more = differences.size() - DIFFERENCES_SHOWN;
        return "the registry rules who is connected, and the configuration file says otherwise: " + first
                + (more > 0 ? "; and " + more + " more" : "")
                + ". 'tonle registry export yaml' writes what the registry says";
    }

    private void keep(Optional<Topology> said) {
        try {
            copy.keep(said);
        } catch (IOException e) {
            trouble = "the copy of what the registry says cannot be written: " + e.getMessage();
        }
    }

    /** What the owner of the data directory may do with it; empty while there is no database. */
    Optional<RegistryOrders> orders(String version, String gatewayName) {
        return registry()
                .flatMap(each -> keeper.map(book -> new RegistryOrders(each, book, topology, version, gatewayName)));
    }

    /** Takes an exporter into the book; empty where the configuration file rules. */
    Optional<TakingIn> takingIn() {
        return isBookRuling && keeper.isPresent() ? Optional.of(this::take) : Optional.empty();
    }

    private Enrolment.Outcome take(Exporter exporter, Actor actor) {
        try {
            return keeper.orElseThrow()
                    .take(exporter, actor, registry().orElseThrow())
                    .<Enrolment.Outcome>map(
                            words -> new Enrolment.Outcome.Refused(Enrolment.Reason.REGISTRY_REFUSES, words))
                    .orElseGet(() -> new Enrolment.Outcome.Accepted(exporter.id()));
        } catch (DatabaseOutage outage) {
            return new Enrolment.Outcome.Refused(Enrolment.Reason.REGISTRY_REFUSES, outage.words());
        }
    }

    /**
     * Does what is due; asked from time to time by the gateway's housekeeping.
     *
     * @param port of the pages, for the link that is printed
     * @return whether book or day have changed, so that {@link #rule} is to be asked again
     */
    synchronized boolean look(int port) {
        long now = clock.unixMillis();
        if (lookedMillis != Long.MIN_VALUE && Math.abs(now - lookedMillis) < LOOK_MILLIS) {
            return false;
        }
        lookedMillis = now;
        try {
            if (!isWelcomed && registry().isPresent()) {
                welcome(registry().get().people(), "http://localhost:" + port + "/link/");
                isWelcomed = true;
            }
            if (registry().isPresent() && database.database().isPresent()) {
                tending.look(registry().get(), database.database().get().server());
            }
            return keeper.isPresent() && !keeper.map(BookKeeper::state).equals(seen);
        } catch (DatabaseOutage _) {
            // Said by whoever looks after the database; the next look tries again.
            return false;
        }
    }

    /** Waits for what is under way, so that the database is not closed under it. */
    void close() {
        tending.close();
    }

    private void welcome(People people, String address) {
        if (isDemo) {
            say.accept("sign in    as whom you like; each link opens once, within a day:");
            DemoPeople.links(people)
                    .forEach(link -> say.accept(String.format("  %-26s %s%s", link.role(), address, link.secret())));
            return;
        }
        people.firstLink("First administrator")
                .ifPresent(link -> say.accept("sign in    " + address + link.text()
                        + " makes you the first administrator, once, within a day"));
    }
}
