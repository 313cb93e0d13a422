// SPDX-License-Identifier: Apache-2.0
package tonle.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real captures with independently computed answers, kept beside the project, not in it (their licences differ). The
 * property {@code tonle.referenceData} names the folder; where it is absent a test skips, visibly, and CI fails on
 * that.
 */
public final class ReferenceData {
    private ReferenceData() {}

    /** The folder {@code name}, such as {@code flows}; skips the calling test where it is absent. */
    public static Path folder(String name) {
        Path folder = Path.of(System.getProperty("tonle.referenceData", "../shared/data"))
                .resolve(name);
        Assumptions.assumeTrue(
                Files.isDirectory(folder), () -> "reference data absent: " + folder + " (see CONTRIBUTING.md)");
        return folder;
    }
}
