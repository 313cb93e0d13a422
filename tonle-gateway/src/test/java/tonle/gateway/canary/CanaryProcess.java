// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tonle.base.power.SystemClock;

/** The other process, and the talk with it. */
final class CanaryProcess implements AutoCloseable {
    private static final long DEADLINE_NANOS = 60_000_000_000L;

    private final SystemClock clock = new SystemClock();
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;
    private final Path heard;
    private final Map<String, String> ports;

    /** @param said where all that it says is written down */
    CanaryProcess(Path data, Path said) throws IOException {
        heard = said.resolve("stdout");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-Xmx160m",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CanaryTarget.class.getName(),
                        data.toString())
                .redirectError(said.resolve("stderr").toFile())
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        Files.createFile(heard);
        ports = pairs(reply());
    }

    long pid() {
        return process.pid();
    }

    int port(String name) {
        return Integer.parseInt(ports.get(name));
    }

    String order(String line) throws IOException {
        orders.println(line);
        return reply();
    }

    Map<String, String> facts() throws IOException {
        return pairs(order("facts"));
    }

    void await(String what, Predicate<Map<String, String>> condition) throws IOException {
        long end = clock.monotonicNanos() + DEADLINE_NANOS;
        Map<String, String> facts = facts();
        while (!condition.test(facts) && clock.monotonicNanos() < end) {
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            facts = facts();
        }
        assertThat(condition.test(facts)).as("%s; %s", what, facts).isTrue();
    }

    private String reply() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            Files.writeString(heard, line + "\n", java.nio.file.StandardOpenOption.APPEND);
            if (line.startsWith("reply ")) {
                return line;
            }
        }
        throw new IOException(
                "the gateway ended: " + Files.readString(heard) + Files.readString(heard.resolveSibling("stderr")));
    }

    private static Map<String, String> pairs(String line) {
        Map<String, String> pairs = new HashMap<>();
        for (String word : line.split(" ")) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                pairs.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return pairs;
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
