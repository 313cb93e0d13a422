// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import tonle.traffic.Direction;
import tonle.traffic.ProtocolClass;

/** The numbers that stand for closed sets in the store's columns. They are on disk: a number is never given again. */
final class Codes {
    private Codes() {}

    static byte of(Direction direction) {
        return switch (direction) {
            case IN -> 0;
            case OUT -> 1;
        };
    }

    static Direction direction(int code) {
        return code == 0 ? Direction.IN : Direction.OUT;
    }

    /** The IANA number of the protocol, 0 for all others. */
    static byte of(ProtocolClass protocol) {
        return switch (protocol) {
            case TCP -> 6;
            case UDP -> 17;
            case ICMP -> 1;
            case OTHER -> 0;
        };
    }

    static byte of(RowKind kind) {
        return switch (kind) {
            case MEASURED -> 0;
            case CORRECTION -> 1;
            case BACKFILL -> 2;
        };
    }
}
