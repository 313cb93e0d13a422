// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tonle.portal.PortalSettings;
import tonle.traffic.store.Retention;

class KeysTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("tonle.root", ".."), "docs", "CONFIGURATION.md");

    @Test
    void theDefaultsAreThese() {
        Configuration defaults = ConfigurationFile.defaults(Path.of("."));

        assertThat(defaults.topology().gatewayName()).isEqualTo("Tonle gateway");
        assertThat(defaults.topology().members()).isEmpty();
        GatewayConfig gateway = defaults.gateway();
        assertThat(gateway.listen().udp().toString()).isEqualTo("[127.0.0.1:2055, 127.0.0.1:4739, 127.0.0.1:6343]");
        assertThat(gateway.listen().tcp().toString()).isEqualTo("[127.0.0.1:4739]");
        assertThat(gateway.listen().tls().toString()).isEqualTo("[127.0.0.1:4740]");
        assertThat(gateway.listen().workers()).isZero();
        assertThat(gateway.listen().receiveBufferKib()).isEqualTo(64 << 10);
        assertThat(gateway.listen().queueKib()).isEqualTo(32 << 10);
        assertThat(gateway.listen().sessions()).isEqualTo(256);
        assertThat(gateway.listen().idleSeconds()).isEqualTo(1_800);
        assertThat(gateway.portal())
                .isEqualTo(new GatewayConfig.Portal(
                        PortalSettings.PORT_DEFAULT,
                        PortalSettings.ZONE_DEFAULT,
                        PortalSettings.LICENCE_DEFAULT,
                        true));
        assertThat(gateway.retention()).isEqualTo(Retention.DEFAULT);
        assertThat(gateway.policies()).isEqualTo(new GatewayConfig.Policies(false, false));
        assertThat(gateway.tables()).isEqualTo(new GatewayConfig.Tables(List.of(), List.of()));
    }

    @Test
    void everySocketOfTheDefaultsIsOnLoopback() {
        GatewayConfig gateway = ConfigurationFile.defaults(Path.of(".")).gateway();

        assertThat(gateway.listen().udp()).allMatch(ListenSocket::isLoopback);
        assertThat(gateway.listen().tcp()).allMatch(ListenSocket::isLoopback);
        assertThat(gateway.listen().tls()).allMatch(ListenSocket::isLoopback);
    }

    @Test
    void everyKeyIsDocumentedWithItsDefaultAndLimits() throws IOException {
        String document = Files.readString(DOCUMENT);

        assertThat(document).as("docs/CONFIGURATION.md must hold this table").contains(table());
    }

    @Test
    void theExampleOfTheDocumentIsReadAndUsesEveryKey() throws IOException {
        String document = Files.readString(DOCUMENT);
        String example = document.substring(document.indexOf("```yaml\n") + 8);
        example = example.substring(0, example.indexOf("```"));

        assertThat(ConfigurationFile.parse("example", example, Path.of("."), 1)
                        .topology()
                        .links())
                .isNotEmpty();
        for (Key key : Keys.ALL) {
            assertThat(example).contains(key.name() + ":");
        }
    }

    /** The reference table as the document must show it. */
    private static String table() {
        return "| Key | Value | Default | Meaning |\n|---|---|---|---|\n"
                + Keys.ALL.stream().map(KeysTest::row).collect(Collectors.joining("\n"));
    }

    private static String row(Key key) {
        String limits = key.max() == 0
                        || key.kind() == Key.Kind.SECTION
                        || key.kind() == Key.Kind.ID
                        || key.kind() == Key.Kind.SPEED
                ? ""
                : ", " + key.min() + " to " + key.max() + unit(key.kind());
        String fallback =
                key.isRequired() ? "**required**" : key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
        return "| `" + key.path() + "` | " + key.kind().words() + limits + " | " + fallback + " | " + key.meaning()
                + " |";
    }

    private static String unit(Key.Kind kind) {
        return switch (kind) {
            case TEXT -> " letters";
            case SECTIONS, TEXTS, FILES, SOCKETS -> " entries";
            case SECTION, ID, NUMBER, FLAG, SPEED, TIME, CHOICE -> "";
        };
    }
}
