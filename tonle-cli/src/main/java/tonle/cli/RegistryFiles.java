// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tonle.base.Json;

/** {@code tonle registry export|import|pack}: the registry and the files of others. */
final class RegistryFiles {
    private RegistryFiles() {}

    @CommandLine.Command(
            name = "export",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Writes the registry in the format of others: ixf-1.0.json, ixf-0.7.json, ixf-0.6.json,"
                    + " peeringdb.json, ofds.json; or yaml, as the configuration file has it.",
            footerHeading = "%nExamples:%n",
            footer = {"  tonle registry export ixf-1.0.json -o members.json", "  tonle registry export yaml"})
    static final class Export implements Command {
        @Parameters(paramLabel = "FORMAT", description = "the name of the export")
        private String format;

        @Option(names = "--day", paramLabel = "YYYY-MM-DD", description = "as it was, is or will be; default: today")
        private String day;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description = "a file to write, which must not be there; default: standard output")
        private Path output;

        @Mixin
        private Remote remote;

        @Override
        public ExitCode run(Console console) throws IOException {
            StringBuilder body = new StringBuilder();
            Json json = new Json(body, false).beginObject().member("format", format);
            if (day != null) {
                json.member("day", day);
            }
            json.endObject();
            String text = remote.text("/registry/export", body.toString());
            if (output == null) {
                console.out().print(text);
                return ExitCode.DONE;
            }
            try {
                Files.writeString(output, text, StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException _) {
                throw new CommandFailure(ExitCode.REFUSED, output + " is there already", "choose another name");
            }
            console.err().println("wrote " + output);
            return ExitCode.DONE;
        }
    }

    @CommandLine.Command(
            name = "import",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description =
                    "Looks at a foreign file and proposes what it would change; the registry stays where both differ."
                            + " With --dry-run it says what would change.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  tonle registry import members.json --format ixf --dry-run",
                "  tonle registry import delegated-apnic-latest --format delegated --country KH"
            })
    static final class Import implements Command {
        @Parameters(paramLabel = "FILE", description = "the file, at most 32 MiB")
        private Path file;

        @Option(
                names = "--format",
                required = true,
                paramLabel = "FORMAT",
                description = "ixf, peeringdb, ofds or delegated")
        private String format;

        @Option(
                names = "--country",
                paramLabel = "CC",
                defaultValue = "KH",
                description = "of delegated statistics (default ${DEFAULT-VALUE})")
        private String country;

        @Mixin
        private Consent consent;

        @Mixin
        private Remote remote;

        @Override
        public ExitCode run(Console console) throws IOException {
            ExitCode looked = remote.order(console, "/registry/import", body(false));
            if (consent.isDry() || format.equals("delegated")) {
                return looked;
            }
            if (!consent.isGiven(console, "propose it")) {
                return ExitCode.DONE;
            }
            return remote.order(console, "/registry/import", body(true));
        }

        private String body(boolean isProposing) {
            StringBuilder body = new StringBuilder();
            new Json(body, false)
                    .beginObject()
                    .member("file", file.toAbsolutePath().normalize().toString())
                    .member("format", format)
                    .member("country", country)
                    .member("propose", isProposing ? "yes" : "no")
                    .endObject();
            return body.toString();
        }
    }

    @CommandLine.Command(
            name = "pack",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Takes the sites and exchanges of a country's pack into the registry: kh.",
            footerHeading = "%nExample:%n",
            footer = "  tonle registry pack kh --yes")
    static final class Pack implements Command {
        @Parameters(paramLabel = "PACK", description = "the pack's name")
        private String pack;

        @Mixin
        private Consent consent;

        @Mixin
        private Remote remote;

        @Override
        public ExitCode run(Console console) throws IOException {
            if (!consent.isGiven(console, "take the pack " + pack + " into the registry, which rules from then on")) {
                return ExitCode.DONE;
            }
            StringBuilder body = new StringBuilder();
            new Json(body, false).beginObject().member("name", pack).endObject();
            return remote.order(console, "/registry/pack", body.toString());
        }
    }
}
