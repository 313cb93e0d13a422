// SPDX-License-Identifier: Apache-2.0
package tonle.base;

import java.util.Optional;

/**
 * An address prefix: {@code 203.0.113.0/24}, {@code 2001:db8::/32} (RFC 4632, RFC 4291; text after RFC 5952).
 *
 * @param ipVersion 4 or 6
 * @param high the first 64 bits; an IPv4 prefix has its 32 bits at the top
 * @param low the last 64 bits of an IPv6 prefix; 0 for IPv4
 * @param lengthBits 0 to 32 or 0 to 128; bits past it are zero
 */
public record Prefix(int ipVersion, long high, long low, int lengthBits) {
    public Prefix {
        if (ipVersion != 4 && ipVersion != 6) {
            throw new IllegalArgumentException("IP version " + ipVersion + " is neither 4 nor 6");
        }
        int max = ipVersion == 4 ? 32 : 128;
        if (lengthBits < 0 || lengthBits > max) {
            throw new IllegalArgumentException("prefix length " + lengthBits + " bits is not within 0 to " + max);
        }
        if ((high & ~maskHigh(lengthBits)) != 0 || (low & ~maskLow(lengthBits)) != 0) {
            throw new IllegalArgumentException("bits are set past the prefix length " + lengthBits);
        }
    }

    /** The prefix that {@code text} writes, or empty where it writes none; bits past the length are refused. */
    public static Optional<Prefix> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        Optional<DeviceAddress> address = DeviceAddress.parse(text.substring(0, slash));
        if (address.isEmpty() || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        DeviceAddress a = address.get();
        int lengthBits = Integer.parseInt(text.substring(slash + 1));
        boolean inRange = lengthBits <= (a.ipVersion() == 4 ? 32 : 128);
        if (!inRange || (a.high() & ~maskHigh(lengthBits)) != 0 || (a.low() & ~maskLow(lengthBits)) != 0) {
            return Optional.empty();
        }
        return Optional.of(new Prefix(a.ipVersion(), a.high(), a.low(), lengthBits));
    }

    public boolean covers(Prefix other) {
        return ipVersion == other.ipVersion
                && lengthBits <= other.lengthBits
                && (other.high & maskHigh(lengthBits)) == high
                && (other.low & maskLow(lengthBits)) == low;
    }

    public String text() {
        return new DeviceAddress(ipVersion, high, low).text() + "/" + lengthBits;
    }

    @Override
    public String toString() {
        return text();
    }

    private static long maskHigh(int lengthBits) {
        return lengthBits == 0 ? 0 : -1L << (64 - Math.min(lengthBits, 64));
    }

    private static long maskLow(int lengthBits) {
        return lengthBits <= 64 ? 0 : -1L << (128 - lengthBits);
    }
}
