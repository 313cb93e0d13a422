// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

/** What a question about traffic adds up. */
public enum Measure {
    BITS_PER_SECOND("bits-per-second"),
    PACKETS_PER_SECOND("packets-per-second"),
    /** In a series of each point, in statistics of each sample. */
    OCTETS("octets"),
    /**
     * Of the capacity of the links in question, each direction for itself: where both directions are added up, so are
     * their capacities. NaN where no capacity is known.
     */
    PERCENT_OF_LINK("percent-of-link");

    private final String key;

    Measure(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
