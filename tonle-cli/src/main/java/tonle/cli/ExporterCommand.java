// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tonle.base.DeviceAddress;
import tonle.base.Json;

/** {@code tonle exporter}: devices that send flow data. */
@CommandLine.Command(
        name = "exporter",
        mixinStandardHelpOptions = true,
        description = "Devices that send flow data to the running gateway.",
        subcommands = {
            ExporterCommand.ListAll.class,
            ExporterCommand.Show.class,
            ExporterCommand.Snippet.class,
            ExporterCommand.Accept.class
        },
        footerHeading = "%nExample:%n",
        footer = "  tonle exporter list")
final class ExporterCommand {
    /** All exporters and unknown senders. */
    @CommandLine.Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists exporters with their health, and senders that nobody took in yet.",
            footerHeading = "%nExamples:%n",
            footer = {"  tonle exporter list", "  tonle exporter list --sort lost --json=exporter,lost"})
    static final class ListAll implements Command {
        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            return page.show(console, "/exporters", Map.of());
        }
    }

    /** One exporter. */
    @CommandLine.Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows one exporter: domains, templates, sampling, loss, faults.",
            footerHeading = "%nExamples:%n",
            footer = {"  tonle exporter show pnh-core-1", "  tonle exporter show pnh-core-1 --table faults --watch 5"})
    static final class Show implements Command {
        @Parameters(paramLabel = "EXPORTER", description = "its id, or the address of an unknown one")
        private String exporter;

        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            return page.show(console, "/exporters/" + exporter, Map.of());
        }
    }

    /** Lines to paste into a device. */
    @CommandLine.Command(
            name = "snippet",
            mixinStandardHelpOptions = true,
            description =
                    "Prints the lines that let a kind of equipment export to this gateway; without one, the kinds.",
            footerHeading = "%nExamples:%n",
            footer = {"  tonle exporter snippet", "  tonle exporter snippet softflowd"})
    static final class Snippet implements Command {
        @Parameters(paramLabel = "EQUIPMENT", arity = "0..1", description = "a kind of equipment")
        private String equipment;

        @Mixin
        private Remote remote;

        @Override
        public ExitCode run(Console console) throws IOException {
            Map<String, String> lines = remote.column("/exporters/add", "kind", "configuration");
            if (equipment == null) {
                lines.keySet().forEach(kind -> console.out().println(kind));
                return ExitCode.DONE;
            }
            if (!lines.containsKey(equipment)) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "no lines for equipment '" + equipment + "'",
                        Main.nearest(equipment, List.copyOf(lines.keySet())) + "all: "
                                + String.join(" ", lines.keySet()));
            }
            console.out().println(lines.get(equipment).stripTrailing());
            return ExitCode.DONE;
        }
    }

    /** Takes an unknown sender in. */
    @CommandLine.Command(
            name = "accept",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Takes an unknown sender in: writes it into the configuration and reloads.",
            footerHeading = "%nExample:%n",
            footer = "  tonle exporter accept 192.0.2.7 --id pnh-core-1 --site PNH --yes")
    static final class Accept implements Command {
        @Parameters(paramLabel = "ADDRESS", description = "as 'tonle exporter list' shows it")
        private String address;

        @Option(names = "--id", paramLabel = "ID", required = true, description = "how it shall be called")
        private String id;

        @Option(names = "--site", paramLabel = "SITE", description = "where it stands")
        private String site = "";

        @Option(
                names = "--records",
                paramLabel = "KIND",
                description = "where it makes its records: ingress, egress or both (default ${DEFAULT-VALUE})")
        private String records = "ingress";

        @Mixin
        private Remote remote;

        @Mixin
        private Consent consent;

        @Override
        public ExitCode run(Console console) throws IOException {
            if (DeviceAddress.parse(address).isEmpty()) {
                throw new CommandFailure(
                        ExitCode.USAGE, "'" + address + "' is no address in digits", "tonle exporter list");
            }
            if (!consent.isGiven(
                    console, "take " + address + " in as exporter " + id + (site.isEmpty() ? "" : " at " + site))) {
                return ExitCode.DONE;
            }
            StringBuilder body = new StringBuilder();
            new Json(body, false)
                    .beginObject()
                    .member("address", address)
                    .member("id", id)
                    .member("site", site)
                    .member("records", records)
                    .endObject();
            return remote.order(console, "/exporters/accept", body.toString());
        }
    }
}
