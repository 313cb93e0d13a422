// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tonle.testkit.SettableClock;

/** Runs command lines inside the test and keeps what they said. */
final class Commands {
    private final boolean isTerminal;
    private final String answer;
    private final Map<String, String> environment;
    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Commands(boolean isTerminal, String answer, Map<String, String> environment) {
        this.isTerminal = isTerminal;
        this.answer = answer;
        this.environment = environment;
    }

    /** As in a pipe. */
    static Commands piped() {
        return new Commands(false, "", Map.of());
    }

    /** As at a terminal, where somebody types {@code answer} when asked. */
    static Commands typed(String answer) {
        return new Commands(true, answer, Map.of());
    }

    static Commands typed(Map<String, String> environment) {
        return new Commands(true, "", environment);
    }

    int run(String... arguments) {
        out = new ByteArrayOutputStream();
        err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                isTerminal,
                isTerminal,
                100,
                environment,
                new SettableClock(1_790_000_000_000L),
                () -> answer);
        return Main.run(console, arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
