// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command that shows a page of the gateway shares: where it runs, how its rows stand and are written. */
final class PageOptions {
    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final int SECONDS_MAX = 86_400;

    @Mixin
    private Remote remote;

    @Mixin
    private Output output;

    @Option(names = "--table", paramLabel = "NAME", description = "another of the page's tables", order = 70)
    private String table;

    @Option(
            names = "--sort",
            paramLabel = "COLUMN",
            description = "the rows by a column: lost, lost:ascending",
            order = 71)
    private String sort;

    @Option(
            names = "--web",
            description = "print the page's address instead; on a terminal, open it in BROWSER as well",
            order = 72)
    private boolean web;

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            arity = "0..1",
            fallbackValue = "10",
            description =
                    "on a terminal: show it anew every so many seconds (${FALLBACK-VALUE} unless said), until Ctrl-C",
            order = 73)
    private String watch;

    @Option(names = "--no-pager", description = "no pager; PAGER=cat in the environment does the same", order = 74)
    private boolean noPager;

    Remote remote() {
        return remote;
    }

    /** How many rows the reader wants, for pages that are told; {@code null} for all. */
    String rows(Console console) {
        int limit = output.limit(output.shape(console));
        return limit == Integer.MAX_VALUE ? null : Integer.toString(limit);
    }

    /**
     * Shows the page at {@code path}.
     *
     * @param parameters as in the page's address; those with {@code null} or nothing are left out
     */
    ExitCode show(Console console, String path, Map<String, String> parameters) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.put("table", table);
        all.put("sort", sort);
        if (web) {
            return open(console, path, all);
        }
        if (watch != null) {
            return watched(console, path, all);
        }
        if (output.shape(console) != Output.Shape.TEXT || noPager) {
            return remote.show(console, output, path, all);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ExitCode code = remote.show(console.writingTo(printing(text)), output, path, all);
        Pager.print(console, text.toString(StandardCharsets.UTF_8));
        return code;
    }

    private ExitCode open(Console console, String path, Map<String, String> parameters) throws IOException {
        String address = "http://localhost:" + remote.pagesPort() + path + Remote.query(parameters);
        console.out().println(address);
        console.out().flush();
        String browser = console.environment().getOrDefault("BROWSER", "");
        if (console.outIsTerminal() && !browser.isEmpty()) {
            new ProcessBuilder(browser, address)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
        return ExitCode.DONE;
    }

    /** Ends when the user interrupts it, or when the gateway no longer answers. */
    private ExitCode watched(Console console, String path, Map<String, String> parameters) throws IOException {
        long seconds = seconds();
        if (output.shape(console) != Output.Shape.TEXT) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--watch redraws a terminal", "in a pipe, let a timer run the command again");
        }
        while (true) {
            // Drawn whole before the screen is cleared: no flicker while the gateway thinks.
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            remote.show(console.writingTo(printing(text)), output, path, parameters);
            console.out().print(CLEAR + text.toString(StandardCharsets.UTF_8));
            console.out().flush();
            try {
                Thread.sleep(seconds * 1_000);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return ExitCode.DONE;
            }
        }
    }

    private long seconds() {
        String digits = watch.endsWith("s") ? watch.substring(0, watch.length() - 1) : watch;
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > SECONDS_MAX) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--watch is '" + watch + "'", "whole seconds from 1 to " + SECONDS_MAX);
        }
        return Long.parseLong(digits);
    }

    private static PrintStream printing(ByteArrayOutputStream text) {
        return new PrintStream(text, true, StandardCharsets.UTF_8);
    }
}
