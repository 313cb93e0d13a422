// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tonle backup}: one file of the whole gateway, written while it runs. */
@CommandLine.Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description =
                "Writes one archive of registry, people, audit, traffic store and configuration, as they are at one"
                        + " moment, while the gateway runs. It holds keys and passwords' files: keep it as safe as the gateway.",
        footerHeading = "%nExample:%n",
        footer = "  tonle backup /srv/backup/tonle-2026-11-23.zip")
final class BackupCommand implements Command {
    @Parameters(paramLabel = "FILE", description = "the archive to write; it must not be there")
    private Path file;

    @Mixin
    private Remote remote;

    @Override
    public ExitCode run(Console console) throws IOException {
        return remote.orderOfFile(console, "/backup", file);
    }
}
