// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.gateway.certificate.Certificates;

class StreamTlsTest {
    @TempDir
    Path folder;

    @Test
    void anExporterWhoseCertificateTheRegistryKnowsIsMeteredUnderItsNameAndNoOtherIsLetIn() throws Exception {
        Certificates certificates = new Certificates(folder.resolve("certificates"));
        String known = certificates.newExporter("far").fingerprint();
        certificates.newExporter("stranger");
        String configuration = LiveGateway.CONFIGURATION.replace(
                "links:", "  - {id: far, site: PNH, addresses: [192.0.2.50], certificate: " + known + "}\nlinks:");
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
