// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Loads what commands load, for the launcher's start-up cache: shows every help text to nobody. */
@CommandLine.Command(
        name = "warm-up",
        hidden = true,
        description = "Used by the launcher when it makes its start-up cache.")
final class WarmUpCommand implements Command {
    @Override
    public ExitCode run(Console console) {
        PrintStream nobody = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        CommandLine root = Main.commandLine(console);
        root.usage(nobody);
        root.getSubcommands().values().forEach(command -> command.usage(nobody));
        return ExitCode.DONE;
    }
}
