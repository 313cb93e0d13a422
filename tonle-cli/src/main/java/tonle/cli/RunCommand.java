// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

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

    @Option(names = "--port", paramLabel = "N", description = "port of the pages, over what the configuration says")
    private Integer port;

    @Override
    public ExitCode run(Console console) throws IOException {
        if (port != null && (port < 0 || port > 65_535)) {
            throw new CommandFailure(ExitCode.USAGE, "--port is " + port, "0 to 65535; 0 lets the system choose");
        }
        return new GatewayProcess(data, configuration, port, isDemo, past).run(console);
    }
}
