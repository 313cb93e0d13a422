// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code tonle reload}: the running gateway reads its configuration anew. */
@CommandLine.Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        description =
                "Lets the running gateway read its configuration anew, without losing a datagram. A configuration with"
                        + " a mistake is refused and changes nothing.",
        footerHeading = "%nExample:%n",
        footer = "  tonle reload --data /var/lib/tonle")
final class ReloadCommand implements Command {
    @Mixin
    private Remote remote;

    @Override
    public ExitCode run(Console console) throws IOException {
        return remote.order(console, "/reload", "");
    }
}
