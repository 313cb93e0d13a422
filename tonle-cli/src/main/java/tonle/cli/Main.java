// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import tonle.base.NearestName;
import tonle.gateway.config.ConfigurationRefused;

/** Where the program starts: reads the command line, runs the command and ends with an {@link ExitCode}. */
public final class Main {
    private Main() {}

    static void main(String[] arguments) {
        Console console = Console.ofProcess();
        int exitCode = run(console, arguments);
        console.out().flush();
        // A reader that went away (head, a pager that was left) is no failure of ours: quiet, as for other tools.
        System.exit(exitCode);
    }

    /** Runs one command line; everything it says goes to {@code console}. */
    static int run(Console console, String... arguments) {
        CommandLine commands = commandLine(console);
        addDevelopersCommand(commands, arguments);
        try {
            CommandLine.ParseResult parsed = commands.parseArgs(normal(arguments));
            Integer helped = CommandLine.executeHelpRequest(parsed);
            if (helped != null) {
                return helped;
            }
            List<CommandLine> line = parsed.asCommandLineList();
            CommandLine last = line.getLast();
            Object command = last.getCommand();
            if (command instanceof Command action) {
                return action.run(console).number();
            }
            last.usage(console.out());
            return line.size() == 1 ? ExitCode.DONE.number() : ExitCode.USAGE.number();
        } catch (ParameterException e) {
            return fail(console, usageFailure(e));
        } catch (CommandFailure e) {
            return fail(console, e);
        } catch (ConfigurationRefused e) {
            String[] problems = e.getMessage().split("\n");
            return fail(console, new CommandFailure(ExitCode.USAGE, "the configuration is refused", problems));
        } catch (IOException | UncheckedIOException e) {
            return fail(console, ioFailure(e instanceof UncheckedIOException u ? u.getCause() : (IOException) e));
        } finally {
            console.out().flush();
        }
    }

    /** {@code conformance} is for developers: a release is packed without its classes and then does not know it. */
    private static void addDevelopersCommand(CommandLine commands, String... arguments) {
        if (arguments.length > 0 && arguments[0].equals("conformance")) {
            try {
                commands.addSubcommand(Class.forName("tonle.cli.ConformanceCommand"));
            } catch (ClassNotFoundException _) {
                // A release: the word is as unknown as any other, and is answered so.
            }
        }
    }

    /** The whole tree of commands, made anew: commands keep what was parsed into them. */
    static CommandLine commandLine(Console console) {
        CommandLine commands = new CommandLine(new TonleCommand());
        commands.setOut(new java.io.PrintWriter(console.out(), true));
        commands.setErr(new java.io.PrintWriter(console.err(), true));
        commands.setUsageHelpWidth(Math.clamp(console.width(), 80, 120));
        CommandLine.Help.Ansi ansi = console.hasColour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
        return commands;
    }

    /** {@code --json} takes its fields behind an equals sign only: what follows it is the next argument. */
    private static String[] normal(String[] arguments) {
        List<String> normal = new ArrayList<>(Arrays.asList(arguments));
        int end = normal.indexOf("--");
        for (int i = 0; i < (end < 0 ? normal.size() : end); i++) {
            if (normal.get(i).equals("--json")) {
                normal.set(i, "--json=");
            }
        }
        return normal.toArray(String[]::new);
    }

    private static CommandFailure usageFailure(ParameterException e) {
        CommandLine at = e.getCommandLine();
        String name = at.getCommandSpec().qualifiedName();
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().getFirst();
            return word.startsWith("-") ? unknownOption(at.getCommandSpec(), word) : unknownWord(at, word);
        }
        return new CommandFailure(ExitCode.USAGE, lowerFirst(e.getMessage()), name + " --help");
    }

    private static CommandFailure unknownOption(CommandSpec spec, String word) {
        String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        List<String> known = spec.options().stream()
                .filter(each -> !each.hidden())
                .map(each -> each.longestName())
                .sorted()
                .toList();
        return new CommandFailure(
                ExitCode.USAGE,
                "unknown option " + option + " of " + spec.qualifiedName(),
                nearest(option, known) + "all: " + String.join(" ", known));
    }

    private static CommandFailure unknownWord(CommandLine at, String word) {
        List<String> known = at.getSubcommands().entrySet().stream()
                .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
                .map(java.util.Map.Entry::getKey)
                .sorted()
                .toList();
        String name = at.getCommandSpec().qualifiedName();
        if (known.isEmpty()) {
            return new CommandFailure(ExitCode.USAGE, name + " takes no argument '" + word + "'", name + " --help");
        }
        return new CommandFailure(
                ExitCode.USAGE,
                "unknown command '" + word + "' of " + name,
                nearest(word, known) + "all: " + String.join(" ", known));
    }

    static String nearest(String word, List<String> known) {
        return NearestName.of(word, known)
                .map(name -> "nearest: " + name + "      ")
                .orElse("");
    }

    private static CommandFailure ioFailure(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            String[] hints = missing.getReason() == null ? new String[0] : new String[] {missing.getReason()};
            return new CommandFailure(ExitCode.NOT_REACHABLE, "there is no file " + missing.getFile(), hints);
        }
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new CommandFailure(ExitCode.NOT_REACHABLE, reason);
    }

    private static int fail(Console console, CommandFailure failure) {
        console.out().flush();
        console.err().println("error: " + failure.getMessage());
        for (String hint : failure.hints()) {
            console.err().println("       " + hint);
        }
        return failure.exitCode().number();
    }

    private static String lowerFirst(String message) {
        boolean isWord = message.length() > 1 && Character.isLowerCase(message.charAt(1));
        return isWord ? Character.toLowerCase(message.charAt(0)) + message.substring(1) : message;
    }
}
