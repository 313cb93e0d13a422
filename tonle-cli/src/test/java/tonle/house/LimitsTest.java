// SPDX-License-Identifier: Apache-2.0
package tonle.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/LIMITS.md says what the code does: each constant that a row names has its value in the row, and a figure of the
 * bound that no constant accounts for needs a dash beside the names.
 */
final class LimitsTest {
    private static final SourceTree TREE = SourceTree.ofThisBuild();
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:\\.[A-Za-z][A-Za-z0-9_]*)+)`");
    private static final Pattern FIGURE = Pattern.compile("(?<![\\w`.])\\d[\\d,]*(?:\\^\\d+)?");

    private record Row(String what, String bound, String beyond, String code) {}

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String line : TREE.lines("docs/LIMITS.md")) {
            if (line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| What |")) {
                String[] cells = line.substring(1, line.lastIndexOf('|')).split("\\|");
                assertThat(cells)
                        .as("what, bound, beyond it, in the code (`Class.CONSTANT` or –): %s", line)
                        .hasSize(4);
                rows.add(new Row(cells[0].strip(), cells[1].strip(), cells[2].strip(), cells[3].strip()));
            }
        }
        return rows;
    }

    @Test
    void eachFigureIsThatOfItsConstant() throws ReflectiveOperationException {
        List<Row> rows = rows();
        List<String> wrong = new ArrayList<>();
        for (Row row : rows) {
            String text = row.bound + " | " + row.beyond;
            Matcher names = NAME.matcher(row.code);
            boolean isWaiting = false;
            while (names.find()) {
                if (!isHeld(names.group(1))) {
                    isWaiting = true;
                    continue;
                }
                long value = value(names.group(1));
                List<String> words = words(names.group(1), value);
                if (words.stream().noneMatch(word -> contains(row.bound + " | " + row.beyond, word))) {
                    wrong.add("%s: %s is %s".formatted(row.what, names.group(1), String.join(" or ", words)));
                }
                for (String word : words) {
                    text = Pattern.compile(exactly(word)).matcher(text).replaceAll("");
                }
            }
            Matcher figures = FIGURE.matcher(text.substring(0, text.indexOf('|')));
            if (!isWaiting && !row.code.contains("–") && figures.find()) {
                wrong.add("%s: no constant named for %s".formatted(row.what, figures.group()));
            }
            if (row.code.isEmpty()) {
                wrong.add(row.what + ": neither a constant nor –");
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(rows.stream().filter(row -> NAME.matcher(row.code).find()).count())
                .as("rows that are compared")
                .isGreaterThan(35);
    }

    private static boolean contains(String text, String word) {
        return Pattern.compile(exactly(word)).matcher(text).find();
    }

    private static String exactly(String word) {
        return "(?<![\\d,.^])" + Pattern.quote(word) + "(?![\\d^]|,\\d)";
    }

    /** The ways in which a document may say the value, by what the constant's name says that it is. */
    private static List<String> words(String name, long value) {
        List<String> words = new ArrayList<>(List.of(String.format(Locale.ROOT, "%,d", value), Long.toString(value)));
        String unit = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
        if (unit.contains("OCTETS")) {
            addUnit(words, value, 1L << 10, "KiB");
            addUnit(words, value, 1L << 20, "MiB");
            if (Long.bitCount(value) == 1) {
                words.add("2^" + Long.numberOfTrailingZeros(value));
            }
        } else if (unit.contains("AMOUNT")) {
            words.add("2^" + Long.numberOfTrailingZeros(value));
        }
        long second = unit.contains("MICROS") ? 1_000_000 : unit.contains("MILLIS") ? 1_000 : 1;
        if (second > 1 || unit.contains("SECONDS")) {
            addUnit(words, value, second, "s");
            addUnit(words, value, 60 * second, "minutes");
            addUnit(words, value, 3_600 * second, "hours");
            addUnit(words, value, 86_400 * second, "days");
        }
        // The longest first: "16 MiB" goes before "16".
        return words.reversed();
    }

    private static void addUnit(List<String> words, long value, long each, String unit) {
        if (value % each == 0) {
            words.add(String.format(Locale.ROOT, "%,d %s", value / each, unit));
        }
    }

    /** Of {@code Class.CONSTANT}, or of {@code Class.CONSTANT.component} where the constant is a record. */
    private static long value(String name) throws ReflectiveOperationException {
        String[] parts = name.split("\\.");
        List<String> paths = TREE.paths("/" + parts[0] + ".java").stream()
                .filter(path -> path.contains("/src/main/java/"))
                .toList();
        for (String path : paths) {
            String type = path.substring(path.indexOf("/src/main/java/") + 15, path.length() - 5)
                    .replace('/', '.');
            for (Field field : fields(type)) {
                if (field.getName().equals(parts[1]) && Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    return number(field.get(null), parts);
                }
            }
        }
        throw new AssertionError("no constant " + name + " in the code");
    }

    /** Whether the program holds the room of the class yet; a class that stands in no source is no such case. */
    private static boolean isHeld(String name) {
        List<String> types = TREE.paths("/" + name.split("\\.")[0] + ".java").stream()
                .filter(path -> path.contains("/src/main/java/"))
                .map(path -> path.substring(path.indexOf("/src/main/java/") + 15, path.length() - 5)
                        .replace('/', '.'))
                .toList();
        return types.isEmpty() || types.stream().anyMatch(type -> fields(type).length > 0);
    }

    private static Field[] fields(String type) {
        try {
            return Class.forName(type).getDeclaredFields();
        } catch (ClassNotFoundException _) {
            return new Field[0];
        }
    }

    private static long number(Object value, String[] parts) throws ReflectiveOperationException {
        Object found = value;
        if (parts.length > 2) {
            Method component = value.getClass().getDeclaredMethod(parts[2]);
            component.setAccessible(true);
            found = component.invoke(value);
        }
        return ((Number) found).longValue();
    }
}
