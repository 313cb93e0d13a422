// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import tonle.gateway.config.Configuration;
import tonle.gateway.config.ConfigurationFile;
import tonle.gateway.config.ConfigurationText;

/** {@code tonle config}: looks at a configuration file without a gateway. */
@CommandLine.Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Checks a configuration file, or writes it out in its plainest form.",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Export.class},
        footerHeading = "%nExamples:%n",
        footer = {"  tonle config check data/tonle.yaml", "  tonle config export data/tonle.yaml > all-in-one.yaml"})
final class ConfigCommand {
    private ConfigCommand() {}

    /** {@code tonle config check FILE}. */
    @CommandLine.Command(
            name = "check",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExample:%n",
            footer = "  tonle config check data/tonle.yaml",
            description = "Reads the file and the exporters beside it, and tells everything that is wrong.")
    static final class Check implements Command {
        @Parameters(index = "0", paramLabel = "FILE", description = "the configuration file")
        private Path file;

        @Override
        public ExitCode run(Console console) throws IOException {
            Configuration read = ConfigurationFile.read(file, 1);
            var topology = read.topology();
            console.out()
                    .printf(
                            "%s is good: %,d sites, %,d operators, %,d links, %,d exporters, %,d files%n",
                            file,
                            topology.sites().size(),
                            topology.members().size(),
                            topology.links().size(),
                            topology.exporters().size(),
                            read.files().size());
            return ExitCode.DONE;
        }
    }

    /** {@code tonle config export FILE}. */
    @CommandLine.Command(
            name = "export",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExample:%n",
            footer = "  tonle config export data/tonle.yaml > all-in-one.yaml",
            description = "Writes operators, sites, exporters and links as one file, those of exporters.d included.")
    static final class Export implements Command {
        @Parameters(index = "0", paramLabel = "FILE", description = "the configuration file")
        private Path file;

        @Override
        public ExitCode run(Console console) throws IOException {
            console.out()
                    .print(ConfigurationText.of(ConfigurationFile.read(file, 1).topology()));
            return ExitCode.DONE;
        }
    }
}
