// SPDX-License-Identifier: Apache-2.0
package tonle.traffic;

/**
 * The protocol classes of the traffic key, and no finer. Tunnels have no class of their own: volumes of VPN or other
 * circumvention protocols must not be readable from the store.
 */
public enum ProtocolClass {
    TCP("tcp"),
    UDP("udp"),
    ICMP("icmp"),
    OTHER("other");

    private final String key;

    ProtocolClass(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }

    /** From an IP protocol number (IANA), or {@link #OTHER} for -1. */
    public static ProtocolClass of(int protocol) {
        return switch (protocol) {
            case 6 -> TCP;
            case 17 -> UDP;
            case 1, 58 -> ICMP;
            default -> OTHER;
        };
    }
}
