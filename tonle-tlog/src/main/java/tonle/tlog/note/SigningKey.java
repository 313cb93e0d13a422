// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import tonle.base.Must;
import tonle.tlog.LogFault;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;

/**
 * A private key with its name. Kept as the 32-octet seed of RFC 8032 or FIPS 204, in the text {@code
 * PRIVATE+KEY+name+id+base64(type || seed)}, which for Ed25519 is that of Go's sumdb/note.
 */
public final class SigningKey {
    private static final String PREFIX = "PRIVATE+KEY+";

    private final byte[] seed;
    private final KeyPair pair;
    private final VerifierKey verifier;

    private SigningKey(byte[] seed, KeyPair pair, VerifierKey verifier) {
        this.seed = seed;
        this.pair = pair;
        this.verifier = verifier;
    }

    /** A new key. Chance is handed in, and must be that of {@link SecureRandom} outside of tests. */
    public static Outcome<SigningKey> generate(String name, SignatureType type, SecureRandom random) {
        byte[] seed = new byte[SignatureScheme.SEED_OCTETS];
        random.nextBytes(seed);
        return ofSeed(name, type, seed);
    }

    public static Outcome<SigningKey> ofSeed(String name, SignatureType type, byte[] seed) {
        if (seed.length != SignatureScheme.SEED_OCTETS) {
            return Outcome.refused(LogFault.KEY_OCTETS_INVALID, 0);
        }
        SignatureScheme scheme = SignatureScheme.of(type);
        KeyPair pair = scheme.pair(seed);
        return VerifierKey.of(name, type, Octets.of(scheme.octets(pair.getPublic())))
                .map(verifier -> new SigningKey(seed.clone(), pair, verifier));
    }

    public static Outcome<SigningKey> parse(String secretText) {
        if (!secretText.startsWith(PREFIX)) {
            return Outcome.refused(LogFault.LINE_MALFORMED, 0);
        }
        return KeyText.parse(secretText.substring(PREFIX.length()))
                .movedBy(PREFIX.length())
                .then(parts -> {
                    Outcome<SigningKey> read = SignatureType.of(parts.octets()[0])
                            .then(type -> ofSeed(
                                    parts.name(), type, Arrays.copyOfRange(parts.octets(), 1, parts.octets().length)));
                    long idAt = PREFIX.length() + parts.name().getBytes(UTF_8).length + 1L;
                    return read.then(key ->
                            key.verifier.id() == parts.id() ? read : Outcome.refused(LogFault.KEY_ID_MISMATCH, idAt));
                });
    }

    /** The text that holds the secret: for the file of the key alone. */
    public String secretText() {
        return PREFIX + KeyText.text(verifier.name(), verifier.id(), verifier.type(), Octets.of(seed));
    }

    public VerifierKey verifier() {
        return verifier;
    }

    /** Signs any text of a note; only for keys of type {@link SignatureType#ED25519}. */
    public NoteSignature sign(String text) {
        Must.hold(verifier.type() == SignatureType.ED25519, "a cosigner's key signs checkpoints only");
        return signature(text, 0);
    }

    /**
     * Signs a checkpoint.
     *
     * @param unixSeconds when; left out of a plain Ed25519 signature
     */
    public NoteSignature sign(Checkpoint checkpoint, long unixSeconds) {
        Must.hold(unixSeconds > 0 || !verifier.type().isTimed(), "a cosignature states its time");
        return signature(checkpoint.text(), unixSeconds);
    }

    private NoteSignature signature(String text, long unixSeconds) {
        SignatureType type = verifier.type();
        byte[] message = switch (SignedMessage.of(type, verifier.name(), unixSeconds, text)) {
            case Outcome.Good<byte[]>(byte[] octets) -> octets;
            case Outcome.Refused<byte[]> refused ->
                throw new IllegalStateException("a checkpoint of our own is one: " + refused);
        };
        byte[] bare = SignatureScheme.of(type).sign(pair, message);
        ByteBuffer signature = ByteBuffer.allocate(type.signatureOctets());
        if (type.isTimed()) {
            signature.putLong(unixSeconds);
        }
        return new NoteSignature(
                verifier.name(), verifier.id(), Octets.of(signature.put(bare).array()));
    }

    /** Names the key and keeps the secret. */
    @Override
    public String toString() {
        return "private key of " + verifier;
    }
}
