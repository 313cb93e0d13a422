// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tonle.gateway.Gateway;
import tonle.gateway.GatewayOptions;
import tonle.gateway.RunningGateway;
import tonle.gateway.demo.Demo;
import tonle.gateway.demo.DemoPast;

/** Runs a gateway until somebody stops it: the server, or with {@code --demo} a whole country around it. */
@CommandLine.Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs the gateway: takes flow data in, keeps volumes, serves the pages.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tonle run --demo                      a demonstration country, pages on http://127.0.0.1:8470",
            "  tonle run --demo --backfill month     the same with a whole month behind it",
            "  tonle run --config /etc/tonle.yaml    a real one"
        })
final class RunCommand implements Command {
    private static final long STOP_SECONDS_MAX = 30;

    @Option(names = "--demo", description = "a demonstration country: invented members, simulated routers and switches")
    private boolean isDemo;

    @Option(
            names = "--backfill",
            paramLabel = "PAST",
            description = "with --demo: none, weeks (default) or month of past traffic, marked as filled in")
    private String past = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where the gateway keeps what it keeps (default ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "who is connected and where to listen (default: tonle.yaml in the data directory)")
    private Path configuration;

    @Override
    public ExitCode run(Console console) throws IOException {
        DemoPast demoPast = past();
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
                line -> console.err().println(line));
        CountDownLatch stopped = new CountDownLatch(1);
        try (RunningGateway gateway = Gateway.start(options)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway, stopped), "tonle-stop"));
            if (isDemo) {
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

    private DemoPast past() {
        if (!past.isEmpty() && !isDemo) {
            throw new CommandFailure(ExitCode.USAGE, "--backfill is for --demo: real traffic has no invented past");
        }
        if (isDemo && configuration != null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--demo writes its own configuration; leave out --config", "tonle run --demo");
        }
        String word = past.isEmpty() ? DemoPast.WEEKS.key() : past.toLowerCase(Locale.ROOT);
        return Arrays.stream(DemoPast.values())
                .filter(each -> each.key().equals(word))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE, "unknown past '" + past + "' in --backfill", "all: none weeks month"));
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
