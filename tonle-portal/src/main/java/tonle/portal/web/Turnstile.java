// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import java.net.InetAddress;
import java.util.Arrays;
import tonle.base.power.Clock;

/**
 * A bound on attempts at the door, by the network that they come from. Of an address only the /24 (IPv4) or /48 (IPv6)
 * is looked at, mixed with a salt of this run into one of a fixed number of counters, and forgotten: none is kept,
 * and strangers cannot fill the memory. Only the door counts; who is signed in is never held up here.
 */
final class Turnstile {
    /** A whole office behind one address signs in at the start of its shift. */
    static final int ATTEMPTS_A_MINUTE_MAX = 60;

    private static final int COUNTERS = 4_096;
    private static final long WINDOW_MILLIS = 60_000;

    private final Clock clock;
    private final Visitors visitors;
    private final int[] counts = new int[COUNTERS];
    private long windowStartMillis;

    Turnstile(Clock clock, Visitors visitors) {
        this.clock = clock;
        this.visitors = visitors;
    }

    /** Whether one more attempt from there may pass now. */
    boolean passes(String remoteAddress) {
        int counter = (int) (Long.parseLong(
                        visitors.sealed("door " + network(remoteAddress)).substring(0, 8), 16)
                % COUNTERS);
        synchronized (counts) {
            long now = clock.unixMillis();
            if (now - windowStartMillis >= WINDOW_MILLIS || now < windowStartMillis) {
                Arrays.fill(counts, 0);
                windowStartMillis = now;
            }
            return ++counts[counter] <= ATTEMPTS_A_MINUTE_MAX;
        }
    }

    private static String network(String remoteAddress) {
        try {
            byte[] octets = InetAddress.ofLiteral(remoteAddress).getAddress();
            return Arrays.toString(Arrays.copyOf(octets, octets.length == 4 ? 3 : 6));
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
