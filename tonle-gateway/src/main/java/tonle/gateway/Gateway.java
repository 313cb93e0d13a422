// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import tonle.base.DeviceAddress;
import tonle.database.DatabaseSettings;
import tonle.gateway.certificate.Certificates;
import tonle.gateway.config.GatewayConfig;
import tonle.gateway.listen.PortHolder;
import tonle.gateway.listen.TlsDoor;
import tonle.gateway.listen.Worker;
import tonle.gateway.listen.Workers;
import tonle.portal.PortBusyException;
import tonle.portal.PortalSettings;
import tonle.traffic.meter.DropCounts;
import tonle.traffic.meter.Meter;
import tonle.traffic.meter.MeterGroup;
import tonle.traffic.meter.MeterSettings;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.topology.Topology;

/**
 * Starts a gateway: data directory, configuration, store, workers, listeners, pages, control socket, in this order,
 * each with a line that says what it is. What fails undoes all that stood before it, and its message says what to do.
 */
public final class Gateway {
    private static final String DATABASE = "postgres";
    private static final String STORE = "traffic";
    private static final String TEMPLATES = "templates";
    private static final String CERTIFICATES = "certificates";
    private static final String WRITER = "meter";

    private final GatewayOptions options;
    private final Parts parts;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private Gateway(GatewayOptions options, Parts parts) {
        this.options = options;
        this.parts = parts;
    }

    public static RunningGateway start(GatewayOptions options) throws IOException {
        return start(options, Parts.REAL);
    }

    /** @param parts what stands in for store and web server */
    public static RunningGateway start(GatewayOptions options, Parts parts) throws IOException {
        Gateway gateway = new Gateway(options, parts);
        try {
            return gateway.start();
        } catch (IOException | RuntimeException e) {
            gateway.undo(e);
            throw e;
        }
    }

    private RunningGateway start() throws IOException {
        long startedNanos = options.clock().monotonicNanos();
        DataDirectory data = keep(DataDirectory.lock(options.data()));
        Path file = options.configurationFile();
        Setting setting = Setting.read(file, options.configuration().isPresent(), 1);
        GatewayConfig config = setting.configuration().gateway();
        say("Tonle " + options.version() + ", "
                + setting.configuration().topology().gatewayName());
        say("data       " + data.path());
        say("settings   "
                + (Files.exists(file) ? file + ": " + setting.counts() : "the defaults; there is no " + file));
        setting.tables().forEach(this::say);

        // Beside the traffic store and the rest: the two take about as long, on one processor each.
        DatabaseSettings where = databaseSettings(config.database(), data);
        GatewayDatabase database =
                keep(new GatewayDatabase(() -> parts.database(where, options.clock()), options.clock(), this::say));
        TrafficStore store = keep(parts.store(data.resolve(STORE), options.clock()));
        store.use(setting.configuration().topology(), setting.origins());
        say("store      " + data.resolve(STORE) + ", " + (store.health().sizeOctets() >> 20) + " MiB");
        StoreWriter writer = new StoreWriter(store, config.retention(), options.clock(), data.path());
        writer.start();
        keep(writer);

        List<Meter> meters = new ArrayList<>();
        Workers workers = workers(config.listen(), data, store, writer, meters);
        for (Meter meter : meters) {
            meter.use(setting.configuration().topology(), setting.origins());
        }
        workers.drops().use(addresses(setting.configuration().topology()));
        Fingerprints fingerprints = new Fingerprints(setting.configuration().topology());
        Listeners listeners = keep(Listeners.open(config.listen(), workers, options.clock(), options.demo()));
        Certificates certificates = new Certificates(data.resolve(CERTIFICATES));
        openTls(listeners, certificates, fingerprints);
        listeners.lines().forEach(this::say);
        database.await();

        RunningGateway running = new RunningGateway(
                options,
                data,
                database,
                store,
                writer,
                workers,
                new MeterGroup(meters, drops(workers)),
                meters,
                listeners,
                fingerprints,
                certificates,
                setting);
        running.rule();
        running.openDoors(parts, portalSettings(config.portal()));
        listeners.start();
        long millis = (options.clock().monotonicNanos() - startedNanos) / 1_000_000;
        say(String.format("ready in %.1f s; Ctrl-C or 'tonle stop' ends it", millis / 1e3));
        return running;
    }

    /**
     * Opens the doors for exporters with a certificate, if there are any and the gateway has its own. One that cannot
     * be read is no reason not to meter what comes without: it is said, and the door stays closed until a reload
     * finds it.
     */
    static void openTls(Listeners listeners, Certificates certificates, Fingerprints fingerprints) throws IOException {
        if (!certificates.exist() || !listeners.isTlsClosed()) {
            return;
        }
        try {
            certificates.context();
        } catch (IOException e) {
            listeners.tlsTrouble(e.getMessage());
            return;
        }
        listeners.openTls(new TlsDoor(certificates::context, fingerprints::exporterOf));
    }

    private Workers workers(
            GatewayConfig.Listen config, DataDirectory data, TrafficStore store, StoreWriter writer, List<Meter> meters)
            throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        int count = config.workers() > 0 ? config.workers() : Math.max(1, processors / 2);
        MeterSettings settings = MeterSettings.DEFAULT.rememberingIn(data.resolve(TEMPLATES));
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long sequence = store.nextSequence(settings.writingAs(WRITER, 1).writerOf(i));
            Meter meter = new Meter(i, settings.writingAs(WRITER, sequence), options.clock(), writer);
            meters.add(meter);
            Worker worker = new Worker(i, (long) config.queueKib() << 10, new MeterWork(meter), options.clock());
            worker.start();
            workers.add(keep(worker));
        }
        say("workers    " + count + ", room for " + (config.queueKib() >> 10) + " MiB of datagrams each");
        return new Workers(workers);
    }

    private static DatabaseSettings databaseSettings(GatewayConfig.Database config, DataDirectory data) {
        Path folder = data.resolve(DATABASE);
        DatabaseSettings settings = config.passwordFile()
                .filter(_ -> !config.url().isEmpty())
                .map(file -> DatabaseSettings.external(folder, config.url(), file))
                .orElse(DatabaseSettings.embedded(folder));
        return settings.withConnectionCountMax(config.connections());
    }

    private PortalSettings portalSettings(GatewayConfig.Portal portal) {
        String banner = options.demo() ? "demo" : "";
        return new PortalSettings(
                options.portalPort().orElse(portal.port()),
                portal.zone(),
                banner,
                portal.dataLicence(),
                portal.enrolByPage());
    }

    static List<DeviceAddress> addresses(Topology topology) {
        return topology.exporters().stream()
                .flatMap(exporter -> exporter.addresses().stream())
                .toList();
    }

    private static DropCounts drops(Workers workers) {
        return new DropCounts() {
            @Override
            public long kernelDropped(DeviceAddress source) {
                return -1; // Linux counts by socket, not by sender; the listener shows that number.
            }

            @Override
            public long queueDropped(DeviceAddress source) {
                return workers.drops().of(source);
            }
        };
    }

    /** The pages' own error, in words that name who holds the port. */
    static IOException named(PortBusyException e) {
        String socket = "127.0.0.1:" + e.port();
        return new IOException(PortHolder.sentence("tcp", socket, e.port()).replace("'listen'", "'portal.port'"), e);
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    private void undo(Exception cause) {
        for (AutoCloseable part : started) {
            try {
                part.close();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
    }

    private void say(String line) {
        options.say().accept(line);
    }
}
