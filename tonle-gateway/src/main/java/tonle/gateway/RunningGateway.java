// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tonle.database.Database;
import tonle.database.DatabaseHealth;
import tonle.gateway.backup.Backup;
import tonle.gateway.certificate.Certificates;
import tonle.gateway.config.Configuration;
import tonle.gateway.config.ConfigurationWatch;
import tonle.gateway.control.ControlClient;
import tonle.gateway.control.ControlServer;
import tonle.gateway.enrol.ExporterEnrolment;
import tonle.gateway.listen.Worker;
import tonle.gateway.listen.Workers;
import tonle.gateway.log.GatewayLog;
import tonle.portal.GatewayStatus;
import tonle.portal.PortBusyException;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.RunningPortal;
import tonle.portal.proof.LogHealth;
import tonle.portal.view.Documents;
import tonle.portal.view.Visitor;
import tonle.traffic.exporter.Conservation;
import tonle.traffic.exporter.MeterView;
import tonle.traffic.meter.Meter;
import tonle.traffic.meter.MeterGroup;
import tonle.traffic.store.RecentAnswers;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.topology.Topology;

/** A gateway that runs, until it is closed: what pages, commands and the demonstration ask of it. */
public final class RunningGateway implements AutoCloseable {
    private static final long HOUSEKEEPING_MILLIS = 500;
    private static final long WATCH_MILLIS = 2_000;

    private final GatewayOptions options;
    private final DataDirectory data;
    private final GatewayDatabase database;
    private final GatewayRegistry registry;
    private final GatewayLog log;
    private final TrafficStore store;
    private final StoreWriter writer;
    private final Workers workers;
    private final MeterGroup view;
    private final List<Meter> meters;
    private final Listeners listeners;
    private final Fingerprints fingerprints;
    private final Certificates certificates;
    private final long startedMillis;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final Thread housekeeping =
            Thread.ofPlatform().name("tonle-housekeeping").unstarted(this::keepHouse);
    private final ConfigurationWatch watch;
    private volatile Setting setting;
    private volatile Topology fileTopology;
    private volatile long reloadedMillis;
    private volatile String reloadTrouble = "";
    private boolean isClosed;
    private RunningPortal portal;
    private ControlServer control;

    RunningGateway(
            GatewayOptions options,
            DataDirectory data,
            GatewayDatabase database,
            TrafficStore store,
            StoreWriter writer,
            Workers workers,
            MeterGroup view,
            List<Meter> meters,
            Listeners listeners,
            Fingerprints fingerprints,
            Certificates certificates,
            Setting setting) {
        this.options = options;
        this.data = data;
        this.database = database;
        this.store = store;
        this.writer = writer;
        this.workers = workers;
        this.view = view;
        this.meters = List.copyOf(meters);
        this.listeners = listeners;
        this.fingerprints = fingerprints;
        this.certificates = certificates;
        this.setting = setting;
        this.fileTopology = setting.configuration().topology();
        this.log = new GatewayLog(
                data.path(),
                fileTopology.gatewayName(),
                options.version(),
                options.clock(),
                this::say,
                () -> database.database().map(Database::server),
                () -> configuration().files(),
                () -> configuration().gateway().portal().zone());
        this.registry = new GatewayRegistry(
                database,
                options.clock(),
                () -> configuration().gateway(),
                this::topology,
                store,
                data.path(),
                this::say,
                log,
                options.demo());
        this.watch = new ConfigurationWatch(options.configurationFile());
        this.startedMillis = options.clock().unixMillis();
        this.reloadedMillis = startedMillis;
    }

    /** Pages and control socket: what lets people in comes last. */
    void openDoors(Parts parts, PortalSettings settings) throws IOException {
        ExporterEnrolment enrolment = enrolment();
        PortalServices services = new PortalServices(
                new RecentAnswers(store, options.clock()),
                view,
                this::topology,
                () -> setting.origins(),
                options.clock(),
                enrolment,
                this::status,
                options.demo() ? registry::registry : registry::registryOrAway,
                Optional.of(log));
        try {
            portal = parts.portal(settings, services);
        } catch (PortBusyException e) {
            if (!options.demo() || options.portalPort().isPresent()) {
                throw Gateway.named(e);
            }
            say("  note: port " + e.port() + " is busy; the demo's pages take a free one");
            portal = parts.portal(settings.onFreePort(), services);
        }
        try {
            Orders orders = new Orders(this, enrolment, new Documents(settings, services, Visitor.OWNER));
            control = ControlServer.start(data.resolve(ControlClient.SOCKET), orders, options.clock());
        } catch (IOException | RuntimeException e) {
            portal.close();
            throw e;
        }
        housekeeping.start();
        log.start();
        say("pages      http://127.0.0.1:" + portal.port() + "/");
        say("commands   " + control.socket());
        registry.look(portal.port());
    }

    /** Puts in force what book and file say together: at the start, and whenever either has changed. */
    synchronized void rule() {
        if (!isClosed) {
            use(setting.with(registry.rule(fileTopology, topology().version() + 1)));
        }
    }

    private ExporterEnrolment enrolment() {
        return new ExporterEnrolment(
                options.configurationFile(),
                this::topology,
                view,
                () -> listeners.udp().stream()
                        .map(listener -> listener.socket().address().text() + ":" + listener.port())
                        .toList(),
                this::reload,
                registry::takingIn);
    }

    public Configuration configuration() {
        return setting.configuration();
    }

    public Topology topology() {
        return setting.configuration().topology();
    }

    /** What the owner of the data directory may do with the registry; empty while there is no database. */
    Optional<RegistryOrders> registryOrders() {
        return registry.orders(options.version(), fileTopology.gatewayName());
    }

    /** Empty while it could not be opened, which {@link #databaseHealth} explains. */
    public Optional<Database> database() {
        return database.database();
    }

    /** How the database is; empty where this gateway has none. */
    public Optional<DatabaseHealth> databaseHealth() {
        return database.health();
    }

    public TrafficStore store() {
        return store;
    }

    public MeterView meter() {
        return view;
    }

    public int portalPort() {
        return portal.port();
    }

    /** The UDP ports that are really bound, in the order of the configuration. */
    public List<Integer> udpPorts() {
        return listeners.udp().stream().map(listener -> listener.port()).toList();
    }

    /** The ports of IPFIX over TCP and TLS that are really bound. */
    public List<Integer> streamPorts() {
        return listeners.streams().stream().map(listener -> listener.port()).toList();
    }

    public GatewayStatus status() {
        return new GatewayStatus(
                options.version(),
                options.demo(),
                options.configurationFile().toString(),
                startedMillis,
                reloadedMillis,
                reloadTrouble,
                troubles(),
                listeners.status());
    }

    /** How the public log is. */
    public LogHealth logHealth() {
        return log.health();
    }

    /** Puts a policy of witnesses in force; answers in words what holds now. */
    public String useWitnesses(Path policy) throws IOException {
        return log.use(Files.readAllBytes(policy));
    }

    /** What of the gateway as a whole is not as it should be, each said once. */
    private List<String> troubles() {
        return Stream.concat(
                        Stream.of(workers.trouble(), writer.setAside(), database.words(), registry.trouble()),
                        log.troubles().stream())
                .filter(words -> !words.isEmpty())
                .toList();
    }

    /** Batches that the store would not take in this run. */
    public long batchesSetAside() {
        return writer.batchesSetAside();
    }

    /** Why traffic is not being written, or empty. */
    public String storeTrouble() {
        return writer.trouble();
    }

    /**
     * Reads the configuration again and puts it in force between two datagrams. What is wrong with it refuses it
     * whole, and the old one stays.
     *
     * @return what changed, in words
     */
    public synchronized String reload() throws IOException {
        Setting read;
        watch.noteRead();
        try {
            boolean mustExist = options.configuration().isPresent();
            read = Setting.read(
                    options.configurationFile(), mustExist, topology().version() + 1);
        } catch (IOException e) {
            reloadTrouble = String.valueOf(e.getMessage());
            say("reload refused, the old configuration stays in force:");
            reloadTrouble.lines().forEach(line -> say("  " + line));
            throw e;
        }
        Setting before = setting;
        reloadedMillis = options.clock().unixMillis();
        reloadTrouble = "";
        fileTopology = read.configuration().topology();
        use(read.with(registry.rule(fileTopology, fileTopology.version())));
        log.configured();
        var now = read.configuration().gateway();
        var then = before.configuration().gateway();
        boolean needsStart =
                !now.listen().equals(then.listen()) || !now.portal().equals(then.portal());
        String words = "reloaded: " + read.counts()
                + (needsStart ? "; changes under 'listen' and 'portal' take effect at the next start" : "")
                + (registry.isBookRuling() ? "; who is connected is said by the registry, not by the file" : "");
        say(words);
        return words + openTls();
    }

    private void use(Setting next) {
        setting = next;
        Topology topology = next.configuration().topology();
        store.use(topology, next.origins());
        writer.use(next.configuration().gateway().retention());
        fingerprints.use(topology);
        listeners.closeUnwelcome();
        workers.drops().use(Gateway.addresses(topology));
        meters.forEach(meter -> meter.use(topology, next.origins()));
    }

    /** The first certificate may have been made, or a port become free. What fails does not refuse the reload. */
    private String openTls() {
        if (!certificates.exist() || !listeners.isTlsClosed()) {
            return "";
        }
        try {
            Gateway.openTls(listeners, certificates, fingerprints);
        } catch (IOException _) {
            // The listeners keep why, and say it below and on the status page.
        }
        String words = listeners.isTlsClosed()
                ? "IPFIX over TLS is not open: " + listeners.tlsTrouble()
                : "IPFIX over TLS is open now";
        say(listeners.isTlsClosed() ? "warning: " + words : "listening  " + words);
        return "; " + words;
    }

    /** Writes what the store holds of a span as Parquet files; {@code directory} must be empty or absent. */
    void export(Path directory, long fromSeconds, long toSeconds) throws IOException {
        store.exportParquet(directory, fromSeconds, toSeconds);
    }

    /** Writes one archive of the whole gateway while it runs; answers with its octets. */
    long backup(Path file) throws IOException {
        Backup backup = new Backup(data.path(), store, database(), options.version());
        return backup.write(file, Instant.ofEpochMilli(options.clock().unixMillis()));
    }

    /** Lets {@link #awaitStop} return; what stops is the owner's business. */
    public void askToStop() {
        stopAsked.countDown();
    }

    /** Waits until somebody asks the gateway to stop. */
    public void awaitStop() throws InterruptedException {
        stopAsked.await();
    }

    /** A changed file is taken in as by an order; a wrong one is said by {@link #reload} and not tried again. */
    private synchronized void reloadWhereChanged() {
        if (isClosed || !setting.configuration().gateway().watchesFiles() || !watch.hasChanged()) {
            return;
        }
        say("the configuration has changed");
        try {
            reload();
        } catch (IOException _) {
            // Refused and said, here and on the status page; the old one stays in force.
        }
    }

    private void keepHouse() {
        long watchedMillis = startedMillis;
        String lastTrouble = "";
        String lastDefect = "";
        long lastSetAside = 0;
        while (true) {
            long now = options.clock().unixMillis();
            listeners.closeSilent(now);
            control.closeDawdlers(now);
            if (registry.look(portal.port())) {
                rule();
            }
            if (Math.abs(now - watchedMillis) >= WATCH_MILLIS) {
                watchedMillis = now;
                reloadWhereChanged();
            }
            String trouble = writer.trouble();
            if (!trouble.equals(lastTrouble)) {
                say(trouble.isEmpty() ? "traffic is written again" : "warning: " + trouble);
                lastTrouble = trouble;
            }
            if (writer.batchesSetAside() > lastSetAside) {
                lastSetAside = writer.batchesSetAside();
                say("warning: " + writer.setAside());
            }
            String defect = workers.trouble();
            if (lastDefect.isEmpty() && !defect.isEmpty()) {
                say("warning: " + defect);
                lastDefect = defect;
            }
            try {
                if (closing.await(HOUSEKEEPING_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException _) {
                return; // Nobody interrupts this thread but a dying process.
            }
        }
    }

    /** Takes in no more, empties the queues, writes out, and says what is held back and what was not written. */
    @Override
    public synchronized void close() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        closing.countDown();
        stopAsked.countDown();
        // Closed from the last to the first, each whatever became of those before it: a door that does not close in
        // order must not keep the workers from writing out what they hold.
        try (DataDirectory _ = data;
                Closeable _ = database::close;
                TrafficStore _ = store;
                Closeable _ = registry::close;
                Closeable _ = log::close;
                Closeable _ = this::writeOut;
                Closeable _ = listeners::close;
                Closeable _ = portal::close;
                Closeable _ = control::close) {
            say("stopping: no more flow data is taken in");
        }
        say("stopped");
    }

    private void writeOut() {
        workers.all().forEach(Worker::close);
        writer.close();
        meters.forEach(Meter::settle);
        report();
    }

    private void report() {
        Conservation sums = view.conservation();
        say(String.format(
                "decoded %,d octets = written %,d + not written %,d + held below ten flows %,d + set aside %,d"
                        + " + rejected %,d + refused %,d",
                sums.decoded(),
                sums.booked(),
                sums.underWay(),
                sums.held(),
                sums.setAside(),
                sums.rejected(),
                sums.refused()));
        if (writer.waiting() > 0) {
            say("warning: " + writer.waiting() + " batches were not written and are lost: " + writer.trouble());
        }
        if (workers.drops().total() > 0) {
            say(String.format(
                    "%,d datagrams found their queue full", workers.drops().total()));
        }
    }

    private void say(String line) {
        options.say().accept(line);
    }
}
