// SPDX-License-Identifier: Apache-2.0
package tonle.base.power;

/** The machine's own clock: the only caller of {@code System.currentTimeMillis} and {@code System.nanoTime}. */
public final class SystemClock implements Clock {
    @Override
    public long unixMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }
}
