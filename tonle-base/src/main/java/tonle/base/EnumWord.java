// SPDX-License-Identifier: Apache-2.0
package tonle.base;

import java.util.Locale;

/** The word for a constant in addresses, files and documents: {@code MAY_READ} is {@code may-read}. */
public final class EnumWord {
    private EnumWord() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
