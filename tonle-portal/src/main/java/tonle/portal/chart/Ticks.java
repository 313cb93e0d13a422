// SPDX-License-Identifier: Apache-2.0
package tonle.portal.chart;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Round values along an axis.
 *
 * @param top the highest of them
 */
record Ticks(double top, List<Double> values) {
    private static final int COUNT = 4;
    private static final int MOMENTS_MAX = 9;
    private static final int[] STEP_HOURS = {1, 2, 3, 4, 6, 12};

    /** A named moment on the time axis. */
    record Moment(long seconds, String text) {}

    /** From zero to the first round value at or above {@code largest}. */
    static Ticks upTo(double largest) {
        double raw = largest / COUNT;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power;
        for (double candidate : new double[] {1, 2, 2.5, 5, 10}) {
            step = candidate * power;
            if (step >= raw * 0.999) {
                break;
            }
        }
        List<Double> values = new ArrayList<>();
        double value = 0;
        values.add(value);
        while (value < largest) {
            value = values.size() * step;
            values.add(value);
        }
        return new Ticks(value, values);
    }

    /** Hours of the clock for up to two days, else days: in local time, so that a change of offset moves nothing. */
    static List<Moment> moments(long fromSeconds, long toSeconds, ZoneId zone) {
        ZonedDateTime from = Instant.ofEpochSecond(fromSeconds).atZone(zone);
        long hours = (toSeconds - fromSeconds) / 3_600;
        List<Moment> moments = new ArrayList<>();
        if (hours < 2) {
            int stepMinutes = hours < 1 ? 10 : 20;
            ZonedDateTime at = from.truncatedTo(ChronoUnit.HOURS);
            for (; at.toEpochSecond() < toSeconds; at = at.plusMinutes(stepMinutes)) {
                add(moments, at, fromSeconds, "HH:mm");
            }
        } else if (hours <= 50) {
            int step = 24;
            for (int i = STEP_HOURS.length - 1; i >= 0; i--) {
                step = hours / STEP_HOURS[i] <= MOMENTS_MAX ? STEP_HOURS[i] : step;
            }
            ZonedDateTime at = from.truncatedTo(ChronoUnit.DAYS);
            for (; at.toEpochSecond() < toSeconds; at = at.plusHours(step)) {
                add(moments, at, fromSeconds, "HH:mm");
            }
        } else {
            int step = (int) Math.ceil(hours / 24.0 / MOMENTS_MAX);
            LocalDate day = from.toLocalDate();
            for (; day.atStartOfDay(zone).toEpochSecond() < toSeconds; day = day.plusDays(step)) {
                add(moments, day.atStartOfDay(zone), fromSeconds, "MM-dd");
            }
        }
        return moments;
    }

    private static void add(List<Moment> moments, ZonedDateTime at, long fromSeconds, String pattern) {
        if (at.toEpochSecond() >= fromSeconds) {
            moments.add(new Moment(
                    at.toEpochSecond(),
                    DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(at)));
        }
    }
}
