// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.math.BigInteger;

/**
 * A sampling rate as a fraction, so that 305 of 1,000 packets are not taken for one in three (flows.md 4.5).
 *
 * @param population packets of which {@code sample} were looked at, at least {@code sample}
 * @param sample at least 1
 */
record Rate(long population, long sample) {
    static final Rate ONE = new Rate(1, 1);

    /** {@code amount} times the rate, rounded to the nearest whole once; at most {@link Long#MAX_VALUE}. */
    long scale(long amount) {
        if (population == sample) {
            return amount;
        }
        long high = Math.multiplyHigh(amount, population);
        if (sample == 1 && high == 0 && amount * population >= 0) {
            return amount * population;
        }
        BigInteger doubled = BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(population))
                .shiftLeft(1)
                .add(BigInteger.valueOf(sample))
                .divide(BigInteger.valueOf(sample).shiftLeft(1));
        return doubled.bitLength() < Long.SIZE ? doubled.longValue() : Long.MAX_VALUE;
    }
}
