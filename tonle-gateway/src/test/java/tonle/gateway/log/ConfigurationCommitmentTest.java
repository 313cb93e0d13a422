// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationCommitmentTest {
    @TempDir
    Path folder;

    @Test
    void equalConfigurationsMakeEqualCommitmentsAndOthersDoNot() throws Exception {
        Path a = Files.writeString(folder.resolve("a.yaml"), "sites: []\n");
        Path b = Files.writeString(folder.resolve("b.yaml"), "exporters: []\n");
        ConfigurationCommitment commitment = new ConfigurationCommitment(folder);
        var whole = commitment.of(List.of(a, b));
        assertThat(new ConfigurationCommitment(folder).of(List.of(a, b))).isEqualTo(whole);
        assertThat(commitment.of(List.of(a))).isNotEqualTo(whole);
        assertThat(commitment.of(List.of())).isNotEqualTo(commitment.of(List.of(a)));
        Files.writeString(b, "exporters: [ ]\n");
        assertThat(commitment.of(List.of(a, b))).isNotEqualTo(whole);
    }

    @Test
    void theSecretIsTheOwnersAloneAndAnotherOneMakesAnotherCommitment() throws Exception {
        Path a = Files.writeString(folder.resolve("a.yaml"), "sites: []\n");
        var first = new ConfigurationCommitment(folder).of(List.of(a));
        Path secret = folder.resolve("configuration-secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        Files.delete(secret);
        assertThat(new ConfigurationCommitment(folder).of(List.of(a))).isNotEqualTo(first);
    }
}
