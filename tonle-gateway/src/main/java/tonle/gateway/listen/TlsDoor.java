// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import tonle.base.Sha256;

/**
 * Lets exporters in by their certificate (RFC 7011 section 11.3): TLS 1.3, certificates on both sides, and the
 * fingerprint of the exporter's must stand in its entry of the registry. Being signed by the gateway's authority alone
 * opens nothing.
 */
public final class TlsDoor {
    private static final int HANDSHAKE_MILLIS = 10_000;

    /** What TLS is spoken with; fails in words where it cannot be read. */
    @FunctionalInterface
    public interface Contexts {
        SSLContext get() throws IOException;
    }

    private final Contexts context;
    private final Function<String, Optional<String>> exporterOf;

    /**
     * @param context asked for each connection, so that a renewed certificate serves at once
     * @param exporterOf the id of the exporter with a SHA-256 fingerprint in 64 hexadecimal digits
     */
    public TlsDoor(Contexts context, Function<String, Optional<String>> exporterOf) {
        this.context = context;
        this.exporterOf = exporterOf;
    }

    /** Who was let in, and what it says. */
    record Guest(String exporter, String fingerprint, StreamInput input) {}

    /** The gateway itself cannot speak TLS now: the message says which file and what to do. */
    static final class Unready extends IOException {
        Unready(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A connection without a certificate that the registry knows. */
    static final class Refused extends IOException {
        Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    Guest admit(Socket connection) throws IOException {
        SSLContext speaks = context();
        SSLSocket socket =
                (SSLSocket) speaks.getSocketFactory().createSocket(connection, null, connection.getPort(), true);
        socket.setUseClientMode(false);
        socket.setNeedClientAuth(true);
        socket.setEnabledProtocols(new String[] {"TLSv1.3"});
        socket.setSoTimeout(HANDSHAKE_MILLIS);
        Certificate shown;
        try {
            socket.startHandshake();
            shown = socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new Refused("no TLS session", e);
        }
        String fingerprint = fingerprint(shown);
        String exporter = exporterOf
                .apply(fingerprint)
                .orElseThrow(() -> new Refused("no exporter has the certificate " + fingerprint, null));
        socket.setSoTimeout(0); // From here on the listener closes what falls silent.
        InputStream in = socket.getInputStream();
        byte[] octets = new byte[16_384];
        return new Guest(exporter, fingerprint, into -> {
            int count = in.read(octets, 0, Math.min(octets.length, into.remaining()));
            if (count > 0) {
                into.put(octets, 0, count);
                Arrays.fill(octets, 0, count, (byte) 0);
            }
            return count;
        });
    }

    /** Whether the registry of this moment would let the guest in under the same name. */
    boolean isStillWelcome(Guest guest) {
        return exporterOf
                .apply(guest.fingerprint())
                .filter(guest.exporter()::equals)
                .isPresent();
    }

    private SSLContext context() throws Unready {
        try {
            return context.get();
        } catch (IOException e) {
            throw new Unready(e.getMessage(), e);
        }
    }

    /** SHA-256 over the certificate's DER form, in 64 hexadecimal digits. */
    public static String fingerprint(Certificate certificate) {
        try {
            return Sha256.hex(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("X.509 certificates have a form", e);
        }
    }
}
