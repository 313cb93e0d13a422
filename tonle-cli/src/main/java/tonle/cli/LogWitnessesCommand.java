// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tonle log witnesses}: who witnesses this gateway's log from now on. */
@CommandLine.Command(
        name = "witnesses",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Puts a policy of witnesses in force for the log of a running gateway (C2SP tlog-policy, with an address",
            "for each witness). It is entered in the log; it holds once a quorum of the witnesses until now, and one of",
            "the new ones, has cosigned that entry. Otherwise nothing changes."
        },
        footerHeading = "%nExample:%n",
        footer = "  tonle log witnesses three-of-us.policy")
final class LogWitnessesCommand implements Command {
    @Parameters(paramLabel = "FILE", description = "lines of 'witness', 'group' and 'quorum'")
    private Path file;

    @Mixin
    private Remote remote;

    @Override
    public ExitCode run(Console console) throws IOException {
        return remote.orderOfFile(console, "/log/witnesses", file);
    }
}
