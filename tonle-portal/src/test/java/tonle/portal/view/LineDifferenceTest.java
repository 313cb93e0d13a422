// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.base.power.Seed;

class LineDifferenceTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', ''",
        "a, a, ' a'",
        "a, b, '-a|+b'",
        "a|b|c, a|c, ' a|-b| c'",
        "a|c, a|b|c, ' a|+b| c'",
        "a|b|c|d, b|x|d, '-a| b|-c|+x| d'",
    })
    void linesAreKeptGoneOrNew(String before, String after, String lines) {
        assertThat(text(LineDifference.between(before.replace('|', '\n'), after.replace('|', '\n'))))
                .isEqualTo(lines);
    }

    private static String text(List<LineDifference.Line> lines) {
        return lines.stream()
                .map(line -> switch (line.change()) {
                            case SAME -> " ";
                            case GONE -> "-";
                            case NEW -> "+";
                        }
                        + line.words())
                .collect(Collectors.joining("|"));
    }

    @Test
    void bothTextsCanBeReadOffTheDifference() {
        Seed seed = new Seed(4);
        for (int round = 0; round < 200; round++) {
            String before = drawn(seed);
            String after = drawn(seed);
            List<LineDifference.Line> lines = LineDifference.between(before, after);
            assertThat(without(lines, LineDifference.Change.NEW)).isEqualTo(before);
            assertThat(without(lines, LineDifference.Change.GONE)).isEqualTo(after);
        }
        String large = "x\n".repeat(3_000);
        assertThat(LineDifference.between(large, large)).hasSize(6_000);
    }

    private static String drawn(Seed seed) {
        return IntStream.range(0, seed.below(12))
                .mapToObj(_ -> "line " + seed.below(4) + "\n")
                .collect(Collectors.joining());
    }

    private static String without(List<LineDifference.Line> lines, LineDifference.Change change) {
        return lines.stream()
                .filter(line -> line.change() != change)
                .map(line -> line.words() + "\n")
                .collect(Collectors.joining());
    }
}
