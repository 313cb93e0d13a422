// SPDX-License-Identifier: Apache-2.0
package tonle.base;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Sha256Test {
    /** The one-block message of FIPS 180-4's examples, whole and in parts, and nothing. */
    @Test
    void digestsAreThoseOfTheStandard() {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(Sha256.hex("abc".getBytes(US_ASCII))).isEqualTo(abc);
        assertThat(Sha256.hex("a".getBytes(US_ASCII), new byte[0], "bc".getBytes(US_ASCII)))
                .isEqualTo(abc);
        assertThat(Sha256.hex()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Sha256.of()).hasSize(32);
    }
}
