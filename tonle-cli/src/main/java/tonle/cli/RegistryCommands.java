// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands over the pages of the registry: {@code tonle operator}, {@code tonle site}, {@code tonle registry}. */
final class RegistryCommands {
    private RegistryCommands() {}

    /** The day that is asked for. */
    static final class Day {
        @Option(names = "--day", paramLabel = "YYYY-MM-DD", description = "as it was, is or will be; default: today")
        private String day;

        Map<String, String> parameters() {
            Map<String, String> parameters = new TreeMap<>();
            parameters.put("day", day);
            return parameters;
        }
    }

    /** {@code tonle operator}. */
    @CommandLine.Command(
            name = "operator",
            mixinStandardHelpOptions = true,
            description = "Operators in the registry of the running gateway.",
            subcommands = {Operators.class, Operator.class},
            footerHeading = "%nExample:%n",
            footer = "  tonle operator show AS64496 --table licences")
    static final class OperatorCommand {}

    @CommandLine.Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists operators with AS numbers, links and licences, as the page /operators.",
            footerHeading = "%nExample:%n",
            footer = "  tonle operator list --day 2026-01-01")
    static final class Operators implements Command {
        @Mixin
        private Day day;

        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            return page.show(console, "/operators", day.parameters());
        }
    }

    @CommandLine.Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows one operator by its id or one of its AS numbers.",
            footerHeading = "%nExample:%n",
            footer = "  tonle operator show AS64496 --table licences")
    static final class Operator implements Command {
        @Parameters(paramLabel = "OPERATOR", description = "an id, or AS and a number")
        private String operator;

        @Mixin
        private Day day;

        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            return page.show(console, "/operators/" + operator, day.parameters());
        }
    }

    /** {@code tonle site}. */
    @CommandLine.Command(
            name = "site",
            mixinStandardHelpOptions = true,
            description = "Sites in the registry of the running gateway.",
            subcommands = {Sites.class, Site.class},
            footerHeading = "%nExample:%n",
            footer = "  tonle site show PNH --table devices")
    static final class SiteCommand {}

    @CommandLine.Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists sites with their links, devices and facilities, as the page /sites.",
            footerHeading = "%nExample:%n",
            footer = "  tonle site list --csv")
    static final class Sites implements Command {
        @Mixin
        private Day day;

        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            return page.show(console, "/sites", day.parameters());
        }
    }

    @CommandLine.Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows one site.",
            footerHeading = "%nExample:%n",
            footer = "  tonle site show PNH --table devices")
    static final class Site implements Command {
        @Parameters(paramLabel = "SITE", description = "the site's id")
        private String site;

        @Mixin
        private Day day;

        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            return page.show(console, "/sites/" + site, day.parameters());
        }
    }

    /** {@code tonle registry}. */
    @CommandLine.Command(
            name = "registry",
            mixinStandardHelpOptions = true,
            description = "The registry of the running gateway as a whole, and its changes.",
            subcommands = {
                Registry.class,
                Changes.class,
                Change.class,
                Ladder.class,
                BringUps.class,
                RegistryFiles.Export.class,
                RegistryFiles.Import.class,
                RegistryFiles.Pack.class
            },
            footerHeading = "%nExample:%n",
            footer = "  tonle registry changes --waiting")
    static final class RegistryCommand {}

    @CommandLine.Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows how much the registry holds, its exchanges, regimes and what waits.",
            footerHeading = "%nExample:%n",
            footer = "  tonle registry show --table exchanges")
    static final class Registry implements Command {
        @Mixin
        private Day day;

        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            return page.show(console, "/registry", day.parameters());
        }
    }

    @CommandLine.Command(
            name = "changes",
            mixinStandardHelpOptions = true,
            description = "Lists changes of the registry, the newest first.",
            footerHeading = "%nExample:%n",
            footer = "  tonle registry changes --waiting")
    static final class Changes implements Command {
        @Option(names = "--waiting", description = "those alone that wait for a decision")
        private boolean isWaiting;

        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            Map<String, String> parameters = new TreeMap<>();
            parameters.put("waiting", isWaiting ? "yes" : null);
            return page.show(console, "/registry/changes", parameters);
        }
    }

    @CommandLine.Command(
            name = "change",
            mixinStandardHelpOptions = true,
            description = "Shows one change: what is otherwise, line by line.",
            footerHeading = "%nExample:%n",
            footer = "  tonle registry change CHG-2026-0001")
    static final class Change implements Command {
        @Parameters(paramLabel = "CHANGE", description = "its number")
        private String change;

        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            return page.show(console, "/registry/changes/" + change, new TreeMap<>());
        }
    }

    @CommandLine.Command(
            name = "ladder",
            mixinStandardHelpOptions = true,
            description = "Lists links that have filled up so far that somebody has a duty.",
            footerHeading = "%nExample:%n",
            footer = "  tonle registry ladder --table steps")
    static final class Ladder implements Command {
        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            return page.show(console, "/registry/ladder", new TreeMap<>());
        }
    }

    @CommandLine.Command(
            name = "bring-ups",
            mixinStandardHelpOptions = true,
            description = "Lists links on their way into service, and who is waited for.",
            footerHeading = "%nExample:%n",
            footer = "  tonle registry bring-ups")
    static final class BringUps implements Command {
        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            return page.show(console, "/registry/bring-ups", new TreeMap<>());
        }
    }
}
