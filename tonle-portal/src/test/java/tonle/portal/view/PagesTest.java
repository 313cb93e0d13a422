// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.base.Percentile;
import tonle.portal.fixture.Fixture;
import tonle.portal.words.Language;
import tonle.testkit.SettableClock;
import tonle.traffic.Direction;
import tonle.traffic.ProtocolClass;
import tonle.traffic.store.DuckTrafficStore;
import tonle.traffic.store.RowKind;
import tonle.traffic.store.StoreSettings;
import tonle.traffic.store.VolumeBatch;
import tonle.traffic.store.VolumeRow;

class PagesTest {
    @TempDir
    static Path folder;

    static Fixture fixture;
    static Pages pages;
    static Documents documents;

    @BeforeAll
    static void open() throws Exception {
        fixture = Fixture.open(folder);
        pages = new Pages(Fixture.settings(), fixture.services());
        documents = new Documents(Fixture.settings(), fixture.services());
    }

    @AfterAll
    static void close() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/links/PNH-SGN-2            | 404 | no-such-link        | PNH-SGN-1",
                "/exporters/pnh-r2           | 404 | no-such-exporter    | pnh-r1",
                "/trafic                     | 404 | no-such-page        | /traffic",
                "/traffic?mesure=octets      | 400 | unknown-parameter   | measure",
                "/traffic?measure=octet      | 400 | unknown-value       | octets",
                "/traffic?by=orign-as        | 400 | unknown-dimension   | remote-as",
                "/traffic?by=address         | 400 | unknown-dimension   | ''",
                "/traffic?from=yesterday     | 400 | time-unreadable     | now-24h",
                "/traffic?from=now&to=now-1h | 400 | range-invalid       | now-24h",
                "/traffic?top=0              | 400 | number-out-of-range | 7",
                "/links?month=2027-01        | 400 | month-unreadable    | 2026-11",
                "/links?lang=fr              | 400 | unknown-value       | ''",
                "/status?tz=UTZ              | 400 | unknown-value       | UTC",
            })
    void whatCannotBeAnsweredSaysWhyAndWhatIsNear(String address, int status, String kind, String nearest) {
        assertThat(pages.open(address, Language.EN).answer()).isInstanceOfSatisfying(Answer.Wrong.class, wrong -> {
            assertThat(wrong.trouble().kind()).isEqualTo(kind);
            assertThat(wrong.trouble().status()).isEqualTo(status);
            assertThat(wrong.trouble().nearest()).isEqualTo(nearest);
        });
    }

    @Test
    void aProgramGetsAProblemDocument() {
        Document answer = documents.answer("/traffic.json?where=lnik+%3D+X");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains("\"field\": \"where\"", "\"nearest\": \"link\"");
    }

    @Test
    void aDeviceThatTakesEveryPacketIsShownAsUnsampled() {
        assertThat(documents.answer("/exporters/shv-r1.txt?table=sampling").body())
                .contains("unsampled: every packet")
                .contains("default set here");
    }

    @Test
    void theNinetyFifthIsOneNumberEverywhere() throws Exception {
        String csv =
                documents.answer("/links/PNH-SGN-1/samples.csv?month=2026-11").body();
        double[] samples = csv.lines()
                .filter(l -> l.startsWith("2026"))
                .map(l -> l.split(",", -1)[1])
                .mapToDouble(f -> f.isEmpty() ? Double.NaN : Double.parseDouble(f))
                .toArray();
        long recomputed = Math.round(Percentile.of(samples).value());
        long asked = Math.round(fixture.store
                .month("PNH-SGN-1", Direction.IN, 1_793_466_000, Fixture.NOW_SECONDS - 120)
                .percentileBitsPerSecond());
        assertThat(recomputed).isEqualTo(asked);
        assertThat(documents.answer("/links/PNH-SGN-1.json?month=2026-11").body())
                .contains("\"percentile95BitsPerSecond\": " + recomputed);
        assertThat(documents.answer("/links.json?month=2026-11").body())
                .contains("\"inPercentile95BitsPerSecond\": " + recomputed);
        assertThat(csv).contains(",true\r\n");
    }

    @Test
    void countersMakeALinkBillableAndFlowsAnEstimate() {
        assertThat(documents.answer("/links/PNH-SGN-1.txt").body())
                .contains("so far")
                .doesNotContain("not billable");
        assertThat(documents.answer("/links/PNH-SHV-1.txt").body()).contains("estimate from flows, not billable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AS64501", "64501", "as64501"})
    void anAsNumberOpensItsTraffic(String typed) {
        assertThat(pages.open("/go?q=" + typed, Language.EN).answer())
                .isEqualTo(new Answer.Moved("/traffic?by=member&where=remote-as+%3D+64501"));
    }

    @Test
    void anAddressLeadsToItsHolderAndItsHostBitsGoNowhere() {
        String shown = documents.answer("/go.json?q=192.0.2.77").body();
        assertThat(shown).contains("alpha", "192.0.2.0/24");
        assertThat(shown.substring(shown.indexOf("\"rows\""))).doesNotContain("192.0.2.77");
    }

    @Test
    void theOverviewNamesWhatNeedsAction() {
        Page page = ((Answer.Shown) pages.open("/", Language.EN).answer()).page();
        Overview.Body body = (Overview.Body) page.body();
        assertThat(page.sentence()).isEqualTo("2 of 3 exporters heard. 5 things need attention.");
        assertThat(body.attention().getFirst().text()).isEqualTo("ppt-r1: silent for 11 min");
        assertThat(body.attention()).hasSize(5);
    }

    @Test
    void aNewcomerIsToldWhatToDoFirst() throws Exception {
        Path fresh = Files.createTempDirectory(folder, "fresh");
        SettableClock clock = new SettableClock(Fixture.NOW_SECONDS * 1000);
        try (var store = DuckTrafficStore.open(StoreSettings.in(fresh), clock)) {
            Pages empty = new Pages(Fixture.settings(), Fixture.empty(store, clock));
            for (String path : Pages.PATHS) {
                assertThat(empty.open(path, Language.KM).answer()).as(path).isInstanceOf(Answer.Shown.class);
            }
            Page page = ((Answer.Shown) empty.open("/", Language.EN).answer()).page();
            assertThat(page.sentence()).startsWith("No exporter is known yet. Add the first one");
        }
    }

    @Test
    void anEmptyAnswerTellsTheFilterFromTheTruth() {
        Traffic.Body filtered = body("/traffic?where=country+%3D+AQ");
        assertThat(filtered.emptyWords()).isEqualTo("Nothing matches the filter country = AQ in this time.");
        assertThat(filtered.wider()).hasSize(3);
        Traffic.Body truth = body("/traffic?from=2026-01-01&to=2026-01-02");
        assertThat(truth.emptyWords()).startsWith("Nothing was booked since 1 January 2026");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "link = PNH-SNG-1                 | PNH-SNG-1   | PNH-SGN-1",
                "member = alhpa                   | alhpa       | alpha",
                "member = \"Alpha Telecm\"        | \"Alpha Telecm\" | alpha",
                "site = PHN and country = KH      | PHN         | PNH",
                "country = Cambodja               | Cambodja    | KH",
                "link-kind = internatonal         | internatonal | international",
                "protocol in (tcp, upd)           | upd         | udp",
                "ip-version = 5                   | 5           | ''",
                "hour = 24                        | 24          | ''",
                "remote-as = 99999999999          | 99999999999 | ''",
                "remote-as = Google               | Google      | ''",
                "exporter = pnh-r1                | exporter    | link",
                "direction = up                   | up          | ''",
            })
    void aFilterThatNamesNothingDrawsNothingAndSaysWhere(String where, String wrong, String nearest) {
        String address = "/traffic?where=" + java.net.URLEncoder.encode(where, java.nio.charset.StandardCharsets.UTF_8);
        Page page = ((Answer.Shown) pages.open(address, Language.EN).answer()).page();
        Traffic.Body body = (Traffic.Body) page.body();
        assertThat(body.mistake().wrong()).isEqualTo(wrong);
        assertThat(body.mistake().nearest()).isEqualTo(nearest);
        assertThat(body.mistake().before()
                        + body.mistake().wrong()
                        + body.mistake().after())
                .isEqualTo(where);
        assertThat(body.chartSvg()).isEmpty();
        assertThat(body.note()).isEmpty();
        assertThat(page.sentence()).isEqualTo("The filter cannot be applied at " + wrong + ": nothing is drawn.");
        Document refused = documents.answer(address.replace("/traffic", "/traffic.json"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).doesNotContain("rows");
        if (!nearest.isEmpty()) {
            Traffic.Mistake next = body(body.mistake().mendedHref()).mistake();
            assertThat(next == null ? "" : next.wrong()).isNotEqualTo(wrong);
        }
    }

    @Test
    void aLinkThatTheConfigurationLostIsKnownWhileTheStoreHasIt() throws Exception {
        long bin = Fixture.NOW_SECONDS - Fixture.NOW_SECONDS % 300 - 3_600;
        fixture.store.write(new VolumeBatch(
                "retired",
                1,
                List.of(new VolumeRow(
                        bin,
                        "OLD-1",
                        Direction.IN,
                        "alpha",
                        64_501,
                        4,
                        ProtocolClass.TCP,
                        1_000,
                        10,
                        10,
                        0,
                        0,
                        RowKind.MEASURED)),
                List.of(),
                List.of()));
        assertThat(body("/traffic?where=link+%3D+OLD-1").mistake()).isNull();
        assertThat(body("/traffic?where=link+%3D+OLD-2").mistake().words()).startsWith("No link is called OLD-2.");
    }

    @Test
    void addedDimensionsMoveToAReadableAddress() {
        assertThat(pages.open("/traffic?by=member&add=country&lang=km", Language.EN)
                        .answer())
                .isEqualTo(new Answer.Moved("/traffic?by=member,country&lang=km"));
    }

    private static Traffic.Body body(String address) {
        return (Traffic.Body) ((Answer.Shown) pages.open(address, Language.EN).answer())
                .page()
                .body();
    }
}
