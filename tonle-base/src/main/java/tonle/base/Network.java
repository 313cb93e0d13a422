// SPDX-License-Identifier: Apache-2.0
package tonle.base;

/**
 * The finest piece of address space that leaves a flow decoder: an IPv4 /24 or an IPv6 /48, packed into one {@code
 * long} so that the hot path allocates nothing.
 * <pre>
 *   bit 63..60   4 or 6 (0: no network)
 *   IPv4         bits 23..0   the first 24 bits of the address
 *   IPv6         bits 47..0   the first 48 bits of the address
 * </pre>
 * There is no way to build one from a whole address and keep the rest: host bits are not a field of this type.
 */
public final class Network {
    /** No network was in the record. */
    public static final long NONE = 0;

    private static final long V4 = 4L << 60;
    private static final long V6 = 6L << 60;

    private Network() {}

    /** @param top24 the first three octets of an IPv4 address, as a number */
    public static long ofIpv4(int top24) {
        return V4 | (top24 & 0xFFFFFFL);
    }

    /** @param top48 the first six octets of an IPv6 address, as a number */
    public static long ofIpv6(long top48) {
        return V6 | (top48 & 0xFFFF_FFFF_FFFFL);
    }

    /** 4, 6, or 0 for {@link #NONE}. */
    public static int ipVersion(long network) {
        return (int) (network >>> 60);
    }

    /** The first 24 bits (IPv4) or 48 bits (IPv6). */
    public static long topBits(long network) {
        return network & 0x0FFF_FFFF_FFFF_FFFFL;
    }

    /** As an operator writes it: {@code 192.0.2.0/24} or {@code 2001:db8:1::/48}; {@code none} where there is none. */
    public static String text(long network) {
        long bits = topBits(network);
        return switch (ipVersion(network)) {
            case 4 -> (bits >>> 16) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF) + ".0/24";
            case 6 -> new Prefix(6, bits << 16, 0, 48).text();
            default -> "none";
        };
    }
}
