// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tonle traffic}: the explorer's questions on the command line. */
@CommandLine.Command(
        name = "traffic",
        mixinStandardHelpOptions = true,
        description = "Asks the running gateway about traffic.",
        subcommands = TrafficCommand.Top.class,
        footerHeading = "%nExample:%n",
        footer = "  tonle traffic top --by member --from now-24h")
final class TrafficCommand {
    /** The largest groups of traffic. */
    @CommandLine.Command(
            name = "top",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Shows the largest groups of traffic: the same table as the page /traffic.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  tonle traffic top --by member --from now-24h",
                "  tonle traffic top --by link,remote-as --where 'link-kind = international' --order octets --limit 20",
                "  tonle traffic top --by country --measure packets-per-second --json"
            })
    static final class Top implements Command {
        @Option(
                names = "--by",
                paramLabel = "DIMENSIONS",
                description = "site link link-kind member remote-as country ip-version protocol hour; at most four, by"
                        + " commas (default: member)")
        private String by;

        @Option(names = "--where", paramLabel = "FILTER", description = "as in the explorer: 'link = PNH-SHV-1'")
        private String where;

        @Option(
                names = "--count",
                paramLabel = "LINKS",
                description = "where traffic is added up: members border edge every-link (default: by the question, so"
                        + " that each octet counts once)")
        private String count;

        @Option(names = "--direction", paramLabel = "WAY", description = "in, out or both")
        private String direction;

        @Option(names = "--from", paramLabel = "TIME", description = "now-24h, 2026-10-01, 2026-10-01T00:00Z")
        private String from;

        @Option(names = "--to", paramLabel = "TIME", description = "excluded (default: now)")
        private String to;

        @Option(
                names = "--measure",
                paramLabel = "MEASURE",
                description = "bits-per-second packets-per-second octets percent-of-link")
        private String measure;

        @Option(names = "--order", paramLabel = "COLUMN", description = "p95 mean max last octets")
        private String order;

        @Option(names = "--compare", paramLabel = "TIME", description = "previous: beside the same hours before")
        private String compare;

        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("by", by);
            parameters.put("where", where);
            parameters.put("count", count);
            parameters.put("direction", direction);
            parameters.put("from", from);
            parameters.put("to", to);
            parameters.put("measure", measure);
            parameters.put("order", order);
            parameters.put("compare", compare);
            parameters.put("top", page.rows(console));
            return page.show(console, "/traffic", parameters);
        }
    }
}
