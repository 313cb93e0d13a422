// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.tlog.LogFault;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;

/**
 * Where implementations of Ed25519 differ, and what the JDK does there. A new JDK that differs fails here, before a
 * signature counts for one reader and not for another.
 */
class EdgeOfEd25519Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] MESSAGE = "checkpoint".getBytes(StandardCharsets.UTF_8);
    private static final SignatureScheme ED25519 = SignatureScheme.ED25519;

    /** The order of the group (RFC 8032 section 5.1). */
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final byte[] KEY = ED25519.octets(ED25519.pair(new byte[32]).getPublic());
    private static final byte[] SIGNATURE = ED25519.sign(ED25519.pair(new byte[32]), MESSAGE);

    /** RFC 8032 section 7.1, TEST 1 to 3. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
                        + " d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a "
                        + " e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                        + "d25bf5f0595bbe24655141438e7a100b",
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
                        + " 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c 72"
                        + " 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                        + "387b2eaeb4302aeeb00d291612bb0c00",
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"
                        + " fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025 af82"
                        + " 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                        + "4a7c15e9716ed28dc027beceea1ec40a"
            })
    void theVectorsOfTheRfcHold(String vector) {
        String[] parts = vector.split(" ");
        byte[] seed = HEX.parseHex(parts[0].length() == 64 ? parts[0] : "");
        byte[] message = HEX.parseHex(parts[2]);
        assertThat(ED25519.octets(ED25519.pair(seed).getPublic())).isEqualTo(HEX.parseHex(parts[1]));
        assertThat(ED25519.sign(ED25519.pair(seed), message)).isEqualTo(HEX.parseHex(parts[3]));
        assertThat(ED25519.verify(HEX.parseHex(parts[1]), message, HEX.parseHex(parts[3])))
                .isTrue();
    }

    @Test
    void aScalarOfTheOrderOrAboveIsRefused() {
        byte[] scalar = reversed(Arrays.copyOfRange(SIGNATURE, 32, 64));
        byte[] raised = new BigInteger(1, scalar).add(ORDER).toByteArray();
        byte[] signature = SIGNATURE.clone();
        Arrays.fill(signature, 32, 64, (byte) 0);
        byte[] little = reversed(raised);
        System.arraycopy(little, 0, signature, 32, Math.min(little.length, 32));
        assertThat(ED25519.verify(KEY, MESSAGE, SIGNATURE)).isTrue();
        assertThat(ED25519.verify(KEY, MESSAGE, signature)).isFalse();
    }

    @Test
    void aSignatureOfAnotherLengthIsRefused() {
        assertThat(ED25519.verify(KEY, MESSAGE, Arrays.copyOf(SIGNATURE, 63))).isFalse();
        assertThat(ED25519.verify(KEY, MESSAGE, Arrays.copyOf(SIGNATURE, 65))).isFalse();
        assertThat(ED25519.verify(KEY, MESSAGE, new byte[0])).isFalse();
    }

    /** y = p + 1 is y = 1 written in a second way; x = 0 with a sign is none. Go takes such keys, the JDK does not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void aPointThatIsNotWrittenInItsOneWayIsNoKey(String point) {
        assertThat(VerifierKey.of("n", SignatureType.ED25519, Octets.of(HEX.parseHex(point))))
                .isEqualTo(Outcome.refused(LogFault.KEY_OCTETS_INVALID, 0));
        byte[] signature = SIGNATURE.clone();
        System.arraycopy(HEX.parseHex(point), 0, signature, 0, 32);
        assertThat(ED25519.verify(KEY, MESSAGE, signature)).isFalse();
    }

    /** The eight points of small order (RFC 7748 section 6.1 explains them for the other form of the curve). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
            })
    void aKeyOfSmallOrderIsRefused(String point) {
        assertThat(VerifierKey.of("n", SignatureType.ED25519, Octets.of(HEX.parseHex(point))))
                .isEqualTo(Outcome.refused(LogFault.KEY_WEAK, 0));
    }

    /** Why: with such a key one signature holds for every text. */
    @Test
    void theJdkAloneWouldTakeAKeyOfSmallOrder() {
        byte[] identity = HEX.parseHex("01" + "00".repeat(31));
        byte[] signature = Arrays.copyOf(identity, 64);
        assertThat(ED25519.verify(identity, MESSAGE, signature)).isTrue();
        assertThat(ED25519.verify(identity, "another".getBytes(StandardCharsets.UTF_8), signature))
                .isTrue();
    }

    /**
     * A key T of order 4, R the identity and S = 0: with the cofactor 8 the equation holds for every text, without it
     * only where the hash k is a multiple of 4, so that kT is the identity too.
     */
    @Test
    void theEquationIsCheckedWithoutTheCofactor() throws NoSuchAlgorithmException {
        byte[] orderFour = new byte[32];
        byte[] signature = Arrays.copyOf(HEX.parseHex("01"), 64);
        int held = 0;
        for (int i = 0; i < 64; i++) {
            byte[] message = {(byte) i};
            MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
            sha512.update(signature, 0, 32);
            sha512.update(orderFour);
            BigInteger k = new BigInteger(1, reversed(sha512.digest(message))).mod(ORDER);
            boolean isMultiple = k.mod(BigInteger.valueOf(4)).signum() == 0;
            assertThat(ED25519.verify(orderFour, message, signature))
                    .as("text %d", i)
                    .isEqualTo(isMultiple);
            held += isMultiple ? 1 : 0;
        }
        assertThat(held).isBetween(1, 63);
    }

    private static byte[] reversed(byte[] octets) {
        byte[] reversed = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            reversed[i] = octets[octets.length - 1 - i];
        }
        return reversed;
    }
}
