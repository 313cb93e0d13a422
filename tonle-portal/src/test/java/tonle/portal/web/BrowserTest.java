// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.portal.Portal;
import tonle.portal.RunningPortal;
import tonle.portal.fixture.Fixture;
import tonle.testkit.Peers;

/**
 * The pages in a real browser, both languages and themes. With {@code -Dtonle.screenshots=DIR} each page is also drawn
 * to a file there, to be looked at.
 */
class BrowserTest {
    private static final List<String> PAGES = List.of(
            "/",
            "/traffic?by=member,remote-as",
            "/traffic?where=lnik+%3D+X",
            "/links",
            "/links/PNH-SGN-1",
            "/links/PNH-SGN-1/samples",
            "/exporters",
            "/exporters/pnh-r1",
            "/exporters/shv-r1",
            "/exporters/add",
            "/status",
            "/go?q=pnh",
            "/nowhere");

    @TempDir
    static Path folder;

    static Fixture fixture;
    static RunningPortal portal;
    static Playwright playwright;
    static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        Path chromium = Peers.need("chromium");
        fixture = Fixture.open(folder);
        portal = Portal.start(Fixture.settings(), fixture.services());
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setChromiumSandbox(false)
                        .setArgs(List.of(
                                "--disable-background-networking", "--disable-component-update", "--disable-sync")));
    }

    @AfterAll
    static void close() throws Exception {
        if (playwright != null) {
            playwright.close();
        }
        if (portal != null) {
            portal.close();
        }
        if (fixture != null) {
            fixture.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en light", "en dark", "km light", "km dark"})
    void axeFindsNothingOnAnyPage(String variant) {
        String language = variant.substring(0, 2);
        boolean dark = variant.endsWith("dark");
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setLocale(language)
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setViewportSize(1280, 900))) {
            Page page = context.newPage();
            List<String> complaints = watched(page);
            for (String address : PAGES) {
                page.navigate(base() + address);
                AxeResults results = new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                        .analyze();
                results.getViolations()
                        .forEach(v -> complaints.add(address + ": " + v.getId() + " "
                                + v.getNodes().stream()
                                        .limit(3)
                                        .map(n -> n.getHtml())
                                        .toList()));
                draw(page, address, variant);
            }
            assertThat(complaints).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "km"})
    void noPageScrollsSidewaysOnAPhone(String language) {
        try (BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setLocale(language).setViewportSize(320, 700))) {
            Page page = context.newPage();
            for (String address : PAGES) {
                page.navigate(base() + address);
                draw(page, address, language + " phone");
                Object width = page.evaluate("document.documentElement.scrollWidth");
                assertThat(((Number) width).intValue()).as(address).isLessThanOrEqualTo(320);
            }
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
