// SPDX-License-Identifier: Apache-2.0
package tonle.base;

import java.util.Optional;

/**
 * The address of registered equipment: a router, an exporter, a resolver. A device fact, never a person's address: flow
 * decoders cannot make one from a record. Text after RFC 5952.
 *
 * @param ipVersion 4 or 6
 * @param high the first 64 bits; an IPv4 address has its 32 bits at the top
 * @param low the last 64 bits of an IPv6 address; 0 for IPv4
 */
public record DeviceAddress(int ipVersion, long high, long low) implements Comparable<DeviceAddress> {
    public static DeviceAddress ofIpv4(int bits) {
        return new DeviceAddress(4, (long) bits << 32, 0);
    }

    public static DeviceAddress ofIpv6(long high, long low) {
        return new DeviceAddress(6, high, low);
    }

    /** From the 4 or 16 octets of an address. An IPv4-mapped IPv6 address (RFC 4291 section 2.5.5.2) becomes IPv4. */
    public static DeviceAddress ofOctets(byte[] octets) {
        if (octets.length == 4) {
            return ofIpv4((int) number(octets, 0, 4));
        }
        if (octets.length != 16) {
            throw new IllegalArgumentException("an address has 4 or 16 octets, not " + octets.length);
        }
        long high = number(octets, 0, 8);
        long low = number(octets, 8, 8);
        return high == 0 && (low >>> 32) == 0xFFFF ? ofIpv4((int) low) : ofIpv6(high, low);
    }

    /** The address that {@code text} writes in digits, or empty; names are never looked up. */
    public static Optional<DeviceAddress> parse(String text) {
        boolean v6 = text.indexOf(':') >= 0;
        if (v6 ? !text.matches("[0-9a-fA-F:.]{2,45}") : !text.matches("([0-9]{1,3}\\.){3}[0-9]{1,3}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(ofOctets(java.net.InetAddress.ofLiteral(text).getAddress()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The 4 or 16 octets. */
    public byte[] octets() {
        byte[] octets = new byte[ipVersion == 4 ? 4 : 16];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) ((i < 8 ? high : low) >>> (56 - 8 * (i % 8)));
        }
        return octets;
    }

    public String text() {
        if (ipVersion == 4) {
            int bits = (int) (high >>> 32);
            return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> (48 - 16 * (i % 4))) & 0xFFFF;
        }
        return rfc5952(groups);
    }

    @Override
    public int compareTo(DeviceAddress other) {
        int byVersion = Integer.compare(ipVersion, other.ipVersion);
        int byHigh = byVersion != 0 ? byVersion : Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return text();
    }

    /** RFC 5952 section 4.2: the longest run of two or more zero groups is shortened, the first of equals. */
    private static String rfc5952(int[] groups) {
        int bestStart = -1;
        int bestCount = 1;
        for (int i = 0; i < 8; i++) {
            int count = 0;
            while (i + count < 8 && groups[i + count] == 0) {
                count++;
            }
            if (count > bestCount) {
                bestStart = i;
                bestCount = count;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestCount - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    private static long number(byte[] octets, int offset, int count) {
        long number = 0;
        for (int i = offset; i < offset + count; i++) {
            number = number << 8 | octets[i] & 0xFF;
        }
        return number;
    }
}
