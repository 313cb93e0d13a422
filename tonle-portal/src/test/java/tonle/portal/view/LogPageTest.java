// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.notary.witness.WitnessState;
import tonle.portal.fixture.Fixture;
import tonle.portal.fixture.SampleLog;
import tonle.portal.words.Language;

/** The public log as its page and documents show it. */
class LogPageTest {
    @TempDir
    static Path folder;

    static Fixture fixture;
    static SampleLog log;
    static Pages pages;
    static Documents documents;

    @BeforeAll
    static void open() throws Exception {
        fixture = Fixture.open(folder.resolve("store"));
        log = SampleLog.in(folder, Fixture.NOW_SECONDS);
        pages = new Pages(Fixture.settings(), fixture.services(log));
        documents = new Documents(Fixture.settings(), fixture.services(log));
    }

    @AfterAll
    static void close() throws Exception {
        fixture.close();
    }

    private static Page page(String address) {
        return ((Answer.Shown) pages.open(address, Language.EN).answer()).page();
    }

    /** Without the lines that say what the document is. */
    private static String rows(String address) {
        return documents
                .answer(address)
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void entriesComeNewestFirstInPagesThatJoinWithoutGapOrDouble() {
        String csv = rows("/log.csv");
        assertThat(csv.lines().toList()).hasSize(26);
        assertThat(csv).startsWith("entry,kind,at,content,leaf\n299,acts,,read: events 299 to 300,");
        int seen = 0;
        String address = "/log";
        while (!address.isEmpty()) {
            Page page = page(address);
            for (var row : page.tables().getFirst().rows()) {
                assertThat(row.cells().getFirst().value()).isEqualTo((long) SampleLog.ENTRIES - 1 - seen++);
            }
            address = ((LogPage.Body) page.body()).olderHref();
        }
        assertThat(seen).isEqualTo(SampleLog.ENTRIES);
        assertThat(page("/log?before=99999999").tables().getFirst().rows()).hasSize(25);
    }

    @Test
    void aSilenceIsShownWithItsBeginAndEnd() {
        assertThat(rows("/log.csv?table=silences").lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .matches("20\\S+Z,20\\S+Z");
    }

    @Test
    void theSentenceSaysHowManyWitnessesSawIt() {
        log.witnesses = List.of();
        assertThat(page("/log").sentence()).contains("Nobody witnesses this log");
        log.witnesses = List.of(
                log.witness("a", 300, Optional.empty()),
                log.witness("b", 300, Optional.empty()),
                log.witness("c", 0, Optional.of(WitnessState.Kind.AWAY)));
        log.witnessedSize = 300;
        assertThat(page("/log").sentence())
                .isEqualTo("300 entries, all of them seen by enough witnesses; 2 of 3 cosign.");
        log.witnessedSize = 250;
        assertThat(page("/log").sentence()).contains("enough witnesses have seen 250");
        assertThat(((LogPage.Body) page("/log").body()).troubles()).isEmpty();
        log.witnesses = List.of(log.witness("a", 300, Optional.of(WitnessState.Kind.CONTRADICTS)));
        assertThat(((LogPage.Body) page("/log").body()).troubles())
                .containsExactly("Alarm by the witness a: words of CONTRADICTS");
        assertThat(documents.answer("/log.json?table=witnesses").body()).contains("\"state\": \"contradicts\"");
        log.witnesses = List.of();
    }

    @Test
    void anEntryHasItsFieldsAndItsProof() {
        assertThat(rows("/log/0.csv")).startsWith("field,value\nkind,heartbeat\nat,20");
        Page page = page("/log/299");
        assertThat(((LogEntryPage.Body) page.body()).proveHref()).isEqualTo("/verify?entry=299");
        assertThat(page.nextHref()).isEmpty();
        assertThat(page.previousHref()).isEqualTo("/log/298");
        for (String absent : List.of("/log/300", "/log/-1", "/log/x", "/log/99999999999999999999")) {
            assertThat(pages.open(absent, Language.EN).answer())
                    .isInstanceOfSatisfying(
                            Answer.Wrong.class,
                            wrong -> assertThat(wrong.trouble().kind()).isEqualTo("no-such-entry"));
        }
    }

    @Test
    void aDamagedFileIsSaidAndAGatewayWithoutALogSaysSo() throws Exception {
        Path bundle = folder.resolve("log/tile/entries/000");
        byte[] whole = Files.readAllBytes(bundle);
        Files.write(bundle, new byte[] {1, 2, 3});
        assertThat(documents.answer("/log/3.json").status()).isEqualTo(503);
        assertThat(documents.answer("/log/3.json").body()).contains("BUNDLE_TRUNCATED");
        Files.write(bundle, whole);
        assertThat(documents.answer("/log/3.json").status()).isEqualTo(200);
        assertThat(new Documents(Fixture.settings(), fixture.services())
                        .answer("/log.json")
                        .status())
                .isEqualTo(404);
    }
}
