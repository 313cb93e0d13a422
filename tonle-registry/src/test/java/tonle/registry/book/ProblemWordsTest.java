// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemWordsTest {
    private static final Pattern ARGUMENT = Pattern.compile("\\{[0-9]}");

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonHasASentenceInBothLanguages(Reason reason) {
        Problem problem = Problem.of(reason, "first", "second", "third").in("link PNH-1", "site");

        assertThat(problem.text()).startsWith("link PNH-1, site: ").doesNotContain("{");
        assertThat(problem.text(Locale.of("km")))
                .startsWith("link PNH-1, site: ")
                .doesNotContain("{");
        assertThat(problem.text(Locale.of("km")).codePoints())
                .anyMatch(letter -> Character.UnicodeScript.of(letter) == Character.UnicodeScript.KHMER)
                .contains(0x200B);
    }

    @Test
    void noSentenceStandsForAReasonThatIsGone() throws IOException {
        List<String> names = Arrays.stream(Reason.values()).map(Reason::name).toList();

        assertThat(read("problems_en.properties").stringPropertyNames()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(read("problems_km.properties").stringPropertyNames()).containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void theKhmerSentenceNamesNothingThatTheEnglishOneDoesNot(Reason reason) throws IOException {
        assertThat(arguments(read("problems_en.properties").getProperty(reason.name())))
                .containsAll(arguments(read("problems_km.properties").getProperty(reason.name())));
    }

    @Test
    void whatSomebodyWroteIsCutAndCannotTurnTheLine() {
        String text = Problem.of(Reason.ID_INVALID, "\u202Eevil\u0007" + "x".repeat(500))
                .text();

        assertThat(text).doesNotContain("\u202E").doesNotContain("\u0007").hasSizeLessThan(250);
    }

    private static TreeSet<String> arguments(String pattern) {
        return ARGUMENT.matcher(pattern)
                .results()
                .map(MatchResult::group)
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }

    private static Properties read(String name) throws IOException {
        Properties words = new Properties();
        words.load(new InputStreamReader(ProblemWordsTest.class.getResourceAsStream(name), StandardCharsets.UTF_8));
        return words;
    }
}
