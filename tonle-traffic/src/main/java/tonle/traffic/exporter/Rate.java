// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

/**
 * A sampling rate as a fraction: {@code sampled} of {@code population} packets were seen. RFC 5477 section 8.2 gives
 * intervals and populations as whole numbers; their quotient need not be one.
 *
 * @param population at least {@code sampled}; 0 where no rate is known
 * @param sampled 1 to {@value #SAMPLED_MAX}
 */
public record Rate(long population, long sampled, RateSource source) {
    public static final long SAMPLED_MAX = 1 << 18;
    /** One in more packets than this is no sampling rate. */
    public static final long FACTOR_MAX = 1 << 24;
    /** What {@link #scale} answers where the product is no plausible volume. */
    public static final long IMPLAUSIBLE = -1;
    /** A record's octets, scaled, are at most 2^56: a terabit a second for six days. */
    public static final long AMOUNT_MAX = 1L << 56;

    public static final Rate NONE = new Rate(0, 1, RateSource.NONE);

    /** The rate as a reduced fraction, or {@link #NONE} where the numbers cannot be one. */
    public static Rate of(long population, long sampled, RateSource source) {
        if (sampled < 1 || population < sampled) {
            return NONE;
        }
        long divisor = gcd(population, sampled);
        long p = population / divisor;
        long s = sampled / divisor;
        if (s > SAMPLED_MAX || p / s > FACTOR_MAX || p / s == FACTOR_MAX && p % s != 0) {
            return NONE;
        }
        return new Rate(p, s, source);
    }

    /** From a probability between 0 and 1 (element 311), to one part in 65,536 of itself. */
    public static Rate ofProbability(double probability, RateSource source) {
        if (!(probability > 0 && probability <= 1)) {
            return NONE;
        }
        return of(Math.round(65_536 / probability), 65_536, source);
    }

    public boolean isKnown() {
        return population > 0;
    }

    public boolean isUnsampled() {
        return population == sampled;
    }

    /** As a number, 1 where nothing is known. */
    public double factor() {
        return population == 0 ? 1 : (double) population / sampled;
    }

    public boolean sameFraction(Rate other) {
        return population == other.population && sampled == other.sampled;
    }

    public Rate from(RateSource newSource) {
        return new Rate(population, sampled, newSource);
    }

    /**
     * {@code amount} × rate in whole numbers, halves rounded up, once for each record; {@link #IMPLAUSIBLE} above
     * {@link #AMOUNT_MAX}. An unknown rate leaves the amount as it is.
     */
    public long scale(long amount) {
        if (population == sampled || population == 0) {
            return amount <= AMOUNT_MAX ? amount : IMPLAUSIBLE;
        }
        long whole = amount / sampled;
        long rest = amount % sampled;
        if (Math.multiplyHigh(whole, population) != 0 || whole * population < 0) {
            return IMPLAUSIBLE;
        }
        // rest < 2^18 and population <= 2^42: no overflow.
        long product = rest * population;
        long remainder = product % sampled;
        long scaled = whole * population + product / sampled + (2 * remainder >= sampled ? 1 : 0);
        return scaled >= 0 && scaled <= AMOUNT_MAX ? scaled : IMPLAUSIBLE;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
