// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationWatchTest {
    @TempDir
    Path folder;

    private long millis = 1_000_000;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        millis += 1_000;
        Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
        return file;
    }

    @Test
    void aChangeIsSaidOnceWhenItHasStoodForOneLook() throws IOException {
        ConfigurationWatch watch = new ConfigurationWatch(write("tonle.yaml", "gateway: {name: A}"));
        assertThat(watch.hasChanged()).isFalse();
        write("tonle.yaml", "gateway: {name: B");
        assertThat(watch.hasChanged()).as("it may still be written").isFalse();
        write("tonle.yaml", "gateway: {name: B}");
        assertThat(watch.hasChanged()).as("it was").isFalse();
        assertThat(watch.hasChanged()).isTrue();
        assertThat(watch.hasChanged()).isFalse();
    }

    @Test
    void theSameTextWrittenAgainIsNoChange() throws IOException {
        ConfigurationWatch watch = new ConfigurationWatch(write("tonle.yaml", "gateway: {name: A}"));
        write("tonle.yaml", "gateway: {name: A}");
        assertThat(watch.hasChanged()).isFalse();
        assertThat(watch.hasChanged()).isFalse();
    }

    @Test
    void filesOfTakenInExportersBelongToIt() throws IOException {
        ConfigurationWatch watch = new ConfigurationWatch(write("tonle.yaml", "gateway: {name: A}"));
        Path taken = write("exporters.d/e1.yaml", "exporters: []");
        watch.hasChanged();
        assertThat(watch.hasChanged()).isTrue();
        Files.delete(taken);
        watch.hasChanged();
        assertThat(watch.hasChanged()).isTrue();
        assertThat(watch.hasChanged()).isFalse();
    }

    @Test
    void whatAnOrderHasReadIsNotReadAgain() throws IOException {
        ConfigurationWatch watch = new ConfigurationWatch(folder.resolve("tonle.yaml"));
        assertThat(watch.hasChanged()).isFalse();
        write("tonle.yaml", "gateway: {name: B}");
        watch.noteRead();
        assertThat(watch.hasChanged()).isFalse();
        assertThat(watch.hasChanged()).isFalse();
    }
}
