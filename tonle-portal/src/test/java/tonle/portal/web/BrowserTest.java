// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.notary.witness.WitnessState;
import tonle.portal.Portal;
import tonle.portal.RunningPortal;
import tonle.portal.fixture.Fixture;
import tonle.portal.fixture.SampleLog;
import tonle.portal.fixture.TestBrowser;

/**
 * The pages in a real browser, both languages and themes. With {@code -Dtonle.screenshots=DIR} each page is also drawn
 * to a file there, to be looked at.
 */
class BrowserTest {
    private static final List<String> PAGES = List.of(
            "/",
            "/traffic?by=member,remote-as",
            "/traffic?by=link,member&view=lines&compare=previous&sort=change",
            "/traffic?view=grid&from=now-7d",
            "/traffic?by=country&view=heat",
            "/traffic?by=member,link,country&view=sankey&direction=in&top=20&count=every-link",
            "/traffic?where=lnik+%3D+X",
            "/traffic?where=link+%3D+PNH-SNG-1",
            "/links",
            "/links/PNH-SGN-1",
            "/links/PNH-SGN-1/samples",
            "/exporters",
            "/exporters/pnh-r1",
            "/exporters/shv-r1",
            "/exporters/add",
            "/status",
            "/log",
            "/log/7",
            "/go?q=pnh",
            "/nowhere");

    private static final List<String> LEVELS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final List<String> COLOUR_RULES = List.of("color-contrast", "link-in-text-block");

    @TempDir
    static Path folder;

    static Fixture fixture;
    static RunningPortal portal;
    static TestBrowser chromium;
    static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        chromium = new TestBrowser();
        fixture = Fixture.open(folder);
        SampleLog log = SampleLog.in(folder.resolve("public"), Fixture.NOW_SECONDS);
        log.witnesses = List.of(
                log.witness("university", SampleLog.ENTRIES, Optional.empty()),
                log.witness("court", 0, Optional.of(WitnessState.Kind.AWAY)),
                log.witness("newspaper", 0, Optional.of(WitnessState.Kind.CONTRADICTS)));
        portal = Portal.start(Fixture.settings(), fixture.services(log));
        browser = chromium.browser();
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

    /**
     * Each page is opened once a language and then dressed in turn. Colours follow from the theme and not from the
     * language, and nothing but them from the theme: so axe's rules on colour, which cost most, judge each theme once,
     * and all its others each language once.
     */
    @ParameterizedTest
    @ValueSource(strings = {"en", "km"})
    void axeFindsNothingAndNoPageScrollsSidewaysOnAPhone(String language) {
        boolean withColours = language.equals("en");
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setLocale(language))) {
            Page page = context.newPage();
            List<String> complaints = watched(page);
            for (String address : PAGES) {
                page.setViewportSize(1280, 900);
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
                page.navigate(base() + address);
                AxeBuilder all = new AxeBuilder(page).withTags(LEVELS);
                violations(address + " light", withColours ? all : all.disableRules(COLOUR_RULES), complaints);
                draw(page, address, language + " light");
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                if (withColours) {
                    violations(address + " dark", new AxeBuilder(page).withRules(COLOUR_RULES), complaints);
                }
                draw(page, address, language + " dark");
                page.setViewportSize(320, 700);
                draw(page, address, language + " phone");
                Object width = page.evaluate("document.documentElement.scrollWidth");
                assertThat(((Number) width).intValue()).as(address).isLessThanOrEqualTo(320);
            }
            assertThat(complaints).isEmpty();
        }
    }

    private static void violations(String where, AxeBuilder axe, List<String> complaints) {
        axe.analyze()
                .getViolations()
                .forEach(v -> complaints.add(where + ": " + v.getId() + " "
                        + v.getNodes().stream().limit(3).map(n -> n.getHtml()).toList()));
    }

    @Test
    void theExportersTableNeverScrollsSideways() {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(base() + "/exporters?lang=km");
            for (int width : new int[] {360, 800, 1000, 1199, 1201, 1366}) {
                page.setViewportSize(width, 800);
                draw(page, "/exporters", "km " + width);
                Object beyond = page.evaluate(
                        "Math.max(...[...document.querySelectorAll('main .scroll')].map(s => s.scrollWidth - s.clientWidth))");
                assertThat(((Number) beyond).intValue()).as(width + " pixels").isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void aChartShowsItsNewestEndFirstAndReadsOutItsPoints() {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.setViewportSize(360, 800);
            page.navigate(base() + "/traffic?view=lines&compare=previous&lang=en");
            // A box that is read from the right begins at its right end; further left is below nought.
            assertThat(page.evaluate("document.querySelector('.chartbox').scrollLeft"))
                    .isEqualTo(0);
            assertThat(page.evaluate("getComputedStyle(document.querySelector('.chartbox')).direction"))
                    .isEqualTo("rtl");
            page.locator(".chartbox").focus();
            page.keyboard().press("ArrowLeft");
            String last = page.locator(".reading").textContent();
            assertThat(last).contains("23 Nov 2026", "in: ", "out: ", "Alpha Telecom ", "total before ", " Gb/s");
            page.keyboard().press("Home");
            assertThat(page.locator(".reading").textContent()).contains("22 Nov 2026");
            assertThat(page.locator("svg .cross").count()).isEqualTo(1);
            draw(page, "/traffic", "cross");
        }
    }

    @Test
    void aGroupIsPivotedWithoutAMouse() {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(base() + "/traffic?by=member&lang=en&direction=in");
            page.keyboard().press("3");
            page.waitForURL("**view=grid*");
            page.keyboard().press("j");
            page.keyboard().press("Enter");
            page.locator("details.pivot[open] a").first().focus();
            page.keyboard().press("Enter");
            page.waitForURL("**where=member*");
            assertThat(page.locator("table[data-table=traffic] tbody tr").count())
                    .isEqualTo(1);
        }
    }

    @Test
    void keysLeadWithoutAMouse() {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(base() + "/");
            page.keyboard().press("/");
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("goto");
            page.keyboard().type("PNH-SGN-1");
            page.keyboard().press("Enter");
            page.waitForURL("**/links/PNH-SGN-1*");
            page.keyboard().press("g");
            page.keyboard().press("t");
            page.waitForURL("**/traffic*");
            page.keyboard().press("?");
            assertThat(page.locator("#keys").isVisible()).isTrue();
        }
    }

    @Test
    void anUnknownExporterIsTakenInWithTwoClicks() {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(base() + "/exporters");
            page.locator("details.source summary").first().click();
            page.locator("form.accept button").first().click();
            page.waitForURL("**/exporters?accepted=*");
            assertThat(fixture.accepted).hasSize(1);
            assertThat(fixture.accepted.getFirst().address()).isEqualTo("2001:db8:ffff::7");
        }
    }

    @Test
    void theFixedThemeStays() {
        try (BrowserContext context =
                browser.newContext(new Browser.NewContextOptions().setColorScheme(ColorScheme.LIGHT))) {
            Page page = context.newPage();
            page.navigate(base() + "/status");
            page.locator("#theme").click();
            page.navigate(base() + "/links");
            assertThat(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
                    .isEqualTo("rgb(15, 20, 27)");
        }
    }

    @Test
    void figuresAreThereWithoutScript() {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = context.newPage();
            page.navigate(base() + "/traffic?by=link&add=country");
            assertThat(page.url()).contains("by=link,country");
            assertThat(page.locator("table[data-table=traffic] tbody tr").count())
                    .isGreaterThan(4);
            assertThat(page.locator("svg.chart").count()).isEqualTo(1);
        }
    }

    /** Console complaints (a content security policy speaks there), failed scripts, and requests to anybody else. */
    private static List<String> watched(Page page) {
        List<String> complaints = new ArrayList<>();
        page.onConsoleMessage(m -> {
            if (m.type().equals("error")
                    && !m.text().contains("404")
                    && !m.text().contains("400")) {
                complaints.add("console: " + m.text());
            }
        });
        page.onPageError(e -> complaints.add("script: " + e));
        page.onRequest(r -> {
            if (!r.url().startsWith(base()) && !r.url().startsWith("about:")) {
                complaints.add("request to " + r.url());
            }
        });
        return complaints;
    }

    private static void draw(Page page, String address, String variant) {
        String target = System.getProperty("tonle.screenshots", "");
        if (!target.isEmpty()) {
            String name = (address.equals("/") ? "overview" : address.substring(1)).replaceAll("[^A-Za-z0-9]+", "-");
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(target, name + "_" + variant.replace(' ', '-') + ".png")));
        }
    }

    private static String base() {
        return "http://localhost:" + portal.port();
    }
}
