// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.util.Optional;

/** What an account can be divided by. Several keys together make one table. */
public enum AccountKey {
    /** IP protocol number. */
    PROTOCOL("protocol"),
    /** The interface by which packets came in, as the exporter numbers it. */
    INGRESS("ingress"),
    /** The interface by which packets left. */
    EGRESS("egress"),
    IP_VERSION("ip-version"),
    /** The exporter's address and its observation domain, source id, engine id or sub-agent. */
    EXPORTER("exporter"),
    /** The source's AS as the exporter says. */
    SOURCE_AS("source-as"),
    /** The destination's AS as the exporter says. */
    DESTINATION_AS("destination-as"),
    /** The link by topology; needs a configuration. */
    LINK("link"),
    /** In from the link or out to it; needs a configuration. */
    DIRECTION("direction"),
    /** The member by topology; needs a configuration. */
    MEMBER("member"),
    /** The AS at the far end by the gateway's own origin table; needs a configuration. */
    REMOTE_AS("remote-as"),
    /** The time at which traffic flowed, in bins of a stated width. */
    BIN("bin");

    private final String key;

    AccountKey(String key) {
        this.key = key;
    }

    /** The word on the command line, in JSON and in table headings. */
    public String key() {
        return key;
    }

    /** Whether the value follows from the gateway's topology, not from the record alone. */
    public boolean needsTopology() {
        return this == LINK || this == DIRECTION || this == MEMBER || this == REMOTE_AS;
    }

    /**
     * Whether small groups of it could point to somebody: rows below {@link AccountTable#RECORD_COUNT_MIN} records are
     * merged. Exporters, interfaces, protocols and IP versions are facts of devices and exempt.
     */
    public boolean isGuarded() {
        return this == MEMBER || this == REMOTE_AS || this == SOURCE_AS || this == DESTINATION_AS;
    }

    public static Optional<AccountKey> of(String word) {
        for (AccountKey key : values()) {
            if (key.key.equals(word)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }
}
