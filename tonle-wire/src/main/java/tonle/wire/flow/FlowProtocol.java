// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

/** The flow export protocols, told apart by the first octets of a datagram. */
public enum FlowProtocol {
    NETFLOW5("netflow5"),
    NETFLOW9("netflow9"),
    IPFIX("ipfix"),
    SFLOW5("sflow5");

    private final String key;

    FlowProtocol(String key) {
        this.key = key;
    }

    /** The word in addresses, JSON and tables. */
    public String key() {
        return key;
    }
}
