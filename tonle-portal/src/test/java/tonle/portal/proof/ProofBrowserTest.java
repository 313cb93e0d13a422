// SPDX-License-Identifier: Apache-2.0
package tonle.portal.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.notary.check.LogCheck;
import tonle.notary.check.LogSource;
import tonle.notary.log.LogPlaces;
import tonle.notary.log.Placed;
import tonle.notary.log.PublicLog;
import tonle.notary.log.Witnesses;
import tonle.portal.Portal;
import tonle.portal.RunningPortal;
import tonle.portal.fixture.Fixture;
import tonle.portal.fixture.TestBrowser;
import tonle.portal.words.Language;
import tonle.tlog.Outcome;
import tonle.tlog.proof.TrustPolicy;

/** The page <em>Check the proof</em>, as a person meets it. */
class ProofBrowserTest {
    private static final List<String> LEVELS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final int ENTRIES = 700;

    @TempDir
    static Path folder;

    static Fixture fixture;
    static RunningPortal portal;
    static TestBrowser chromium;

    @BeforeAll
    static void open() throws Exception {
        chromium = new TestBrowser();
        fixture = Fixture.open(folder);
        portal = Portal.start(Fixture.settings(), fixture.services());
    }

    @AfterAll
    static void close() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (portal != null) {
            portal.close();
        }
        if (fixture != null) {
            fixture.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "good, PROVED, '', ''",
        "old, PROVED, '', ''",
        "broken, NOT_PROVED, PATH, ROOT_MISMATCH",
        "wrong-key, NOT_PROVED, LOG, LOG_SIGNATURE_MISSING",
        "few-witnesses, NOT_PROVED, WITNESSES, QUORUM_MISSED"
    })
    void everySampleIsFoundOut(String sample, String verdict, String step, String fault) {
        try (BrowserContext context = context("en", ColorScheme.LIGHT)) {
            Page page = opened(context, "/verify?lang=en");
            press(page, sample);
            assertVerdict(page, verdict, step, fault);
            assertThat(page.locator("#proof-steps details").count()).isEqualTo(6);
            assertThat(page.locator("#proof-verdict [lang=en]").textContent()).contains("This was a sample");
            boolean saysOld =
                    page.locator("#proof-verdict [lang=en]").textContent().contains("That is long ago");
            assertThat(saysOld).isEqualTo(sample.equals("old"));
            if (!step.isEmpty()) {
                assertThat(page.locator("#step-" + step).getAttribute("open")).isNotNull();
                assertThat(page.locator("#step-" + step + " dd").count()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "km"})
    void axeFindsNothingBeforeAndAfterAVerdictAndAPhoneShowsAll(String language) {
        try (BrowserContext context = context(language, ColorScheme.LIGHT)) {
            Page page = opened(context, "/verify?lang=" + language);
            List<String> complaints = new ArrayList<>();
            page.onConsoleMessage(m -> complaints.add(m.type() + ": " + m.text()));
            page.onPageError(complaints::add);
            for (String sample : List.of("", "good", "broken")) {
                if (!sample.isEmpty()) {
                    press(page, sample);
                }
                for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                    page.setViewportSize(1280, 900);
                    new AxeBuilder(page)
                            .withTags(LEVELS)
                            .analyze()
                            .getViolations()
                            .forEach(v -> complaints.add(scheme + " " + v.getId() + " " + v.getNodes()));
                    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
                    page.setViewportSize(320, 700);
                    draw(page, language + "-" + scheme + "-" + sample);
                    Object width = page.evaluate("document.documentElement.scrollWidth");
                    assertThat(((Number) width).intValue()).isLessThanOrEqualTo(320);
                }
            }
            assertThat(complaints).isEmpty();
            // Every word that was shown is there in both languages: none stands as its bare key.
            assertThat(page.locator("main").innerText()).doesNotContainPattern("\\b(fact|state|step|about|mean)\\.\\w");
            assertThat(page.locator("#proof-verdict > [lang=en]").textContent()).contains("Not proved");
            assertThat(page.locator("#proof-verdict > [lang=km]").textContent()).contains("មិន");
        }
    }

    @Test
    void aFileThatIsCutOffOrNoProofAtAllCannotBeJudged() {
        try (BrowserContext context = context("en", ColorScheme.LIGHT)) {
            Page page = opened(context, "/verify?lang=en");
            String good = page.locator("#sample-good").textContent();
            press(page, "good");
            for (byte[] octets : List.of(
                    good.substring(0, good.length() / 2).getBytes(UTF_8),
                    "garbage\n".getBytes(UTF_8),
                    new byte[] {(byte) 0xFF, 0, 1},
                    new byte[0])) {
                page.evaluate("document.getElementById('proof-verdict').dataset.verdict = ''");
                page.locator("#proof-file").setInputFiles(new FilePayload("a.proof", "text/plain", octets));
                page.waitForFunction("() => document.getElementById('proof-verdict').dataset.verdict !== ''");
                assertThat(page.locator("#proof-verdict").getAttribute("data-verdict"))
                        .isEqualTo("UNSAID");
                assertThat(page.locator("#proof-verdict").getAttribute("data-step"))
                        .isEqualTo("READ");
            }
        }
    }

    @Test
    void anEntryOfTheGatewaysLogIsFetchedAndProvedAsTheCommandDoes() throws Exception {
        LogPlaces places = LogPlaces.in(Files.createDirectory(folder.resolve("gateway")));
        try (PublicLog log = new PublicLog(places, "Demo", fixture.clock, Witnesses.NONE).start()) {
            List<CompletableFuture<Placed>> placed = new ArrayList<>();
            for (int i = 0; i < ENTRIES; i++) {
                placed.add(log.append(("entry " + i).getBytes(UTF_8)));
            }
            CompletableFuture.allOf(placed.toArray(CompletableFuture[]::new)).get();
        }
        LogSource source = LogSource.folder(places.published());
        TrustPolicy policy = ((Outcome.Good<TrustPolicy>)
                        TrustPolicy.parse(source.read("policy").orElseThrow()))
                .value();
        try (BrowserContext context = context("en", ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.route("**/log/**", route -> serve(route, source));
            page.navigate(base() + "/verify?lang=en&entry=12");
            assertThat(page.locator("#proof-entry").inputValue()).isEqualTo("12");
            for (int index : new int[] {0, 1, 255, 256, 511, 512, 600, 698, 699}) {
                page.locator("#proof-entry").fill("" + index);
                page.evaluate("document.getElementById('proof-verdict').dataset.verdict = ''");
                page.locator("#proof-fetch button").click();
                page.waitForFunction("() => document.getElementById('proof-verdict').dataset.verdict !== ''");
                assertVerdict(page, "PROVED", "", "");
                LogCheck.Result.Holds<LogCheck.ProvenEntry> proven = (LogCheck.Result.Holds<LogCheck.ProvenEntry>)
                        new LogCheck(source, policy, fixture.clock.unixMillis() / 1_000).entry(index);
                assertThat(page.locator("#proof-text").inputValue())
                        .isEqualTo(new String(proven.proven().file().octets(), UTF_8));
                assertThat(page.locator("#proof-verdict > [lang=en]").textContent())
                        .contains("those that this gateway shows itself")
                        .doesNotContain("This was a sample");
            }
            page.locator("#proof-entry").fill("5000");
            page.locator("#proof-fetch button").click();
            page.waitForFunction("() => document.getElementById('proof-verdict').dataset.verdict === 'UNSAID'");
            assertThat(page.locator("#proof-verdict").getAttribute("data-fault"))
                    .isEqualTo("INDEX_OUTSIDE_TREE");
        }
    }

    @Test
    void aBrowserWithoutEd25519SaysWhatItDidNotCheck() {
        try (BrowserContext context = context("en", ColorScheme.LIGHT)) {
            context.addInitScript("SubtleCrypto.prototype.importKey = () =>"
                    + " Promise.reject(new DOMException('none', 'NotSupportedError'));");
            Page page = opened(context, "/verify?lang=en");
            press(page, "good");
            assertVerdict(page, "UNSAID", "LOG", "");
            assertThat(page.locator("#proof-verdict > [lang=en]").textContent())
                    .contains("Not checked", "sample.tonle.example/log+", "(Ed25519)");
            // What needs no signature is found all the same.
            press(page, "broken");
            assertVerdict(page, "NOT_PROVED", "PATH", "ROOT_MISMATCH");
        }
    }

    @Test
    void thePageWorksFromAFileAndLetsNothingOut() throws Exception {
        Path file = folder.resolve("check.html");
        Files.writeString(file, ProofAlone.html(Language.KM, fixture.clock));
        try (BrowserContext context = context("en", ColorScheme.LIGHT)) {
            Page page = context.newPage();
            List<String> asked = new ArrayList<>();
            page.onRequest(r -> asked.add(r.url()));
            page.navigate(file.toUri().toString());
            press(page, "good");
            assertVerdict(page, "PROVED", "", "");
            press(page, "few-witnesses");
            assertVerdict(page, "NOT_PROVED", "WITNESSES", "QUORUM_MISSED");
            assertThat(page.locator("#proof-fetch").count()).isZero();
            assertThat(asked).containsExactly(file.toUri().toString());
            Object refused = page.evaluate(
                    "fetch('http://localhost:" + portal.port() + "/verify').then(() => 'let out', () => 'held')");
            assertThat(refused).isEqualTo("held");
        }
    }

    @Test
    void theDigestOnThePageIsThatOfTheScriptThatIsServed() {
        try (BrowserContext context = context("en", ColorScheme.LIGHT)) {
            Page page = opened(context, "/verify?lang=en");
            Object digest = page.evaluate("""
                    async () => {
                      const script = document.querySelector("main script").src;
                      const octets = await (await fetch(script)).arrayBuffer();
                      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", octets));
                      return [...digest].map((o) => o.toString(16).padStart(2, "0")).join("");
                    }""");
            assertThat(page.locator("#proof-digest").textContent())
                    .isEqualTo(digest)
                    .isEqualTo(ProofScript.sha256());
        }
    }

    private static void serve(Route route, LogSource source) {
        try {
            String path = route.request().url().replaceFirst(".*/log/", "");
            Optional<byte[]> octets = source.read(path);
            route.fulfill(
                    octets.isPresent()
                            ? new Route.FulfillOptions().setBodyBytes(octets.get())
                            : new Route.FulfillOptions().setStatus(404));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The browser's clock stands where the gateway's does: cosignatures of the samples are dated by it. */
    private static BrowserContext context(String language, ColorScheme scheme) {
        BrowserContext context = chromium.browser()
                .newContext(new Browser.NewContextOptions().setLocale(language).setColorScheme(scheme));
        context.clock().setFixedTime(fixture.clock.unixMillis());
        return context;
    }

    private static Page opened(BrowserContext context, String address) {
        Page page = context.newPage();
        page.navigate(base() + address);
        return page;
    }

    private static void press(Page page, String sample) {
        page.evaluate("document.getElementById('proof-verdict').dataset.verdict = ''");
        page.locator("[data-sample=" + sample + "]").click();
        page.waitForFunction("() => document.getElementById('proof-verdict').dataset.verdict !== ''");
    }

    private static void assertVerdict(Page page, String verdict, String step, String fault) {
        var shown = page.locator("#proof-verdict");
        assertThat(List.of(
                        shown.getAttribute("data-verdict"),
                        shown.getAttribute("data-step"),
                        shown.getAttribute("data-fault")))
                .isEqualTo(List.of(verdict, step, fault));
    }

    private static void draw(Page page, String variant) {
        String target = System.getProperty("tonle.screenshots", "");
        if (!target.isEmpty()) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(target, "verify-" + variant + ".png")));
        }
    }

    private static String base() {
        return "http://localhost:" + portal.port();
    }
}
