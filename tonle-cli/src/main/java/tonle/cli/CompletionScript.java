// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes completion scripts out of the commands themselves, so that they name what there is. Each knows the words that
 * may follow a command path, and leaves file names to the shell.
 */
final class CompletionScript {
    /** Command path without {@code tonle}, such as {@code traffic top}, to the words that may follow it. */
    private final Map<String, List<String>> words = new LinkedHashMap<>();

    CompletionScript(CommandLine root) {
        collect("", root);
    }

    private void collect(String path, CommandLine command) {
        List<String> next = new ArrayList<>();
        command.getSubcommands().forEach((name, sub) -> {
            if (!sub.getCommandSpec().usageMessage().hidden()) {
                next.add(name);
                collect(path.isEmpty() ? name : path + " " + name, sub);
            }
        });
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                next.add(option.longestName());
            }
        }
        if (path.equals("help")) {
            next.addAll(List.of("exit-codes", "environment", "formatting"));
        }
        if (path.equals("completion")) {
            next.addAll(List.of("bash", "zsh", "fish", "powershell"));
        }
        words.put(path, next.stream().sorted().toList());
    }

    String bash() {
        return """
                # bash completion for tonle
                _tonle() {
                    local current="${COMP_WORDS[COMP_CWORD]}" path="" word words=""
                    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                        case "$word" in
                            -*) ;;
                            *) case "$path $word" in
                %s                    *) ;;
                                esac ;;
                        esac
                    done
                    case "$path" in
                %s    esac
                    COMPREPLY=($(compgen -W "$words" -- "$current"))
                    [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
                }
                complete -o filenames -F _tonle tonle ./tonle
                """.formatted(
                        words.keySet().stream()
                                .filter(path -> !path.isEmpty())
                                .map(path -> "                    \" " + path + "\"" + ") path=\" " + path + "\" ;;\n")
                                .collect(Collectors.joining()),
                        words.entrySet().stream()
                                .map(each -> "        \"" + (each.getKey().isEmpty() ? "" : " " + each.getKey())
                                        + "\") words=\"" + String.join(" ", each.getValue()) + "\" ;;\n")
                                .collect(Collectors.joining()));
    }

    /** zsh runs bash's script through its own emulation of it. */
    String zsh() {
        return "#compdef tonle\nautoload -U +X bashcompinit && bashcompinit\n" + bash();
    }

    String fish() {
        StringBuilder script = new StringBuilder("# fish completion for tonle\n");
        words.forEach((path, next) -> {
            String condition = path.isEmpty()
                    ? "__fish_use_subcommand"
                    : path.lines()
                            .flatMap(line -> List.of(line.split(" ")).stream())
                            .map(word -> "__fish_seen_subcommand_from " + word)
                            .collect(Collectors.joining("; and "));
            for (String word : next) {
                String what = word.startsWith("--") ? "-l " + word.substring(2) : "-a " + word;
                script.append("complete -c tonle -n '")
                        .append(condition)
                        .append("' ")
                        .append(what)
                        .append('\n');
            }
        });
        return script.toString();
    }

    String powershell() {
        String table = words.entrySet().stream()
                .map(each -> "    '" + each.getKey() + "' = '" + String.join(" ", each.getValue()) + "'\n")
                .collect(Collectors.joining());
        return """
                # PowerShell completion for tonle
                $tonleWords = @{
                %s}
                Register-ArgumentCompleter -Native -CommandName tonle -ScriptBlock {
                    param($current, $line, $position)
                    $path = ''
                    foreach ($element in $line.CommandElements | Select-Object -Skip 1) {
                        $next = ($path + ' ' + $element.ToString()).Trim()
                        if ($tonleWords.ContainsKey($next)) { $path = $next }
                    }
                    $tonleWords[$path] -split ' ' | Where-Object { $_ -like "$current*" } | ForEach-Object {
                        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                    }
                }
                """.formatted(table);
    }
}
