// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tonle.base.power.Clock;

/** {@code tonle run} as anybody starts it, launcher and start-up cache included, until it is closed. */
final class PortalProcess implements AutoCloseable {
    private static final Pattern PAGES = Pattern.compile("pages +http://127\\.0\\.0\\.1:([0-9]+)/.*");
    private static final long STOP_SECONDS_MAX = 120;

    private final Clock clock;
    private final long startNanos;
    private final Process process;
    private final int port;
    private final double readyMillis;

    PortalProcess(Path data, Clock clock) throws IOException {
        this.clock = clock;
        Path launcher = Path.of(System.getProperty("tonle.home", "."), "tonle");
        startNanos = clock.monotonicNanos();
        process = new ProcessBuilder(launcher.toString(), "run", "--data", data.toString())
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        int found = 0;
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            Matcher pages = PAGES.matcher(line);
            found = pages.matches() ? Integer.parseInt(pages.group(1)) : found;
            if (line.startsWith("ready in")) {
                break;
            }
        }
        if (found == 0) {
            throw new IOException("the gateway does not start:\n" + said);
        }
        port = found;
        readyMillis = ageMillis();
        Files.writeString(data.resolve("bench.log"), said);
        Thread.ofVirtual().start(() -> drain(lines));
    }

    /** A program whose output nobody reads stops at a full pipe. */
    private static void drain(BufferedReader lines) {
        try {
            while (lines.readLine() != null) {}
        } catch (IOException _) {
            // It has ended.
        }
    }

    int port() {
        return port;
    }

    /** From the start of the launcher until it said that it is ready. */
    double readyMillis() {
        return readyMillis;
    }

    /** Since the start of the launcher. */
    double ageMillis() {
        return (clock.monotonicNanos() - startNanos) / 1e6;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the gateway does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the gateway stopped", e);
        }
    }
}
