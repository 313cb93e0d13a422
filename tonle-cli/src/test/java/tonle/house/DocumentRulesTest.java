// SPDX-License-Identifier: Apache-2.0
package tonle.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.tlog.LogFault;
import tonle.wire.Fault;

/** What holds for documents, messages and every other file of text in the tree. */
final class DocumentRulesTest {
    private static final SourceTree TREE = SourceTree.ofThisBuild();

    private static final String[] TEXT_ENDINGS = {
        ".java", ".jte", ".md", ".xml", ".properties", ".yaml", ".yml", ".sh", ".css", ".js", ".expect", ".hex", ".txt"
    };

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    /** Written in parts, because this file is read too. */
    private static final List<String> BELONG_TO_ONE_MACHINE = List.of(
            "/t" + "mp/",
            "/wo" + "rk/",
            "/ro" + "ot/",
            "work" + "tree",
            "repo." + "maven.",
            "repo1." + "maven",
            "registry." + "npmjs",
            "pypi" + ".org",
            "files.python" + "hosted");

    @Test
    void nothingSpeaksOfOneMachineOrOneRegistry() {
        List<String> wrong = new ArrayList<>();
        forEachLine((path, number, line) -> {
            for (String word : BELONG_TO_ONE_MACHINE) {
                if (line.contains(word)) {
                    wrong.add(path + ":" + number + ": " + word);
                }
            }
        });
        assertThat(wrong)
                .as("a stranger's clone has none of these: name a property, an option or nothing")
                .isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        Pattern later = Pattern.compile("\\bTO" + "DO\\b|\\bFIX" + "ME\\b|@Dis" + "abled|To be wri" + "tten");
        List<String> wrong = new ArrayList<>();
        forEachLine((path, number, line) -> {
            if (later.matcher(line).find()) {
                wrong.add(path + ":" + number + ": " + line.strip());
            }
        });
        assertThat(wrong)
                .as("finish it, or write an issue; a test that cannot run says so itself")
                .isEmpty();
    }

    @Test
    void everySourceBeginsWithItsLicence() {
        List<String> wrong = new ArrayList<>();
        for (String path : TREE.paths(".java", ".xml", ".sh", ".ci/run", ".ci/reproducible", "tonle")) {
            List<String> lines = TREE.lines(path);
            int where = path.endsWith(".java") ? 1 : 3;
            if (lines.stream().limit(where).noneMatch(line -> line.contains("SPDX-License-Identifier: Apache-2.0"))) {
                wrong.add(path);
            }
        }
        assertThat(wrong).as("the licence tag, one line, at the top").isEmpty();
    }

    @Test
    void aDocumentHasOneTitle() {
        List<String> wrong = new ArrayList<>();
        for (String path : TREE.paths(".md")) {
            long titles = prose(path).filter(line -> line.startsWith("# ")).count();
            if (titles != 1) {
                wrong.add(path + ": " + titles);
            }
        }
        assertThat(wrong).as("documents with no or several titles").isEmpty();
    }

    @Test
    void linksOfDocumentsLeadSomewhere() {
        List<String> wrong = new ArrayList<>();
        for (String path : TREE.paths(".md")) {
            for (String target : links(path)) {
                if (!TREE.has(target)) {
                    wrong.add(path + " -> " + target);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyDocumentIsTwoClicksFromTheReadme() {
        Set<String> near = new HashSet<>(Set.of("README.md"));
        for (int click = 0; click < 2; click++) {
            for (String path : List.copyOf(near)) {
                if (path.endsWith(".md") && TREE.has(path)) {
                    near.addAll(links(path));
                }
            }
        }
        List<String> far = TREE.paths(".md").stream()
                .filter(path -> !near.contains(path))
                .filter(path -> near.stream().noneMatch(folder -> path.startsWith(folder + "/")))
                .filter(path -> !path.contains("/src/"))
                .toList();
        assertThat(far).as("documents that nobody finds").isEmpty();
    }

    @Test
    void decisionsAreNumberedWithoutGapsAndNameAlternatives() {
        List<String> decisions = TREE.paths(".md").stream()
                .filter(path -> path.startsWith("docs/decisions/"))
                .toList();
        assertThat(decisions).isNotEmpty();
        for (int i = 0; i < decisions.size(); i++) {
            String path = decisions.get(i);
            assertThat(path).startsWith("docs/decisions/%04d-".formatted(i + 1));
            assertThat(TREE.lines(path))
                    .as(path)
                    .anyMatch(line -> line.startsWith("## Alternatives"))
                    .anyMatch(line -> line.startsWith("## What would change our mind"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "CHANGELOG.md",
                "CONTRIBUTING.md",
                "SECURITY.md",
                "LICENSE",
                "docs/ARCHITECTURE.md",
                "docs/GLOSSARY.md",
                "docs/DATA.md",
                "docs/WIRE.md",
                "docs/FILES.md",
                "docs/LIMITS.md",
                "docs/THREATS.md"
            })
    void theDocumentIsThere(String path) {
        assertThat(TREE.text(path)).hasSizeGreaterThan(500);
    }

    @Test
    void everyFaultHasAVectorOrATestThatNamesIt() {
        StringBuilder tests = new StringBuilder();
        for (String path : TREE.paths("Test.java", ".expect")) {
            if (path.contains("/src/") && !path.contains("/src/main/") && !path.endsWith("DocumentRulesTest.java")) {
                tests.append(TREE.text(path));
            }
        }
        assertThat(Stream.of(Fault.values())
                        .map(Enum::name)
                        .filter(name -> !Pattern.compile("\\b" + name + "\\b")
                                .matcher(tests)
                                .find()))
                .as("faults that no test produces")
                .isEmpty();
        assertThat(Stream.of(LogFault.values())
                        .map(Enum::name)
                        .filter(name -> !Pattern.compile("\\b" + name + "\\b")
                                .matcher(tests)
                                .find()))
                .as("faults of the log that no test produces")
                .isEmpty();
    }

    @Test
    void everyFaultOfTheLogStandsInTheDocumentOfItsFiles() {
        assertThat(Stream.of(LogFault.values())
                        .filter(fault -> !TREE.text("docs/FILES.md").contains("| `" + fault + "` |")))
                .isEmpty();
    }

    @Test
    void everyFaultStandsInTheDocumentOfTheWire() {
        assertThat(Stream.of(Fault.values())
                        .filter(fault -> !TREE.text("docs/WIRE.md").contains("| `" + fault + "` |")))
                .isEmpty();
    }

    @Test
    void everyFaultIsExplainedInBothLanguages() throws IOException {
        for (String language : List.of("en", "km")) {
            Set<String> keys = messages(language).stringPropertyNames();
            assertThat(Stream.of(Fault.values())
                            .map(fault -> "fault." + fault.name())
                            .filter(key -> !keys.contains(key)))
                    .as("faults without a sentence in " + language)
                    .isEmpty();
            assertThat(Stream.of(LogFault.values())
                            .map(fault -> "log-fault." + fault.name())
                            .filter(key -> !keys.contains(key)))
                    .as("faults of the log without a sentence in " + language)
                    .isEmpty();
        }
    }

    @Test
    void bothLanguagesSayTheSameThings() throws IOException {
        Properties english = messages("en");
        Properties khmer = messages("km");
        assertThat(new TreeSet<>(khmer.stringPropertyNames())).isEqualTo(new TreeSet<>(english.stringPropertyNames()));
        assertThat(khmer.stringPropertyNames().stream()
                        .filter(key -> !places(khmer.getProperty(key)).equals(places(english.getProperty(key)))))
                .as("messages whose arguments differ between the languages")
                .isEmpty();
    }

    private static Properties messages(String language) throws IOException {
        Properties messages = new Properties();
        for (String path : TREE.paths("messages_" + language + ".properties")) {
            messages.load(new StringReader(TREE.text(path)));
        }
        assertThat(messages).as("messages in " + language).isNotEmpty();
        return messages;
    }

    /** The numbers of the arguments that a pattern uses. */
    private static Set<String> places(String pattern) {
        Set<String> places = new TreeSet<>();
        Matcher place = Pattern.compile("\\{(\\d+)").matcher(pattern);
        while (place.find()) {
            places.add(place.group(1));
        }
        return places;
    }

    /** Lines outside code blocks. */
    private static Stream<String> prose(String path) {
        List<String> prose = new ArrayList<>();
        boolean isCode = false;
        for (String line : TREE.lines(path)) {
            if (line.strip().startsWith("```")) {
                isCode = !isCode;
            } else if (!isCode) {
                prose.add(line);
            }
        }
        return prose.stream();
    }

    /** Targets of links inside the tree, as paths from its root. */
    private static List<String> links(String path) {
        List<String> targets = new ArrayList<>();
        String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/') + 1) : "";
        prose(path).forEach(line -> {
            Matcher link = LINK.matcher(line);
            while (link.find()) {
                String target = link.group(1);
                if (!target.matches("[a-z]+:.*")) {
                    targets.add(
                            java.nio.file.Path.of(folder + target).normalize().toString());
                }
            }
        });
        return targets;
    }

    private interface LineSink {
        void line(String path, int number, String line);
    }

    private static void forEachLine(LineSink sink) {
        for (String path : TREE.paths()) {
            boolean isText = Stream.of(TEXT_ENDINGS).anyMatch(path::endsWith)
                    || !path.substring(path.lastIndexOf('/') + 1).contains(".");
            if (!isText || path.endsWith("DocumentRulesTest.java") || path.contains("/static/vendor/")) {
                continue;
            }
            List<String> lines = TREE.lines(path);
            for (int i = 0; i < lines.size(); i++) {
                sink.line(path, i + 1, lines.get(i));
            }
        }
    }
}
