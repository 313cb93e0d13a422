// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import tonle.base.power.Clock;
import tonle.traffic.store.TrafficStore;

/**
 * The demonstration, as a gateway starts it: {@link #prepare} writes the country's configuration into the data
 * directory, {@link #start} sets its devices going and fills in its past.
 */
public final class Demo implements AutoCloseable {
    private static final String CONFIGURATION_FILE = "tonle.yaml";
    private static final String ANCHOR_FILE = "demo-started";
    private static final long SEED = 855;

    private final DemoExporters exporters;
    private final DemoBackfill backfill;

    private Demo(DemoExporters exporters, DemoBackfill backfill) {
        this.exporters = exporters;
        this.backfill = backfill;
    }

    /** Whether the data directory is a demo's. */
    public static boolean isIn(Path dataFolder) {
        return Files.exists(dataFolder.resolve(ANCHOR_FILE))
                || Files.exists(dataFolder.resolve(DemoCountry.ORIGINS_FILE));
    }

    /**
     * Writes the demo's configuration and table of origins where they are not there yet.
     *
     * @param settings further sections of the configuration in YAML, such as other ports; may be empty
     * @return the configuration file
     */
    public static Path prepare(Path dataFolder, String settings) throws IOException {
        Files.createDirectories(dataFolder);
        Path file = dataFolder.resolve(CONFIGURATION_FILE);
        if (!Files.exists(file)) {
            Files.writeString(dataFolder.resolve(DemoCountry.ORIGINS_FILE), DemoCountry.origins());
            Files.writeString(file, DemoCountry.configuration(settings));
        }
        return file;
    }

    /**
     * Starts devices and past. The moment of the first start is kept in the data directory: what happens in the demo is
     * told from it, also after a restart.
     *
     * @param port of the gateway's UDP listener on 127.0.0.1
     * @param say takes sentences of progress
     */
    public static Demo start(
            Path dataFolder, int port, TrafficStore store, DemoPast past, Clock clock, Consumer<String> say)
            throws IOException {
        long now = slice(clock.unixMillis() / 1000);
        long anchor = anchor(dataFolder.resolve(ANCHOR_FILE), now);
        TrafficModel model = new TrafficModel(SEED, anchor);
        DemoExporters exporters = DemoExporters.start(model, port, now, clock);
        DemoBackfill backfill = new DemoBackfill(model, store, past, anchor, say);
        backfill.start();
        return new Demo(exporters, backfill);
    }

    public DemoBackfill backfill() {
        return backfill;
    }

    @Override
    public void close() throws IOException {
        exporters.close();
        backfill.close();
    }

    /** The slice that begins now or next. */
    private static long slice(long seconds) {
        return Math.ceilDiv(seconds, (long) FlowDevice.SLICE_SECONDS) * FlowDevice.SLICE_SECONDS;
    }

    private static long anchor(Path file, long now) throws IOException {
        if (Files.exists(file)) {
            String text = Files.readString(file).strip();
            if (text.matches("[0-9]{1,12}")) {
                return Long.parseLong(text);
            }
        }
        Files.writeString(file, now + "\n");
        return now;
    }
}
