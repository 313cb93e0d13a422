// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tonle.gateway.Gateway;
import tonle.gateway.GatewayOptions;
import tonle.gateway.RunningGateway;
import tonle.gateway.demo.Demo;
import tonle.gateway.demo.DemoPast;

/**
 * Runs a gateway until somebody stops it. Apart from {@link RunCommand}, so that a command that needs no server loads
 * nothing of it.
 *
 * @param configuration or {@code null} for the data directory's own
 * @param port of the pages, or {@code null} for the configuration's
 * @param past the word for how much of the demo's past is filled in, or empty
 */
record GatewayProcess(Path data, Path configuration, Integer port, boolean isDemo, String past) {
    private static final long STOP_SECONDS_MAX = 30;

    ExitCode run(Console console) throws IOException {
        DemoPast demoPast = demoPast();
        keepDemoAndRealApart();
        if (isDemo) {
            Demo.prepare(data, "");
        }
        GatewayOptions options = new GatewayOptions(
                data,
                Optional.ofNullable(configuration),
                isDemo,
                Version.text(),
                console.clock(),
                line -> console.err().println(line),
                port == null ? OptionalInt.empty() : OptionalInt.of(port));
        CountDownLatch stopped = new CountDownLatch(1);
        // Outermost: the last entries of a log that closes are cosigned too.
        try (DemoWitnesses witnesses = isDemo ? DemoWitnesses.start(data, console.err()::println) : null;
                RunningGateway gateway = Gateway.start(options)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway, stopped), "tonle-stop"));
            if (isDemo) {
                witnesses.introduce(gateway);
                try (Demo _ = demo(gateway, demoPast, console)) {
                    gateway.awaitStop();
                }
            } else {
                gateway.awaitStop();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
        return ExitCode.DONE;
    }

    private Demo demo(RunningGateway gateway, DemoPast demoPast, Console console) throws IOException {
        int port = gateway.udpPorts().getFirst();
        return Demo.start(
                data,
                port,
                gateway.store(),
                demoPast,
                console.clock(),
                line -> console.err().println(line));
    }

    /** On a signal: the main thread closes everything; the process waits for it. */
    private static void stop(RunningGateway gateway, CountDownLatch stopped) {
        gateway.askToStop();
        try {
            stopped.await(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private DemoPast demoPast() {
        if (!past.isEmpty() && !isDemo) {
            throw new CommandFailure(ExitCode.USAGE, "--backfill is for --demo: real traffic has no invented past");
        }
        if (isDemo && configuration != null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--demo writes its own configuration; leave out --config", "tonle run --demo");
        }
        String word = past.isEmpty() ? DemoPast.WEEKS.key() : past.toLowerCase(Locale.ROOT);
        List<String> known = Arrays.stream(DemoPast.values()).map(DemoPast::key).toList();
        return Arrays.stream(DemoPast.values())
                .filter(each -> each.key().equals(word))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "unknown past '" + past + "' in --backfill",
                        Main.nearest(past, known) + "all: " + String.join(" ", known)));
    }

    /** Invented volumes and real ones never lie in one store. */
    private void keepDemoAndRealApart() {
        boolean isOfDemo = Demo.isIn(data);
        boolean isUsed =
                Files.exists(data.resolve(GatewayOptions.CONFIGURATION)) || Files.exists(data.resolve("traffic"));
        if (isDemo && isUsed && !isOfDemo) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    data + " holds a real gateway's data; the demo takes a directory of its own",
                    "tonle run --demo --data demo-data");
        }
        if (!isDemo && isOfDemo) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    data + " holds the demonstration country, whose traffic is invented",
                    "tonle run --demo                  goes on with it",
                    "tonle run --data another-directory  begins a real gateway");
        }
    }
}
