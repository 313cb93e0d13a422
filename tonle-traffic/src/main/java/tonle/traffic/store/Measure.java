// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

/** What a question about traffic adds up. */
public enum Measure {
    BITS_PER_SECOND("bits-per-second"),
    PACKETS_PER_SECOND("packets-per-second"),
    OCTETS("octets"),
    PERCENT_OF_LINK("percent-of-link");

    private final String key;

    Measure(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
