// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What one whole process with all its children cost, from start to exit: as GNU time counts it by wait4(2). */
record Cost(double wallSeconds, double cpuSeconds, long peakKibibytes) {
    private static final int PATIENCE_SECONDS = 900;

    /** Runs {@code command} in {@code folder}, its output into {@code output}. */
    static Cost of(List<String> command, Path folder, Path output, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path figures = Files.createTempFile(folder, "cost", ".txt");
        List<String> timed = new ArrayList<>(List.of("time", "-q", "-f", "%e %U %S %M", "-o", figures.toString()));
        timed.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(timed).directory(folder.toFile());
        builder.environment().putAll(environment);
        Path words = output.resolveSibling(output.getFileName() + ".err");
        Process process = builder.redirectOutput(output.toFile())
                .redirectError(words.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("gave up after " + PATIENCE_SECONDS + " s: " + String.join(" ", command));
        }
        String[] parts = Files.readString(figures).strip().split("\\s+");
        Files.delete(figures);
        if (process.exitValue() != 0 || parts.length != 4) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue() + ": "
                    + Files.readString(words).strip());
        }
        return new Cost(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]) + Double.parseDouble(parts[2]),
                Long.parseLong(parts[3]));
    }
}
