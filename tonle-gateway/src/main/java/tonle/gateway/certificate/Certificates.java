// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tonle.gateway.listen.TlsDoor;

/**
 * The authority and the certificates of one gateway.
 * <pre>
 *   password               of the key stores; read by the owner alone, like all of this
 *   authority.p12  .pem    signs the others; ten years
 *   collector.p12          what the gateway shows; a year
 *   exporters/NAME.p12     what an exporter shows; a year
 *   exporters/NAME.key.pem, NAME.pem     the same for programs that want PEM
 * </pre>
 */
public final class Certificates {
    static final int AUTHORITY_DAYS = 3_650;
    static final int DAYS = 397;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,30}");
    private static final String AUTHORITY = "authority";
    private static final String COLLECTOR = "collector";

    private final Path directory;
    private final Path passwordFile;
    private final Keytool keytool;
    private volatile Loaded loaded;

    /** A context and the state of the file that it was read from. */
    private record Loaded(SSLContext context, FileTime modified) {}

    /** One certificate as people need to know it. {@code fingerprint} is what an exporter's entry holds. */
    public record Shown(String name, String fingerprint, Instant notAfter, Path file) {}

    public Certificates(Path directory) {
        this.directory = directory;
        this.passwordFile = directory.resolve("password");
        this.keytool = new Keytool(passwordFile);
    }

    /** Whether the gateway has a certificate to show. */
    public boolean exist() {
        return Files.exists(store(COLLECTOR));
    }

    /** A certificate for an exporter; makes the authority and the collector's own first where they are missing. */
    public Shown newExporter(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IOException(
                    "'" + name + "' is no id: 1 to 31 letters, digits and hyphens of ASCII, no hyphen first");
        }
        prepare();
        if (Files.exists(exporterStore(name))) {
            throw new IOException("exporter " + name + " has a certificate already (" + exporterStore(name)
                    + "); 'tonle certificate renew " + name + "' makes a new one");
        }
        return issue(name);
    }

    /**
     * A new certificate in place of an exporter's old one, which counts as long as its fingerprint stands in the
     * registry.
     */
    public Shown renewExporter(String name) throws IOException {
        if (!NAME.matcher(name).matches() || !Files.exists(exporterStore(name))) {
            throw new IOException(
                    "exporter " + name + " has no certificate yet; 'tonle certificate new exporter " + name + "'");
        }
        return issue(name);
    }

    /** A new certificate for the gateway itself; connections that come afterwards see it. */
    public Shown renewCollector() throws IOException {
        prepare();
        makeCollector();
        return shown(COLLECTOR, store(COLLECTOR), COLLECTOR);
    }

    private void makeCollector() throws IOException {
        makeSigned(store(COLLECTOR), COLLECTOR, "serverAuth", "san=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1");
    }

    /** The authority, the collector and every exporter, with their ends. */
    public List<Shown> list() throws IOException {
        List<Shown> all = new ArrayList<>();
        for (String own : new String[] {AUTHORITY, COLLECTOR}) {
            if (Files.exists(store(own))) {
                all.add(shown(own, store(own), own));
            }
        }
        Path exporters = directory.resolve("exporters");
        if (Files.isDirectory(exporters)) {
            List<Path> stores;
            try (Stream<Path> files = Files.list(exporters)) {
                stores = files.filter(file -> file.toString().endsWith(".p12"))
                        .sorted()
                        .toList();
            }
            for (Path file : stores) {
                String name = file.getFileName().toString().replace(".p12", "");
                all.add(shown(name, file, name));
            }
        }
        return all;
    }

    /**
     * What the gateway speaks TLS with; read again when the collector's certificate was renewed.
     *
     * @throws IOException naming the file that cannot be read, and what to do
     */
    public SSLContext context() throws IOException {
        FileTime modified = Files.exists(store(COLLECTOR)) ? Files.getLastModifiedTime(store(COLLECTOR)) : null;
        Loaded now = loaded;
        if (now == null || !now.modified().equals(modified)) {
            now = new Loaded(context(store(COLLECTOR), "'tonle certificate renew' makes a new one"), modified);
            loaded = now;
        }
        return now.context();
    }

    /** A context that shows what {@code store} holds and trusts the authority alone. */
    SSLContext context(Path store, String remedy) throws IOException {
        KeyStore authority = readable(
                store(AUTHORITY),
                "put it and " + passwordFile.getFileName() + " back from your backup, or move " + directory
                        + " away and make every certificate anew");
        KeyStore own = readable(store, remedy);
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(own, password());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(AUTHORITY, authority.getCertificate(AUTHORITY));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates in " + directory + " cannot be used: " + e.getMessage(), e);
        }
    }

    private KeyStore readable(Path file, String remedy) throws IOException {
        try {
            return open(file);
        } catch (IOException | GeneralSecurityException e) {
            String why = e instanceof NoSuchFileException missing
                    ? "there is no " + missing.getFile()
                    : String.valueOf(e.getMessage());
            throw new IOException("the certificate " + file + " cannot be read (" + why + "): " + remedy, e);
        }
    }

    Path exporterStore(String name) {
        return directory.resolve("exporters").resolve(name + ".p12");
    }

    private Path store(String own) {
        return directory.resolve(own + ".p12");
    }

    private void prepare() throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory.resolve("exporters"));
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        Files.createDirectories(directory.resolve("exporters"));
        if (!Files.exists(passwordFile)) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            writeSecret(passwordFile, HexFormat.of().formatHex(random));
        }
        if (!Files.exists(store(AUTHORITY))) {
            keytool.run(
                    store(AUTHORITY),
                    "-genkeypair",
                    "-alias",
                    AUTHORITY,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp384r1",
                    "-dname",
                    "CN=Tonle authority",
                    "-validity",
                    Integer.toString(AUTHORITY_DAYS),
                    "-ext",
                    "bc:critical=ca:true,pathlen:0",
                    "-ext",
                    "ku:critical=keyCertSign,cRLSign");
            Files.writeString(directory.resolve("authority.pem"), pem("CERTIFICATE", encoded(AUTHORITY)));
        }
        if (!Files.exists(store(COLLECTOR))) {
            makeCollector();
        }
    }

    private byte[] encoded(String own) throws IOException {
        try {
            return open(store(own)).getCertificate(own).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate of " + own + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Shown issue(String name) throws IOException {
        makeSigned(exporterStore(name), name, "clientAuth", "san=dns:" + name);
        Path folder = directory.resolve("exporters");
        try {
            KeyStore store = open(exporterStore(name));
            byte[] key = store.getKey(name, password()).getEncoded();
            writeSecret(folder.resolve(name + ".key.pem"), pem("PRIVATE KEY", key));
            byte[] certificate = store.getCertificate(name).getEncoded();
            Files.writeString(folder.resolve(name + ".pem"), pem("CERTIFICATE", certificate));
        } catch (GeneralSecurityException e) {
            throw new IOException("the new certificate of " + name + " cannot be read: " + e.getMessage(), e);
        }
        return shown(name, exporterStore(name), name);
    }

    /** A fresh key with a certificate of the authority; {@code target} changes in one step when all is done. */
    private void makeSigned(Path target, String name, String use, String alternative) throws IOException {
        Path unborn = target.resolveSibling("." + target.getFileName());
        Path request = target.resolveSibling("." + name + ".csr");
        Path certificate = target.resolveSibling("." + name + ".crt");
        try {
            Files.deleteIfExists(unborn);
            String days = Integer.toString(DAYS);
            keytool.run(
                    unborn,
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=" + name,
                    "-validity",
                    days);
            keytool.run(unborn, "-certreq", "-alias", name, "-file", request.toString());
            keytool.run(
                    store(AUTHORITY),
                    "-gencert",
                    "-alias",
                    AUTHORITY,
                    "-infile",
                    request.toString(),
                    "-outfile",
                    certificate.toString(),
                    "-validity",
                    days,
                    "-ext",
                    "ku:critical=digitalSignature",
                    "-ext",
                    "eku=" + use,
                    "-ext",
                    alternative);
            String authority = directory.resolve("authority.pem").toString();
            keytool.run(unborn, "-importcert", "-noprompt", "-alias", AUTHORITY, "-file", authority);
            keytool.run(unborn, "-importcert", "-noprompt", "-alias", name, "-file", certificate.toString());
            Files.setPosixFilePermissions(unborn, PosixFilePermissions.fromString("rw-------"));
            Files.move(unborn, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unborn);
            Files.deleteIfExists(request);
            Files.deleteIfExists(certificate);
        }
    }

    private Shown shown(String name, Path file, String alias) throws IOException {
        try {
            Optional<X509Certificate> certificate =
                    Optional.ofNullable((X509Certificate) open(file).getCertificate(alias));
            X509Certificate found =
                    certificate.orElseThrow(() -> new IOException(file + " holds no certificate named " + alias));
            return new Shown(
                    name, TlsDoor.fingerprint(found), found.getNotAfter().toInstant(), file);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private KeyStore open(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password());
        }
        return store;
    }

    private char[] password() throws IOException {
        return Files.readString(passwordFile, StandardCharsets.US_ASCII).strip().toCharArray();
    }

    private static void writeSecret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    /** RFC 7468. */
    private static String pem(String label, byte[] octets) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }
}
