// SPDX-License-Identifier: Apache-2.0
package tonle.testkit;

import tonle.base.power.Clock;

/** A clock that a test moves. */
public final class SettableClock implements Clock {
    private volatile long unixMillis;

    public SettableClock(long unixMillis) {
        this.unixMillis = unixMillis;
    }

    @Override
    public long unixMillis() {
        return unixMillis;
    }

    @Override
    public long monotonicNanos() {
        return unixMillis * 1_000_000;
    }

    public void advanceMillis(long millis) {
        unixMillis += millis;
    }

    public void setUnixMillis(long millis) {
        unixMillis = millis;
    }
}
