// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.util.List;

/** Ends a command with words: what went wrong, then what to do. Never for defects of our own. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final ExitCode exitCode;
    private final transient List<String> hints;

    CommandFailure(ExitCode exitCode, String message, String... hints) {
        super(message, null, false, false);
        this.exitCode = exitCode;
        this.hints = List.of(hints);
    }

    ExitCode exitCode() {
        return exitCode;
    }

    List<String> hints() {
        return hints;
    }
}
