// SPDX-License-Identifier: Apache-2.0
package tonle.portal.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tonle.portal.Enrolment;
import tonle.traffic.reconcile.Finding;
import tonle.traffic.store.Dimension;
import tonle.traffic.store.Measure;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.LinkKind;
import tonle.wire.Fault;

class MessagesTest {
    private static final Messages ENGLISH = Messages.in(Language.EN);
    private static final Messages KHMER = Messages.in(Language.KM);

    @Test
    void everyKeyIsInBothCatalogues() {
        assertThat(KHMER.keys()).isEqualTo(ENGLISH.keys());
    }

    @Test
    void bothLanguagesNameTheSameArguments() {
        for (String key : ENGLISH.keys()) {
            assertThat(arguments(KHMER, key)).as(key).isEqualTo(arguments(ENGLISH, key));
        }
    }

    @Test
    void everyValueOfTheTradeHasItsWords() {
        Stream.of(
                        Arrays.stream(Fault.values()).map(f -> "fault." + f.name()),
                        Arrays.stream(Finding.Cause.values()).map(c -> "finding." + c.name()),
                        Arrays.stream(Enrolment.Reason.values()).map(r -> "enrolment." + r.name()),
                        Arrays.stream(Dimension.values()).map(d -> "dimension." + d.key()),
                        Arrays.stream(Measure.values()).map(m -> "measure." + m.key()),
                        Arrays.stream(LinkKind.values()).map(k -> "kind." + k.key()),
                        Arrays.stream(ExporterKind.values()).map(k -> "exporterkind." + k.key()))
                .flatMap(keys -> keys)
                .forEach(key -> assertThat(ENGLISH.has(key)).as(key).isTrue());
    }

    @Test
    void everyKeyThatSourcesAndTemplatesNameExists() throws IOException {
        Pattern literal = Pattern.compile("say\\(\\s*\"([a-zA-Z0-9.-]+)\"\\s*[,)]");
        Path module = Path.of(System.getProperty("tonle.root", ".."), "tonle-portal/src/main");
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(module)) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*\\.(java|jte)")).toList()) {
                Matcher matcher = literal.matcher(Files.readString(file));
                while (matcher.find()) {
                    named.add(matcher.group(1));
                }
            }
        }
        assertThat(named).hasSizeGreaterThan(150);
        assertThat(ENGLISH.keys()).containsAll(named);
    }

    @Test
    void longKhmerHasBreaksBetweenWordsAndNoneInsideAWord() {
        for (String key : KHMER.keys()) {
            for (String run : KHMER.text(key, "0", "1", "2", "3", "4", "5").split("[^\\u1780-\\u17d3\\u200b]+")) {
                String plain = run.replace("\u200b", "");
                if (plain.length() > 20) {
                    assertThat(run).as(key + " has word breaks").contains("\u200b");
                }
                for (String word : run.split("\u200b")) {
                    // A sign that stands on or under a letter never begins a word, nor does the subscript mark end one.
                    assertThat(word.isEmpty() || word.charAt(0) < '\u17b4' || word.charAt(0) > '\u17d3')
                            .as(key + " is cut inside a cluster: " + word)
                            .isTrue();
                    assertThat(word.endsWith("\u17d2"))
                            .as(key + " ends in a subscript mark")
                            .isFalse();
                }
            }
        }
    }

    @Test
    void theBreaksAreThoseOfTheDictionary() {
        for (String key : KHMER.keys()) {
            String text = KHMER.text(key, "0", "1", "2", "3", "4", "5");
            assertThat(KhmerBreaks.broken(text)).as(key).isEqualTo(text);
        }
    }

    @Test
    void aNounFollowsItsNumber() {
        assertThat(Messages.fill("{0} {0|link is|links are} up", 1)).isEqualTo("1 link is up");
        assertThat(Messages.fill("{0} {0|link is|links are} up", 0)).isEqualTo("0 links are up");
    }

    private static List<String> arguments(Messages messages, String key) {
        Set<String> found = new TreeSet<>();
        String marked = messages.text(key, "\u0001a", "\u0001b", "\u0001c", "\u0001d", "\u0001e", "\u0001f");
        Matcher matcher = Pattern.compile("\u0001[a-f]").matcher(marked);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return List.copyOf(found);
    }
}
