// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Help on a command or a topic. */
@CommandLine.Command(
        name = "help",
        mixinStandardHelpOptions = true,
        description = "Shows how a command is used, or explains a topic: exit-codes, environment, formatting.",
        footerHeading = "%nExample:%n",
        footer = "  tonle help exit-codes")
final class HelpCommand implements Command {
    @Parameters(paramLabel = "COMMAND|TOPIC", arity = "0..*", description = "a command, such as: traffic top")
    private List<String> words = new ArrayList<>();

    private static final String ENVIRONMENT = """
            NO_COLOR          set to anything: no colour
            COLUMNS           width of the terminal, where tables drop columns from the right
            TERM=dumb         no colour, no pager
            PAGER             shows long text at a terminal (less where there is one; cat for none)
            BROWSER           opens the address of --web at a terminal
            TONLE_JAVA_HOME   the JDK that ./tonle starts with
            TONLE_AOT=off     start without the cache of loaded classes
            """;

    private static final String FORMATTING = """
            On a terminal    aligned tables, ten rows each (--limit N), short figures, bars
            In a pipe        tab-separated rows, all of them, exact figures; --header adds a heading line
                             status gives a line a fact: listeners.netflow.port and its value
            --json           one JSON document; --json=a,b picks fields; an unknown field lists all
            --ndjson         one JSON document a row
            --csv            RFC 4180, with a heading line

            Data goes to standard output, everything else to standard error: progress after half a
            second, a plain line every ten seconds where standard error is no terminal, nothing with -q.
            Field names are those of the pages' .json and stay the same within a major version.
            """;

    @Override
    public ExitCode run(Console console) {
        CommandLine at = Main.commandLine(console);
        if (words.size() == 1 && TOPICS.containsKey(words.getFirst())) {
            console.out().print(TOPICS.get(words.getFirst()));
            return ExitCode.DONE;
        }
        for (String word : words) {
            CommandLine next = at.getSubcommands().get(word);
            if (next == null) {
                List<String> known = new ArrayList<>(TOPICS.keySet());
                at.getSubcommands().forEach((name, command) -> {
                    if (!command.getCommandSpec().usageMessage().hidden()) {
                        known.add(name);
                    }
                });
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "there is no command or topic '" + word + "'",
                        Main.nearest(word, known) + "all: " + String.join(" ", known));
            }
            at = next;
        }
        at.usage(console.out(), at.getColorScheme());
        return ExitCode.DONE;
    }

    private static String exitCodes() {
        StringBuilder text = new StringBuilder();
        for (ExitCode code : ExitCode.values()) {
            text.append(String.format("%4d  %s%n", code.number(), code.meaning()));
        }
        return text.toString();
    }

    private static final Map<String, String> TOPICS =
            new TreeMap<>(Map.of("exit-codes", exitCodes(), "environment", ENVIRONMENT, "formatting", FORMATTING));
}
