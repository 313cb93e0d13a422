// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void aFileIsThereWholeAndNothingBesideIt() throws Exception {
        Path file = folder.resolve("copy.yaml");
        WholeFile.write(file, "ភ្នំពេញ\n");
        assertThat(file).hasContent("ភ្នំពេញ\n");
        WholeFile.write(file, "shorter\n");
        assertThat(file).hasContent("shorter\n");
        assertThat(names()).containsExactly("copy.yaml");
    }

    @Test
    void whatAStopLeftBehindIsWrittenOver() throws Exception {
        Files.writeString(folder.resolve(".copy.yaml"), "half of something much longer than what comes now");
        WholeFile.write(folder.resolve("copy.yaml"), "whole\n");
        assertThat(folder.resolve("copy.yaml")).hasContent("whole\n");
        assertThat(names()).containsExactly("copy.yaml");
    }

    @Test
    void whereItCannotBeWrittenTheOldOneStays() throws Exception {
        Path file = folder.resolve("copy.yaml");
        WholeFile.write(file, "old\n");
        // A folder stands where the file would be written: even the superuser cannot write there.
        Files.createDirectory(folder.resolve(".copy.yaml"));
        assertThatThrownBy(() -> WholeFile.write(file, "new\n")).isInstanceOf(IOException.class);
        assertThat(file).hasContent("old\n");
    }
}
