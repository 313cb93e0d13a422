// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tonle link}: links and their months. */
@CommandLine.Command(
        name = "link",
        mixinStandardHelpOptions = true,
        description = "Links of the running gateway.",
        subcommands = {
            LinkCommand.ListAll.class,
            LinkCommand.Show.class,
            LinkCommand.Samples.class,
            LinkCommand.BringUp.class
        },
        footerHeading = "%nExample:%n",
        footer = "  tonle link show PNH-SHV-1 --month 2026-10")
final class LinkCommand {
    /** All links with their load. */
    @CommandLine.Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists links with their load, as the page /links.",
            footerHeading = "%nExamples:%n",
            footer = {"  tonle link list --csv", "  tonle link list --sort inLoad --watch 30"})
    static final class ListAll implements Command {
        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            return page.show(console, "/links", Map.of());
        }
    }

    /** One link's month. */
    @CommandLine.Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows one link's month: volumes, 95th percentile and where it comes from.",
            footerHeading = "%nExample:%n",
            footer = "  tonle link show PNH-SHV-1 --month 2026-10")
    static final class Show implements Command {
        @Parameters(paramLabel = "LINK", description = "the link's id")
        private String link;

        @Option(names = "--month", paramLabel = "YYYY-MM", description = "default: this month")
        private String month;

        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            Map<String, String> parameters = new TreeMap<>();
            parameters.put("month", month);
            return page.show(console, "/links/" + link, parameters);
        }
    }

    /** The samples behind a link's 95th percentile. */
    @CommandLine.Command(
            name = "samples",
            mixinStandardHelpOptions = true,
            description = "Lists the five-minute samples of one link's month.",
            footerHeading = "%nExample:%n",
            footer = "  tonle link samples PNH-SHV-1 --month 2026-10 --csv")
    static final class Samples implements Command {
        @Parameters(paramLabel = "LINK", description = "the link's id")
        private String link;

        @Option(names = "--month", paramLabel = "YYYY-MM", description = "default: this month")
        private String month;

        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            Map<String, String> parameters = new TreeMap<>();
            parameters.put("month", month);
            return page.show(console, "/links/" + link + "/samples", parameters);
        }
    }

    /** A link's way into service. */
    @CommandLine.Command(
            name = "bring-up",
            mixinStandardHelpOptions = true,
            description = "Shows a link's way into service: tasks, who is waited for, and until when.",
            footerHeading = "%nExample:%n",
            footer = "  tonle link bring-up PNH-SHV-1")
    static final class BringUp implements Command {
        @Parameters(paramLabel = "LINK", description = "the link's id")
        private String link;

        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            return page.show(console, "/links/" + link + "/bring-up", new TreeMap<>());
        }
    }
}
