// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** What stands before an act that changes something: a question on a terminal, {@code --yes} elsewhere. */
final class Consent {
    @Option(names = "--yes", description = "do it without asking; needed where nobody can be asked", order = 85)
    private boolean yes;

    @Option(
            names = {"-n", "--dry-run"},
            description = "say what would be done, and do nothing",
            order = 86)
    private boolean dryRun;

    /** Whether to say what would be done and no more, for commands that look before they ask. */
    boolean isDry() {
        return dryRun;
    }

    boolean isGiven(Console console, String act) {
        if (dryRun) {
            console.out().println("would " + act);
            return false;
        }
        if (yes) {
            return true;
        }
        return asked(console, act);
    }

    /** Asks on a terminal; elsewhere it is a mistake not to have said so before. */
    private static boolean asked(Console console, String act) {
        if (!console.outIsTerminal() || !console.errIsTerminal()) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "nobody can be asked whether to " + act, "add --yes, or see it with --dry-run");
        }
        console.err().print(act.substring(0, 1).toUpperCase(Locale.ROOT) + act.substring(1) + "? [y/N] ");
        console.err().flush();
        String answer = console.question().get().strip().toLowerCase(Locale.ROOT);
        if (answer.equals("y") || answer.equals("yes")) {
            return true;
        }
        console.err().println("nothing was done");
        return false;
    }
}
