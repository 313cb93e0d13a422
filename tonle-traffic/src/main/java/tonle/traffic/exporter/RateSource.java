// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

/** How a sampling rate is known, in the order in which the ways are tried (flows.md 4.5). */
public enum RateSource {
    /** An operator's word in the configuration, with its reason. */
    OVERRIDE("override"),
    /** In the record itself: elements 34, 50, 305 and 306, 309 and 310, 311. */
    RECORD("record"),
    /** The record names a selector (302) or sampler (48) that options data of this device and domain describe. */
    SELECTOR("selector"),
    /** Options data of this device and domain state a rate of the interface that the record came in or went out by. */
    INTERFACE("interface"),
    /** The one rate that options data of this device and domain state. */
    DOMAIN("domain"),
    /** The header of NetFlow v5, or the sFlow sample. */
    HEADER("header"),
    /** The default that the configuration gives the exporter. */
    DEFAULT("default"),
    /** Not known: booked as received and marked so. */
    NONE("none");

    private final String key;

    RateSource(String key) {
        this.key = key;
    }

    /** The word in JSON and tables. */
    public String key() {
        return key;
    }
}
