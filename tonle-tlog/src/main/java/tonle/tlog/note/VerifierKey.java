// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.OptionalLong;
import tonle.base.Sha256;
import tonle.tlog.LogFault;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;

/** A public key with its name: what a reader trusts. Its text is {@code name+id+base64(type || key)}. */
public final class VerifierKey {
    private static final int ID_DIGITS = 8;

    private final String name;
    private final SignatureType type;
    private final Octets key;
    private final int id;

    private VerifierKey(String name, SignatureType type, Octets key) {
        this.name = name;
        this.type = type;
        this.key = key;
        this.id = id(name, type, key);
    }

    public static Outcome<VerifierKey> of(String name, SignatureType type, Octets key) {
        SignatureScheme scheme = SignatureScheme.of(type);
        byte[] octets = key.toArray();
        if (octets.length != type.keyOctets() || !scheme.isKey(octets)) {
            return Outcome.refused(LogFault.KEY_OCTETS_INVALID, 0);
        }
        if (scheme.isWeak(octets)) {
            return Outcome.refused(LogFault.KEY_WEAK, 0);
        }
        return KeyName.check(name).map(_ -> new VerifierKey(name, type, key));
    }

    /** Reads the text of a key. Base64 has plus signs too, so the first two part the text. */
    public static Outcome<VerifierKey> parse(String text) {
        return KeyText.parse(text).then(parts -> {
            Outcome<VerifierKey> read = SignatureType.of(parts.octets()[0])
                    .then(type -> of(parts.name(), type, Octets.of(parts.octets(), 1, parts.octets().length)));
            return read.then(verifier -> verifier.id == parts.id()
                    ? read
                    : Outcome.refused(LogFault.KEY_ID_MISMATCH, parts.name().getBytes(UTF_8).length + 1L));
        });
    }

    public String text() {
        return KeyText.text(name, id, type, key);
    }

    public String name() {
        return name;
    }

    public SignatureType type() {
        return type;
    }

    public Octets key() {
        return key;
    }

    /** The first four octets of SHA-256(name || line feed || type || key). */
    public int id() {
        return id;
    }

    /** Whether the line claims to be by this key. */
    public boolean isNamedBy(NoteSignature signature) {
        return signature.keyId() == id && signature.name().equals(name);
    }

    /**
     * Verifies one signature over the text of a note: nothing where it is not this key's, else the time that it states.
     * The text of an ML-DSA-44 cosignature must be a checkpoint.
     */
    Outcome<OptionalLong> verify(String text, Octets signature) {
        if (signature.length() != type.signatureOctets()) {
            return Outcome.refused(LogFault.SIGNATURE_WRONG, 0);
        }
        byte[] octets = signature.toArray();
        long unixSeconds = type.isTimed() ? ByteBuffer.wrap(octets).getLong() : 0;
        if (unixSeconds < 0) {
            return Outcome.refused(LogFault.COSIGNATURE_TIME_INVALID, 0);
        }
        return SignedMessage.of(type, name, unixSeconds, text).then(message -> {
            int start = type.isTimed() ? Long.BYTES : 0;
            byte[] bare = signature.slice(start, octets.length).toArray();
            return SignatureScheme.of(type).verify(key.toArray(), message, bare)
                    ? Outcome.good(type.isTimed() ? OptionalLong.of(unixSeconds) : OptionalLong.empty())
                    : Outcome.refused(LogFault.SIGNATURE_WRONG, 0);
        });
    }

    private static int id(String name, SignatureType type, Octets key) {
        byte[] octet = {(byte) type.octet()};
        return NoteSignature.keyId(Sha256.of((name + "\n").getBytes(UTF_8), octet, key.toArray()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && name.equals(that.name) && type == that.type && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return name + "+" + HexFormat.of().toHexDigits(id, ID_DIGITS);
    }
}
