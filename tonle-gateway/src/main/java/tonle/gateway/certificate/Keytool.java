// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the {@code keytool} of the JDK that Tonle itself runs on. The password goes by file, never by argument. */
final class Keytool {
    private static final int SECONDS_MAX = 60;

    private final Path passwordFile;

    Keytool(Path passwordFile) {
        this.passwordFile = passwordFile;
    }

    /** Does {@code command} with the key store {@code store}. */
    void run(Path store, String command, String... arguments) throws IOException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
        if (!Files.isExecutable(program)) {
            throw new IOException(
                    "certificates are made by keytool, and " + program + " is missing; use a whole JDK 25");
        }
        List<String> line = new ArrayList<>(List.of(program.toString(), command));
        line.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
        line.addAll(List.of("-storepass:file", passwordFile.toString()));
        line.addAll(List.of(arguments));
        Path output = Files.createTempFile(store.toAbsolutePath().getParent(), ".keytool", ".log");
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("keytool " + command + " took longer than " + SECONDS_MAX + " s and was ended");
            }
            if (process.exitValue() != 0) {
                String words = Files.readString(output, StandardCharsets.UTF_8).strip();
                throw new IOException("keytool " + command + " failed: " + words);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool worked", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
