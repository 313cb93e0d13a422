// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code tonle status}: whether a gateway runs here and how it is. */
@CommandLine.Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows whether a gateway runs with a data directory, its listeners, queues and drops.",
        footerHeading = "%nExample:%n",
        footer = "  tonle status --data /var/lib/tonle")
final class StatusCommand implements Command {
    @Mixin
    private PageOptions page;

    @Override
    public ExitCode run(Console console) throws IOException {
        return page.show(console, "/status", Map.of());
    }
}
