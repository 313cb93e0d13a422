// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.portal.Portal;
import tonle.portal.RunningPortal;
import tonle.portal.fixture.Fixture;
import tonle.portal.fixture.TestBrowser;
import tonle.registry.Registry;
import tonle.registry.people.People;
import tonle.testdatabase.TestDatabase;

/** People with browsers and virtual authenticators, from the first link to an act that takes two of them. */
class PeopleBrowserTest {
    @TempDir
    Path folder;

    Fixture fixture;
    TestDatabase database;
    People people;
    RunningPortal portal;
    TestBrowser chromium;
    Browser browser;
    final List<String> complaints = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        chromium = new TestBrowser();
        fixture = Fixture.open(folder);
        database = TestDatabase.fresh();
        Registry registry = Fixture.registry(database.web(), database.server());
        people = registry.people();
        portal = Portal.start(Fixture.settings(), fixture.servicesOf(registry));
        browser = chromium.browser();
    }

    @AfterEach
    void close() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (portal != null) {
            portal.close();
        }
        if (database != null) {
            database.close();
        }
        if (fixture != null) {
            fixture.close();
        }
    }

    private String base() {
        return "http://localhost:" + portal.port();
    }

    /** A person's own browser with an authenticator inside, which verifies its owner and keeps its keys. */
    private Page person() {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions().setLocale("en"));
        Page page = context.newPage();
        page.onConsoleMessage(m -> {
            if (m.type().equals("error") && !m.text().contains("status of 4")) {
                complaints.add("console: " + m.text());
            }
        });
        page.onPageError(e -> complaints.add("script: " + e));
        CDPSession devtools = context.newCDPSession(page);
        devtools.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject parameters = new JsonObject();
        parameters.add("options", options);
        devtools.send("WebAuthn.addVirtualAuthenticator", parameters);
        return page;
    }

    private void comeIn(Page page, String link, String name) {
        page.navigate(link);
        page.fill("#name", name);
        page.click("form[data-passkey] button");
        page.waitForURL("**/account");
        assertThat(page.locator("#me").innerText()).isEqualTo(name);
    }

    private void signIn(Page page) {
        page.navigate(base() + "/sign-in?next=/people");
        page.click("form[data-passkey] button");
        page.waitForURL(base() + "/people");
    }

    private String invite(Page page, String name, String... roles) {
        page.navigate(base() + "/people");
        page.click("details:has(form[action='/people/invite']) > summary");
        page.fill("form[action='/people/invite'] #name", name);
        page.selectOption("form[action='/people/invite'] #language", "en");
        page.fill("form[action='/people/invite'] #reason", "joins the team");
        for (String role : roles) {
            page.check("input[name=role][value=" + role + "]");
        }
        page.click("form[action='/people/invite'] button");
        return page.locator("#secret").innerText().strip();
    }

    private void check(Page page) {
        page.waitForLoadState();
        new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                .analyze()
                .getViolations()
                .forEach(v -> complaints.add(page.url() + ": " + v.getId() + " "
                        + v.getNodes().stream().limit(2).map(n -> n.getHtml()).toList()));
    }

    @Test
    void fromTheFirstLinkToAnActOfTwoPeople() {
        Page dara = person();
        dara.navigate(base() + "/");
        assertThat(dara.url()).as("nobody could sign in yet").isEqualTo(base() + "/");
        String first = base() + "/link/"
                + people.firstLink("First administrator").orElseThrow().text();
        dara.navigate(first);
        check(dara);
        comeIn(dara, first, "Dara");
        dara.click("form[action='/sign-out'] button");
        dara.waitForURL("**/sign-in");
        assertThat(dara.locator("#me").innerText()).isEqualTo("Sign in");
        dara.navigate(base() + "/");
        assertThat(dara.url()).contains("/sign-in?next=");
        Response gone = dara.navigate(first);
        assertThat(gone.status()).isEqualTo(409);
        assertThat(dara.locator(".answer").innerText()).contains("was used");
        signIn(dara);

        Page chan = person();
        comeIn(chan, invite(dara, "Chan", "administrator"), "Chan");
        Page mony = person();
        comeIn(mony, invite(dara, "Mony", "auditor", "approver"), "Mony");
        assertThat(mony.locator("#main").innerText())
                .contains("may read the audit")
                .doesNotContain("may approve an order");

        dara.navigate(base() + "/people");
        assertThat(dara.locator("form[action$='/confirm']").count()).isZero();
        chan.navigate(base() + "/people");
        check(chan);
        chan.click("form[action$='/confirm'] button");
        chan.waitForURL("**/people?done=yes");
        mony.navigate(base() + "/account");
        assertThat(mony.locator("#main").innerText()).contains("may approve an order");

        mony.navigate(base() + "/audit");
        assertThat(mony.locator("table").innerText()).contains("confirmed-grant-role", "Chan", "invited-person");
        chan.navigate(base() + "/people");
        chan.click("table[data-table=accounts] a:has-text('Mony')");
        check(chan);
        chan.fill("#s-reason", "left");
        chan.click("form[action$='/suspend'] button");
        chan.waitForURL("**done=yes");
        mony.navigate(base() + "/audit");
        assertThat(mony.url()).contains("/sign-in");
        assertThat(complaints).isEmpty();
    }

    @Test
    void pagesOfPeopleAreCleanInBothLanguagesAndThemesAndOnAPhone() {
        Page dara = person();
        comeIn(
                dara,
                base() + "/link/"
                        + people.firstLink("First administrator").orElseThrow().text(),
                "Dara");
        invite(dara, "Chan", "administrator");
        invite(dara, "Sok", "approver");
        String chan = people.accounts()
                .list(people.door()
                        .session(dara.context().cookies().getFirst().value)
                        .orElseThrow()
                        .account()
                        .actor())
                .toString()
                .replaceAll("(?s).*Account\\[pseudonym=(p-[a-z0-9-]+), name=Chan.*", "$1");
        for (String path : List.of("/account", "/people", "/people/" + chan, "/audit", "/audit/verify", "/sign-in")) {
            for (String language : List.of("en", "km")) {
                for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    dara.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                    dara.setViewportSize(1280, 900);
                    dara.navigate(base() + path + "?lang=" + language);
                    check(dara);
                }
                dara.setViewportSize(320, 700);
                dara.navigate(base() + path + "?lang=" + language);
                Object width = dara.evaluate("document.documentElement.scrollWidth");
                assertThat(((Number) width).intValue()).as(path + language).isLessThanOrEqualTo(320);
            }
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void aFurtherPasskeyATokenAndTheEndOfASession() {
        Page dara = person();
        comeIn(
                dara,
                base() + "/link/"
                        + people.firstLink("First administrator").orElseThrow().text(),
                "Dara");
        dara.click("details:has(#tokenlabel) summary");
        dara.fill("#tokenlabel", "nightly report");
        dara.check("input[name=right][value=may-read-audit]");
        dara.click("form[action='/account/tokens'] button");
        String token = dara.locator("#secret").innerText().strip();
        assertThat(people.keys().actor(token).orElseThrow().rights()).hasSize(1);
        dara.navigate(base() + "/account");
        dara.click("form[action='/account/tokens/end'] button");
        dara.waitForURL("**done=yes");
        assertThat(people.keys().actor(token)).isEmpty();
        dara.click("form[action='/account/sessions/end'] button");
        dara.waitForURL("**/sign-in?**");
        assertThat(complaints).isEmpty();
    }
}
