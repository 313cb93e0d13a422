// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code tonle completion}: a script that lets a shell complete commands and options. */
@CommandLine.Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script that lets a shell complete commands and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(tonle completion bash)",
            "  tonle completion zsh > ~/.zfunc/_tonle",
            "  tonle completion fish > ~/.config/fish/completions/tonle.fish",
            "  tonle completion powershell | Out-String | Invoke-Expression"
        })
final class CompletionCommand implements Command {
    private static final List<String> SHELLS = List.of("bash", "zsh", "fish", "powershell");

    @Parameters(paramLabel = "SHELL", description = "bash, zsh, fish or powershell")
    private String shell;

    @Override
    public ExitCode run(Console console) {
        CompletionScript script = new CompletionScript(Main.commandLine(console));
        console.out()
                .print(
                        switch (shell) {
                            case "bash" -> script.bash();
                            case "zsh" -> script.zsh();
                            case "fish" -> script.fish();
                            case "powershell" -> script.powershell();
                            default ->
                                throw new CommandFailure(
                                        ExitCode.USAGE,
                                        "no completion for the shell '" + shell + "'",
                                        Main.nearest(shell, SHELLS) + "all: " + String.join(" ", SHELLS));
                        });
        return ExitCode.DONE;
    }
}
