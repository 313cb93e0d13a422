// SPDX-License-Identifier: Apache-2.0
package tonle.base;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The word for a constant in addresses, files and documents: {@code MAY_READ} is {@code may-read}. */
public final class EnumWord {
    private EnumWord() {}

    /** The constant of a word that {@link #of} gives; empty where there is none. */
    public static <E extends Enum<E>> Optional<E> find(Class<E> kind, String word) {
        return Arrays.stream(kind.getEnumConstants())
                .filter(constant -> of(constant).equals(word))
                .findFirst();
    }

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
