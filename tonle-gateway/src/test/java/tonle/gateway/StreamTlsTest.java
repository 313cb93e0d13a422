// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.gateway.certificate.Certificates;

class StreamTlsTest {
    /** Made once: each certificate is five runs of keytool. */
    @TempDir
    static Path stock;

    private static String far;
    private static String stranger;
    private static String other;

    @TempDir
    Path folder;

    @BeforeAll
    static void make() throws IOException {
        Certificates certificates = new Certificates(stock.resolve("certificates"));
        far = certificates.newExporter("far").fingerprint();
        stranger = certificates.newExporter("stranger").fingerprint();
        other = certificates.newExporter("other").fingerprint();
    }

    private void giveCertificates() throws IOException {
        try (Stream<Path> all = Files.walk(stock.resolve("certificates"))) {
            for (Path each : all.toList()) {
                Files.copy(each, folder.resolve(stock.relativize(each).toString()));
            }
        }
    }

    @Test
    void anExporterWhoseCertificateTheRegistryKnowsIsMeteredUnderItsNameAndNoOtherIsLetIn() throws Exception {
        giveCertificates();
        String configuration = LiveGateway.CONFIGURATION.replace(
                "links:", "  - {id: far, site: PNH, addresses: [192.0.2.50], certificate: " + far + "}\nlinks:");
        FlowSender sender = new FlowSender(9);
        try (LiveGateway live = new LiveGateway(folder, configuration)) {
            int port = live.gateway.streamPorts().getLast();
            try (SSLSocket socket = connect("far", port)) {
                for (int i = 0; i < 50; i++) {
                    socket.getOutputStream().write(sender.ipfix(live.clock.unixMillis()));
                }
                socket.getOutputStream().flush();
                live.await("all is decoded", () -> live.decodedOctets() == sender.octets);
                live.await("under its name", () -> live.exporter("far").isPresent());
            }
            assertThat(live.exporter("far").orElseThrow().records()).isEqualTo(sender.records);
            assertThat(isTurnedAway("stranger", port)).isTrue();
            assertThat(isTurnedAway("", port)).isTrue();
            assertThat(live.decodedOctets()).isEqualTo(sender.octets);
        }
    }

    @Test
    void aReloadClosesTheSessionWhoseFingerprintItTookAwayAndNoOther() throws Exception {
        giveCertificates();
        String configuration = LiveGateway.CONFIGURATION.replace(
                "links:",
                "  - {id: far, addresses: [192.0.2.50], certificate: " + far + "}\n"
                        + "  - {id: beside, addresses: [192.0.2.51], certificate: " + other + "}\nlinks:");
        try (LiveGateway live = new LiveGateway(folder, configuration)) {
            int port = live.gateway.streamPorts().getLast();
            try (SSLSocket before = connect("far", port);
                    SSLSocket beside = connect("other", port)) {
                before.getOutputStream().write(new FlowSender(9).ipfix(live.clock.unixMillis()));
                live.await("it is let in", () -> live.exporter("far").isPresent());

                Files.writeString(folder.resolve("tonle.yaml"), configuration.replace(far, stranger));
                live.gateway.reload();
                before.setSoTimeout(10_000);
                assertThat(isClosed(before)).isTrue();
                beside.getOutputStream().write(new FlowSender(11).ipfix(live.clock.unixMillis()));
                live.await("the other goes on", () -> live.exporter("beside").isPresent());
            }
            try (SSLSocket again = connect("stranger", port)) {
                long before = live.exporter("far").orElseThrow().records();
                again.getOutputStream().write(new FlowSender(10).ipfix(live.clock.unixMillis()));
                live.await(
                        "with its new certificate it is let in",
                        () -> live.exporter("far").orElseThrow().records() > before);
            }
        }
    }

    @Test
    void aCertificateThatCannotBeReadIsNamedWithItsRemedyAndTheRestGoesOn() throws Exception {
        giveCertificates();
        Path collector = folder.resolve("certificates/collector.p12");
        Files.writeString(collector, "no key store");
        try (LiveGateway live = new LiveGateway(folder)) {
            assertThat(live.said)
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("not open   IPFIX over TLS")
                            .contains("the certificate " + collector + " cannot be read")
                            .contains("'tonle certificate renew' makes a new one"));
            assertThat(live.gateway.status().listeners().getLast().trouble()).contains(collector.toString());
            assertThat(live.gateway.streamPorts()).hasSize(1);

            Files.copy(stock.resolve("certificates/collector.p12"), collector, StandardCopyOption.REPLACE_EXISTING);
            assertThat(live.gateway.reload()).contains("IPFIX over TLS is open now");
            assertThat(live.gateway.streamPorts()).hasSize(2);

            // And one that breaks while the gateway runs: said at the listener, once somebody knocks.
            Files.writeString(collector, "no key store");
            Files.setLastModifiedTime(collector, FileTime.fromMillis(1_000));
            assertThat(isTurnedAway("far", live.gateway.streamPorts().getLast()))
                    .isTrue();
            live.await(
                    "it is said",
                    () -> live.gateway.status().listeners().getLast().trouble().contains(collector.toString()));
        }
    }

    @Test
    void aTlsPortThatIsBusyIsOpenedByALaterReloadBesideThoseThatAreOpen() throws Exception {
        int open = freePort();
        ServerSocket holder = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        int busy = holder.getLocalPort();
        String ports = "tls: [\"127.0.0.1:" + open + "\", \"127.0.0.1:" + busy + "\"]";
        try (LiveGateway live =
                new LiveGateway(folder, LiveGateway.CONFIGURATION.replace("tls: [\"127.0.0.1:0\"]", ports))) {
            giveCertificates();
            assertThat(live.gateway.reload())
                    .contains("IPFIX over TLS is not open")
                    .contains("port " + busy);
            assertThat(live.gateway.streamPorts()).hasSize(2).endsWith(open);
            assertThat(live.gateway.status().listeners().getLast().trouble()).contains("port " + busy);
            assertThat(live.gateway.reload()).contains("port " + busy);
            holder.close();
            assertThat(live.gateway.reload()).contains("IPFIX over TLS is open now");
            assertThat(live.gateway.streamPorts()).hasSize(3).endsWith(open, busy);
            assertThat(live.gateway.reload()).doesNotContain("TLS");
        } finally {
            holder.close();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return any.getLocalPort();
        }
    }

    private static boolean isClosed(SSLSocket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    private boolean isTurnedAway(String name, int port) throws Exception {
        try (SSLSocket socket = connect(name, port)) {
            socket.setSoTimeout(10_000);
            // With TLS 1.3 a client learns of its refusal when it reads.
            return socket.getInputStream().read() < 0;
        } catch (IOException _) {
            return true;
        }
    }

    /** As an exporter would: with its own key store, trusting the gateway's authority. */
    private SSLSocket connect(String name, int port) throws Exception {
        char[] password =
                Files.readString(folder.resolve("certificates/password")).toCharArray();
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        KeyStore authority = KeyStore.getInstance("PKCS12");
        authority.load(null, null);
        try (InputStream in = Files.newInputStream(folder.resolve("certificates/authority.pem"))) {
            authority.setCertificateEntry(
                    "authority",
                    java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        trust.init(authority);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (!name.isEmpty()) {
            try (InputStream in = Files.newInputStream(folder.resolve("certificates/exporters/" + name + ".p12"))) {
                own.load(in, password);
            }
        }
        keys.init(own, password);
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
