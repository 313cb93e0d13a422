// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import tonle.base.power.Clock;
import tonle.base.power.SystemClock;

/**
 * Where a command writes: handed in, so that a test sees every octet.
 *
 * @param outIsTerminal whether a person reads {@code out}: then it is aligned and may be coloured
 * @param errIsTerminal whether a person reads {@code err}
 * @param width columns of the terminal
 * @param question the next line that a person types, empty where nobody does
 */
record Console(
        PrintStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int width,
        Map<String, String> environment,
        Clock clock,
        Supplier<String> question) {
    private static final int WIDTH_DEFAULT = 100;

    /** Standard output and error of this process. */
    static Console ofProcess() {
        PrintStream out = new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
        Map<String, String> environment = System.getenv();
        return new Console(
                new PrintStream(new java.io.BufferedOutputStream(out, 1 << 16), false, StandardCharsets.UTF_8),
                err,
                isTerminal(1),
                isTerminal(2),
                width(environment.getOrDefault("COLUMNS", "")),
                environment,
                new SystemClock(),
                Console::lineOfInput);
    }

    /** The same terminal, with what is written kept elsewhere for now. */
    Console writingTo(PrintStream other) {
        return new Console(other, err, outIsTerminal, errIsTerminal, width, environment, clock, question);
    }

    /** Whether colour may be used on {@code out}: never the only sign of anything. */
    boolean hasColour() {
        boolean isDumb = "dumb".equals(environment.get("TERM"));
        return outIsTerminal
                && !isDumb
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    private static String lineOfInput() {
        String line = System.console() == null ? null : System.console().readLine();
        return line == null ? "" : line;
    }

    /** Linux names what a descriptor is open on; elsewhere the JVM knows of standard input and output together only. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.isSymbolicLink(link)) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException _) {
                return false;
            }
        }
        return System.console() != null && System.console().isTerminal();
    }

    private static int width(String columns) {
        return columns.matches("[0-9]{2,3}") ? Integer.parseInt(columns) : WIDTH_DEFAULT;
    }
}
