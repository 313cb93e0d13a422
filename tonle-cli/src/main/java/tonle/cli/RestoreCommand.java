// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tonle.gateway.backup.Restore;

/** {@code tonle restore}: a new data directory of a backup. */
@CommandLine.Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes a new data directory of a backup. Every part is checked before anything is written.",
        footerHeading = "%nExample:%n",
        footer = "  tonle restore /srv/backup/tonle-2026-11-23.zip --data /srv/tonle")
final class RestoreCommand implements Command {
    @Parameters(paramLabel = "FILE", description = "the archive that 'tonle backup' wrote")
    private Path file;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "the directory to make; absent or empty")
    private Path data;

    @Override
    public ExitCode run(Console console) {
        Restore.Restored restored;
        try {
            restored = new Restore(file, data).run();
        } catch (NoSuchFileException _) {
            throw new CommandFailure(ExitCode.NOT_REACHABLE, "there is no file " + file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, String.valueOf(e.getMessage()));
        }
        console.out()
                .println("restored " + data + " as it was at " + restored.made() + " under Tonle " + restored.version()
                        + ": " + restored.tables() + " tables, " + restored.files() + " files");
        console.out().println("start it with: tonle run --data " + data);
        return ExitCode.DONE;
    }
}
