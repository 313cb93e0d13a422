// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {
    private static List<CommandLine> all() {
        Console console = new Console(System.out, System.err, false, false, 100, Map.of(), null, null);
        List<CommandLine> all = new ArrayList<>(List.of(Main.commandLine(console)));
        for (int i = 0; i < all.size(); i++) {
            all.addAll(all.get(i).getSubcommands().values());
        }
        return all;
    }

    private static Stream<String> paths() {
        return all().stream()
                .map(command -> command.getCommandSpec().qualifiedName())
                .filter(name -> !name.endsWith("warm-up"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void everyCommandHasHelpWithAnExampleThatNamesIt(String path) {
        Commands commands = Commands.piped();
        String[] words = (path + " --help").substring("tonle ".length()).split(" ");
        assertThat(commands.run(words)).isZero();
        String example = commands.out().substring(Math.max(0, commands.out().indexOf("Example")));
        assertThat(example).startsWith("Example").contains(path.equals("tonle") ? "tonle " : path);
        assertThat(commands.err()).isEmpty();
    }

    @Test
    void everyExampleIsACommandLineThatCanBeRead() {
        for (CommandLine command : all()) {
            for (String line : command.getCommandSpec().usageMessage().footer()) {
                String text = line.strip().replaceFirst("\\s{3,}.*$", "").replaceFirst("^source <\\((.*)\\)$", "$1");
                text = text.replaceFirst("\\s+[>|] .*$", "");
                if (!text.startsWith("tonle ")) {
                    continue;
                }
                String[] arguments = text.substring("tonle ".length())
                        .replaceAll("'link = PNH-SHV-1'|'link-kind = international'|'00 05 00 01 …'", "X")
                        .split("\\s+");
                for (int i = 0; i < arguments.length; i++) {
                    arguments[i] = arguments[i].equals("--json") ? "--json=" : arguments[i];
                }
                all().getFirst().parseArgs(arguments);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "acount x.pcap, unknown command 'acount' of tonle, nearest: account",
        "exporter lst, unknown command 'lst' of tonle exporter, nearest: list",
        "account --bye protocol x, unknown option --bye of tonle account, nearest: --by",
        "help exit-code, there is no command or topic 'exit-code', nearest: exit-codes",
        "completion fsh, no completion for the shell 'fsh', nearest: fish",
    })
    void aSlipOfThePenIsAnsweredWithTheNearestName(String line, String error, String nearest) {
        Commands commands = Commands.piped();
        assertThat(commands.run(line.split(" "))).isEqualTo(ExitCode.USAGE.number());
        assertThat(commands.err()).startsWith("error: " + error).contains(nearest, "all: ");
        assertThat(commands.out()).isEmpty();
    }

    @Test
    void topicsAreExplained() {
        Commands commands = Commands.piped();
        assertThat(commands.run("help", "exit-codes")).isZero();
        for (ExitCode code : ExitCode.values()) {
            assertThat(commands.out()).contains(code.number() + "  " + code.meaning());
        }
        assertThat(commands.run("help", "environment")).isZero();
        assertThat(commands.out()).contains("NO_COLOR");
        assertThat(commands.run("help", "formatting")).isZero();
        assertThat(commands.out()).contains("--json=a,b");
        assertThat(commands.run("help", "traffic", "top")).isZero();
        assertThat(commands.out()).contains("tonle traffic top --by member");
    }

    @Test
    void commandsForDevelopersAreNotListed() {
        Commands commands = Commands.piped();
        commands.run("--help");
        assertThat(commands.out()).contains("account", "dissect").doesNotContain("conformance", "warm-up");
    }

    @Test
    void colourIsLeftOutWhereItIsNotWanted() {
        Commands colourful = Commands.typed(Map.of("TERM", "xterm"));
        colourful.run("--help");
        assertThat(colourful.out()).contains("\u001b[");
        Commands plain = Commands.typed(Map.of("NO_COLOR", "1"));
        plain.run("--help");
        assertThat(plain.out()).doesNotContain("\u001b[");
        Commands dumb = Commands.typed(Map.of("TERM", "dumb"));
        dumb.run("--help");
        assertThat(dumb.out()).doesNotContain("\u001b[");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish", "powershell"})
    void completionNamesCommandsAndOptionsThatThereAre(String shell) {
        Commands commands = Commands.piped();
        assertThat(commands.run("completion", shell)).isZero();
        assertThat(commands.out())
                .contains("account", "exit-codes", "traffic", "bin-seconds")
                .doesNotContain("conformance");
    }

    @Test
    void theWarmUpSaysNothing() {
        Commands commands = Commands.piped();
        assertThat(commands.run("warm-up")).isZero();
        assertThat(commands.out()).isEmpty();
    }
}
