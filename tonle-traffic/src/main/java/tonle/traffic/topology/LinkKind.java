// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

/** What a link joins. */
public enum LinkKind {
    /** A member's port on the exchange. */
    EXCHANGE_PORT("exchange-port"),
    /** Two parties directly, within the country. */
    PRIVATE_INTERCONNECT("private-interconnect"),
    /** A circuit that leaves the country. */
    INTERNATIONAL("international"),
    /** Between two sites of the gateway itself. */
    BACKBONE("backbone");

    private final String key;

    LinkKind(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
