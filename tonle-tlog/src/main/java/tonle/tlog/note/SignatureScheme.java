// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import tonle.base.Must;

/**
 * Ed25519 and ML-DSA-44 of the JDK, with keys as the plain octets of RFC 8032 and FIPS 204.
 *
 * <p>Implementations of Ed25519 differ at its edges. The JDK (checked on 25 by EdgeOfEd25519Test) refuses a scalar of
 * the group's order or above and points that are not written in their one way, and compares without the cofactor, as Go
 * does; Go also takes some points written in a second way. Keys of small order, which all of them take, are refused by
 * {@link VerifierKey}. What is left to differ needs a signer who builds his own key for it.
 */
enum SignatureScheme {
    ED25519("Ed25519", NamedParameterSpec.ED25519, "302a300506032b6570032100", 32),
    ML_DSA_44("ML-DSA-44", NamedParameterSpec.ML_DSA_44, "30820532300b06096086480165030403110382052100", 1312);

    static final int SEED_OCTETS = 32;

    /** The y of the points whose order divides 8; the sign of x is masked out before the comparison. */
    private static final String[] SMALL_ORDER = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
    };

    private final String algorithm;
    private final NamedParameterSpec parameters;
    /** What X.509 writes before the octets of the key. */
    private final byte[] prefix;

    private final int keyOctets;

    SignatureScheme(String algorithm, NamedParameterSpec parameters, String prefix, int keyOctets) {
        this.algorithm = algorithm;
        this.parameters = parameters;
        this.prefix = HexFormat.of().parseHex(prefix);
        this.keyOctets = keyOctets;
    }

    static SignatureScheme of(SignatureType type) {
        return switch (type) {
            case ED25519, ED25519_COSIGNATURE -> ED25519;
            case ML_DSA_44_COSIGNATURE -> ML_DSA_44;
        };
    }

    /** Whether the octets are a key that can verify something. */
    boolean isKey(byte[] key) {
        try {
            Signature.getInstance(algorithm).initVerify(publicKey(key));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Whether the key is a point of small order: then signatures exist that hold for many texts, without any secret.
     */
    boolean isWeak(byte[] key) {
        if (this != ED25519) {
            return false;
        }
        byte[] y = key.clone();
        y[y.length - 1] &= 0x7F;
        return Arrays.asList(SMALL_ORDER).contains(HexFormat.of().formatHex(y));
    }

    boolean verify(byte[] key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(publicKey(key));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            // The JDK throws for signatures that no signer makes: a wrong length, a scalar too large, bad hints.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was accepted verifies with " + algorithm, e);
        }
    }

    /**
     * The key pair of a seed: RFC 8032 section 5.1.5; FIPS 204 algorithm 6, which takes the seed as its only chance.
     */
    KeyPair pair(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters, new SeedOnce(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 25 has " + algorithm, e);
        }
    }

    byte[] octets(PublicKey key) {
        byte[] encoded = key.getEncoded();
        Must.hold(encoded.length == prefix.length + keyOctets, "X.509 keeps its form for " + algorithm);
        return Arrays.copyOfRange(encoded, prefix.length, encoded.length);
    }

    byte[] sign(KeyPair pair, byte[] message) {
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(pair.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key pair signs with " + algorithm, e);
        }
    }

    private PublicKey publicKey(byte[] key) throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, encoded, prefix.length, key.length);
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** Gives a generator of keys its seed, once: the JDK has no other way in for an ML-DSA seed. */
    private static final class SeedOnce extends SecureRandom {
        private final transient byte[] seed;
        private boolean isGiven;

        private SeedOnce(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] octets) {
            Must.hold(!isGiven && octets.length == SEED_OCTETS, "a key pair takes one seed of 32 octets");
            isGiven = true;
            System.arraycopy(seed, 0, octets, 0, SEED_OCTETS);
        }
    }
}
