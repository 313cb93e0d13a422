// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From when until when.
 *
 * @param fromSeconds included, since 1970
 * @param toSeconds excluded
 * @param fromText as it stands in the address: {@code now-24h}, {@code 2026-11-01}
 */
record Span(long fromSeconds, long toSeconds, String fromText, String toText) {
    /** A year and a month: more is for the months' own pages. */
    static final long SECONDS_MAX = 400L * 86_400;

    private static final Pattern RELATIVE = Pattern.compile("now(?:-([0-9]{1,5})(m|h|d|w))?");

    long seconds() {
        return toSeconds - fromSeconds;
    }

    boolean relative() {
        return fromText.startsWith("now") || toText.startsWith("now");
    }

    /**
     * The moment that {@code text} names: {@code now}, {@code now-24h}, a date, or an ISO time with or without zone.
     */
    static OptionalLong moment(String text, long nowSeconds, ZoneId zone) {
        Matcher relative = RELATIVE.matcher(text);
        if (relative.matches()) {
            return OptionalLong.of(nowSeconds - (relative.group(1) == null ? 0 : backSeconds(relative)));
        }
        try {
            if (text.length() == 10) {
                return OptionalLong.of(LocalDate.parse(text).atStartOfDay(zone).toEpochSecond());
            }
            boolean zoned = text.endsWith("Z") || text.matches(".*[+-][0-9]{2}:?[0-9]{2}");
            Instant instant = zoned && text.length() > 16
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
            return OptionalLong.of(instant.getEpochSecond());
        } catch (DateTimeException _) {
            return OptionalLong.empty();
        }
    }

    private static long backSeconds(Matcher relative) {
        long unitSeconds = switch (relative.group(2)) {
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            default -> 7 * 86_400;
        };
        return Long.parseLong(relative.group(1)) * unitSeconds;
    }
}
