// SPDX-License-Identifier: Apache-2.0
package tonle.base.power;

import tonle.base.Must;

/**
 * Numbers from a seed: splitmix64 (Steele, Lea, Flood 2014), fixed here so that no JDK change moves a simulation or a
 * generated test. Not for secrets. Not thread-safe: {@link #fork} gives each thread its own.
 */
public final class Seed {
    private long state;

    public Seed(long seed) {
        this.state = seed;
    }

    public long nextLong() {
        long z = (state += 0x9E3779B97F4A7C15L);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in 0 (included) to {@code bound} (excluded); {@code bound} is at least 1. */
    public int below(int bound) {
        Must.hold(bound > 0, "bound must be positive");
        return (int) Math.floorMod(nextLong() >>> 1, (long) bound);
    }

    /** Uniform in 0 (included) to 1 (excluded). */
    public double unit() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** An independent stream for {@code name}: the same name gives the same stream, whatever was drawn before. */
    public Seed fork(String name) {
        long mixed = state;
        for (int i = 0; i < name.length(); i++) {
            mixed = (mixed ^ name.charAt(i)) * 0x100000001B3L;
        }
        return new Seed(mixed);
    }
}
