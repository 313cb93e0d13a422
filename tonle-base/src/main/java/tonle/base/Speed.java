// SPDX-License-Identifier: Apache-2.0
package tonle.base;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speeds as people write them: {@code 100G} is 100,000,000,000 bits a second. */
public final class Speed {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,12})?)([KMGT]?)");
    private static final String UNITS = "KMGT";

    private Speed() {}

    /** Bits a second, or {@link Long#MIN_VALUE} where the text is no speed or no whole number of bits. */
    public static long parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Long.MIN_VALUE;
        }
        int power = form.group(2).isEmpty() ? 0 : 3 * (UNITS.indexOf(form.group(2)) + 1);
        try {
            return new BigDecimal(form.group(1)).scaleByPowerOfTen(power).longValueExact();
        } catch (ArithmeticException _) {
            return Long.MIN_VALUE;
        }
    }

    /** The shortest form that {@link #parse} reads back to the same number. */
    public static String text(long bitsPerSecond) {
        long rest = bitsPerSecond;
        int unit = -1;
        while (rest != 0 && rest % 1_000 == 0 && unit < UNITS.length() - 1) {
            rest /= 1_000;
            unit++;
        }
        return unit < 0 ? Long.toString(rest) : rest + UNITS.substring(unit, unit + 1);
    }
}
