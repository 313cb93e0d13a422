// SPDX-License-Identifier: Apache-2.0
package tonle.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs of others that a test speaks with. Where one is missing the test skips and says which; CI installs them all.
 */
public final class Peers {
    private Peers() {}

    /** The program's path; skips the calling test where it is not installed. */
    public static Path need(String program) {
        Optional<Path> found = find(program);
        Assumptions.assumeTrue(found.isPresent(), () -> "peer not installed: " + program);
        return found.orElseThrow();
    }

    public static Optional<Path> find(String program) {
        for (String folder : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":")) {
            Path candidate = Path.of(folder, program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
