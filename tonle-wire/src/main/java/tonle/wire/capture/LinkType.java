// SPDX-License-Identifier: Apache-2.0
package tonle.wire.capture;

/** What lies in front of the IP header of a captured packet; numbers from the registry of link types of tcpdump.org. */
enum LinkType {
    /** Four octets of address family, in the byte order of the machine that captured. */
    NULL,
    ETHERNET,
    /** The IP header comes first. */
    RAW_IP,
    /** The same as {@link #NULL}, always the first octet highest. */
    LOOPBACK,
    /** Linux "cooked" capture: 16 octets, the EtherType last. */
    LINUX_SLL,
    /** Linux "cooked" capture, version 2: 20 octets, the EtherType first. */
    LINUX_SLL2,
    UNKNOWN;

    static LinkType of(int number) {
        return switch (number) {
            case 0 -> NULL;
            case 1 -> ETHERNET;
            // 12 and 14 are what BSD systems wrote for raw IP; 228 and 229 are IPv4 and IPv6 alone.
            case 12, 14, 101, 228, 229 -> RAW_IP;
            case 108 -> LOOPBACK;
            case 113 -> LINUX_SLL;
            case 276 -> LINUX_SLL2;
            default -> UNKNOWN;
        };
    }
}
