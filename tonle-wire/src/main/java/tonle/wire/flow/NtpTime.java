// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

/**
 * The 64-bit times of elements 154 to 157 (RFC 7011 sections 6.1.9, 6.1.10): 32 bits of seconds since 1900 and 32 bits
 * of fraction, as in NTP. Seconds wrap in 2036; a number with its top bit clear lies behind that wrap (RFC 4330 section
 * 3). Exporters are known that send other things here, so what lands more than a year from the message's own export
 * time is tried in the other readings.
 */
final class NtpTime {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long ERA_SECONDS = 1L << 32;
    private static final long YEAR_MILLIS = 365L * 86_400_000;

    private NtpTime() {}

    static long unixMillis(long raw, long exportMillis) {
        long seconds = raw >>> 32;
        long fractionMillis = (raw & 0xFFFF_FFFFL) * 1000 >>> 32;
        long eraSeconds = raw < 0 ? seconds : seconds + ERA_SECONDS;
        long asNtp = (eraSeconds - SECONDS_1900_TO_1970) * 1000 + fractionMillis;
        if (isNear(asNtp, exportMillis)) {
            return asNtp;
        }
        long asUnixFraction = seconds * 1000 + fractionMillis;
        if (isNear(asUnixFraction, exportMillis)) {
            return asUnixFraction;
        }
        long asMicros = raw / 1000;
        if (isNear(asMicros, exportMillis)) {
            return asMicros;
        }
        long asNanos = raw / 1_000_000;
        return isNear(asNanos, exportMillis) ? asNanos : asNtp;
    }

    private static boolean isNear(long unixMillis, long exportMillis) {
        return Math.abs(unixMillis - exportMillis) <= YEAR_MILLIS;
    }
}
