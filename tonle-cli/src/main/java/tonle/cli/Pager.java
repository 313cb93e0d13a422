// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Long text at a terminal, screen by screen: {@code PAGER}, else {@code less} where there is one; none for {@code cat},
 * for nothing, or for text that fits any screen.
 */
final class Pager {
    private static final int LINES_SHORT = 20;

    private Pager() {}

    static void print(Console console, String text) throws IOException {
        String command = command(console.environment());
        if (!console.outIsTerminal()
                || command.isEmpty()
                || text.lines().limit(LINES_SHORT + 1L).count() <= LINES_SHORT) {
            console.out().print(text);
            return;
        }
        console.out().flush();
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // Quit where one screen holds it, leave it on the screen, and let lines wider than the screen run on.
        builder.environment().putIfAbsent("LESS", "FRXS");
        Process pager;
        try {
            pager = builder.start();
        } catch (IOException _) {
            console.out().print(text);
            return;
        }
        try (OutputStream input = pager.getOutputStream()) {
            input.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // Left before the end: the reader has seen enough.
        }
        try {
            pager.waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String command(Map<String, String> environment) {
        if (environment.containsKey("PAGER")) {
            String asked = environment.get("PAGER").strip();
            return asked.equals("cat") ? "" : asked;
        }
        if ("dumb".equals(environment.get("TERM"))) {
            return "";
        }
        for (String folder : environment.getOrDefault("PATH", "").split(":")) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "less"))) {
                return "less";
            }
        }
        return "";
    }
}
