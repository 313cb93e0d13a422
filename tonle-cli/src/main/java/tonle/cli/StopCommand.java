// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code tonle stop}: ends the running gateway in order. */
@CommandLine.Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description =
                "Ends the running gateway: what it holds is written or counted first. Forwarding goes on without it.",
        footerHeading = "%nExample:%n",
        footer = "  tonle stop --yes")
final class StopCommand implements Command {
    @Mixin
    private Remote remote;

    @Mixin
    private Consent consent;

    @Override
    public ExitCode run(Console console) throws IOException {
        return consent.isGiven(console, "stop the gateway") ? remote.order(console, "/stop", "") : ExitCode.DONE;
    }
}
