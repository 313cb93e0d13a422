// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    @TempDir
    Path folder;

    @Test
    void oneCommandMakesAuthorityCollectorAndExporterAndAnotherRenews() throws IOException {
        Certificates certificates = new Certificates(folder.resolve("certificates"));
        assertThat(certificates.exist()).isFalse();
        assertThat(certificates.list()).isEmpty();

        Certificates.Shown made = certificates.newExporter("pnh-edge-1");

        assertThat(made.fingerprint()).matches("[0-9a-f]{64}");
        assertThat(certificates.exist()).isTrue();
        assertThat(certificates.list())
                .extracting(Certificates.Shown::name)
                .isEqualTo(List.of("authority", "collector", "pnh-edge-1"));
        assertThat(Files.readString(folder.resolve("certificates/exporters/pnh-edge-1.key.pem")))
                .startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThatThrownBy(() -> certificates.newExporter("pnh-edge-1")).hasMessageContaining("certificate renew");

        var before = certificates.context();
        assertThat(certificates.context()).isSameAs(before);
        assertThat(certificates.renewExporter("pnh-edge-1").fingerprint()).isNotEqualTo(made.fingerprint());
        for (String secret : List.of("password", "exporters/pnh-edge-1.key.pem", "exporters/pnh-edge-1.p12")) {
            Path file = folder.resolve("certificates").resolve(secret);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(secret)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aNameThatIsNoIdMakesNoFile() {
        Certificates certificates = new Certificates(folder.resolve("certificates"));
        assertThatThrownBy(() -> certificates.newExporter("../x")).hasMessageContaining("is no id");
        assertThatThrownBy(() -> certificates.renewExporter("nobody")).hasMessageContaining("has no certificate yet");
        assertThat(folder.resolve("certificates")).doesNotExist();
    }
}
