// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tonle rule}: the rules that matter, in the register of the running gateway. */
@CommandLine.Command(
        name = "rule",
        mixinStandardHelpOptions = true,
        description = "Rules in their versions: what holds, what is open to comments, what was said and answered.",
        subcommands = {RuleCommand.Rules.class, RuleCommand.Show.class},
        footerHeading = "%nExample:%n",
        footer = "  tonle rule show retention 2 --table difference")
final class RuleCommand {
    private RuleCommand() {}

    /** {@code tonle rule list}. */
    @CommandLine.Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the rules in force, or with --table versions the others, as the page /rules.",
            footerHeading = "%nExample:%n",
            footer = "  tonle rule list --table versions")
    static final class Rules implements Command {
        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            return page.show(console, "/rules", Map.of());
        }
    }

    /** {@code tonle rule show}. */
    @CommandLine.Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows what was said about a version of a rule, or with --table difference what it changes.",
            footerHeading = "%nExample:%n",
            footer = "  tonle rule show retention 2")
    static final class Show implements Command {
        @Parameters(index = "0", paramLabel = "RULE", description = "its word: retention, tariffs, …")
        private String rule;

        @Parameters(index = "1", paramLabel = "VERSION", description = "the number of the version")
        private int version;

        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            return page.show(console, "/rules/" + rule + "/" + version, Map.of());
        }
    }
}
