// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tonle.testkit.ReferenceData;

/** Proofs and logs that others computed: what they take we take, what they refuse we refuse, octet for octet. */
class LogReferenceDataTest {
    @TestFactory
    Stream<DynamicTest> publishedTreesAndProofsAreEqual() throws IOException {
        ConformanceCases cases =
                ConformanceOfLogs.of(ReferenceData.folder("shield").resolve("tlog"));
        assertThat(cases.cases()).hasSize(63 + 70 + 17);
        return tests(cases);
    }

    @TestFactory
    Stream<DynamicTest> rootsAndProofsOfSmallTreesAreEqual() throws IOException {
        ConformanceCases cases = ConformanceOfProofs.of(
                ReferenceData.folder("revenue").resolve("evidence").resolve(ConformanceOfProofs.FILE));
        assertThat(cases.cases()).hasSizeGreaterThanOrEqualTo(19);
        return tests(cases);
    }

    private static Stream<DynamicTest> tests(ConformanceCases cases) {
        return cases.cases().stream()
                .map(name -> DynamicTest.dynamicTest(
                        name, () -> assertThat(cases.differences(name)).isEmpty()));
    }

    @Test
    void aDamagedFileIsNamedByItsCases(@TempDir Path copy) throws IOException {
        Path original = ReferenceData.folder("shield").resolve("tlog");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(original.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Path bundle = copy.resolve("tessera/tile/entries/000.p/7");
        byte[] octets = Files.readAllBytes(bundle);
        octets[octets.length - 1] ^= 1;
        Files.write(bundle, octets);
        ConformanceCases cases = ConformanceOfLogs.of(copy);
        assertThat(cases.cases().stream().filter(name -> {
                    try {
                        return !cases.differences(name).isEmpty();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .containsExactly("tessera/checkpoint.7");
        assertThat(cases.differences("tessera/checkpoint.7"))
                .extracting(ConformanceCases.Difference::figure)
                .contains("head", "tile/0/000.p/7", "entry 6");
        Commands commands = Commands.piped();
        assertThat(commands.run("conformance", copy.toString())).isEqualTo(ExitCode.FOUND_NOTHING.number());
        assertThat(commands.out().lines().toList().getLast()).isEqualTo("149 of 150 cases equal");
    }
}
