// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.base.power.SystemClock;
import tonle.portal.Portal;
import tonle.portal.RunningPortal;
import tonle.portal.fixture.Fixture;
import tonle.portal.fixture.Staff;
import tonle.registry.Registry;
import tonle.registry.audit.AuditTrail;
import tonle.registry.book.Days;
import tonle.registry.book.Kind;
import tonle.registry.change.ChangeOutcome;
import tonle.registry.change.ChangeRules;
import tonle.registry.change.Changes;
import tonle.registry.change.Draft;
import tonle.registry.change.Item;
import tonle.registry.licence.Regimes;
import tonle.registry.people.Door;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;
import tonle.testdatabase.TestDatabase;
import tonle.testkit.Peers;

/** The pages and forms of the registry over HTTP: who sees what, and a change that takes two persons. */
class RegistryHttpTest {
    private static final String SECRET = "NIG-2026-TOP-SECRET";

    @TempDir
    static Path folder;

    static final HttpClient CLIENT = HttpClient.newHttpClient();
    static Fixture fixture;
    static TestDatabase database;
    static Registry registry;
    static RunningPortal portal;
    static Door.CameIn dara;
    static Door.CameIn officer;
    static Door.CameIn registrar;
    static Door.CameIn clerk;
    static Door.CameIn engineer;

    @BeforeAll
    static void open() throws Exception {
        fixture = Fixture.open(folder);
        database = TestDatabase.fresh();
        registry = Fixture.registry(database.web(), database.server());
        portal = Portal.start(Fixture.settings(), fixture.servicesOf(registry));
        Staff staff = new Staff(registry.people());
        dara = staff.founder("Dara");
        officer = staff.invited(dara, "Officer", "", Role.LICENSING_OFFICER);
        registrar = staff.invited(dara, "Registrar", "", Role.REGISTRAR);
        clerk = staff.invited(dara, "Clerk", "alpha", Role.OPERATOR_ENGINEER);
        engineer = staff.invited(dara, "Engineer", "", Role.ENGINEER);
        SystemClock clock = new SystemClock();
        Changes changes = new Changes(
                database.server(), new AuditTrail(clock), clock, () -> new ChangeRules(false, Regimes.shipped()));
        ChangeOutcome entered = changes.enter(
                Actor.TONLE,
                new Draft(
                        Days.since(LocalDate.of(2026, 1, 1)),
                        "a start",
                        List.of(
                                Item.add(Kind.SITE, "PNH", Map.of("name", "Phnom Penh", "name-khmer", "ភ្នំពេញ")),
                                Item.add(
                                        Kind.OPERATOR,
                                        "alpha",
                                        Map.of("name", "Alpha Net", "asns", "64496", "tin", "K001-111111111")),
                                Item.add(
                                        Kind.OPERATOR,
                                        "bravo",
                                        Map.of("name", "Bravo Net", "asns", "64497", "tin", "K001-222222222")),
                                Item.add(
                                        Kind.LINK,
                                        "bravo-1",
                                        Map.of(
                                                "kind", "exchange-port",
                                                "site", "PNH",
                                                "operator", "bravo",
                                                "capacity", "10G",
                                                "contract", SECRET)),
                                Item.add(
                                        Kind.LINK,
                                        "alpha-1",
                                        Map.of(
                                                "kind", "exchange-port",
                                                "site", "PNH",
                                                "operator", "alpha",
                                                "capacity", "10G")),
                                Item.add(
                                        Kind.LICENCE,
                                        "LIC-1",
                                        Map.of(
                                                "operator", "bravo",
                                                "regime", "kh",
                                                "type", "mobile",
                                                "granted", "2020-01-01",
                                                "standing", "suspended",
                                                "decision", "1/2026",
                                                "grounds", "no report")))));
        assertThat(entered).isInstanceOf(ChangeOutcome.Done.class);
    }

    @AfterAll
    static void close() throws Exception {
        portal.close();
        database.close();
        fixture.close();
    }

    private static HttpResponse<String> get(Door.CameIn who, String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + portal.port() + path))
                        .header("Cookie", Visitors.COOKIE + "=" + who.secret().text())
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(Door.CameIn who, String path, Map<String, String> form) throws Exception {
        String body = form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + portal.port() + path))
                        .header("Cookie", Visitors.COOKIE + "=" + who.secret().text())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String token(Door.CameIn who) throws Exception {
        return get(who, "/account").body().replaceFirst("(?s).*name=\"token\" value=\"([0-9a-f]{32})\".*", "$1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/operators",
                "/operators/alpha",
                "/operators/AS64497",
                "/operators/bravo?day=2026-01-05",
                "/sites",
                "/sites/PNH",
                "/registry",
                "/registry/changes",
                "/registry/changes?waiting=yes",
                "/registry/changes/CHG-2026-0001",
                "/registry/import",
                "/registry/ladder?link=bravo-1",
                "/registry/bring-ups",
                "/links/bravo-1/bring-up",
                "/registry/propose?kind=operator",
                "/registry/propose?kind=link&id=bravo-1",
                "/registry/propose?kind=licence&id=LIC-1&act=end"
            })
    void everyPageIsThereInBothLanguages(String path) throws Exception {
        for (String language : List.of("en", "km")) {
            HttpResponse<String> page = get(officer, path + (path.contains("?") ? "&" : "?") + "lang=" + language);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).as(path).contains("<h1>").doesNotContain("???");
        }
    }

    @Test
    void anOperatorsPageShowsItsLicenceAndWhatItAsks() throws Exception {
        HttpResponse<String> page = get(officer, "/operators/bravo");
        assertThat(page.body()).contains("suspended", "2 % of gross revenue", SECRET, "K001-222222222");
        HttpResponse<String> json = get(officer, "/operators/bravo.json?table=licences");
        assertThat(json.body()).contains("\"standing\": \"suspended\"", "\"day\"");
    }

    @Test
    void anOperatorsPeopleSeeTheirOwnAndNothingOfOthers() throws Exception {
        assertThat(get(clerk, "/operators/alpha").body()).contains("K001-111111111");
        assertThat(get(clerk, "/operators/bravo").statusCode()).isEqualTo(403);
        assertThat(get(clerk, "/operators").statusCode()).isEqualTo(403);
        assertThat(get(clerk, "/registry/changes").body()).doesNotContain("CHG-2026-0001");
        assertThat(get(clerk, "/registry/changes/CHG-2026-0001").statusCode()).isEqualTo(404);
        // With another's eyes: the officer loses sight of what is not the operator's own.
        String seen = get(officer, "/operators/alpha?as=operator").body();
        assertThat(seen).contains("K001-111111111", "as the people of Alpha Net do");
        assertThat(get(dara, "/audit.csv").body()).contains("viewed as operator");
    }

    @Test
    void whatIsNotThereIsSaidWithTheNearest() throws Exception {
        HttpResponse<String> page = get(officer, "/operators/alhpa");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("/operators/alpha");
        assertThat(get(officer, "/operators/alpha?day=yesterday").statusCode()).isEqualTo(400);
        assertThat(get(officer, "/operators?day=2025-12-31").body()).contains("No operator is registered yet");
    }

    @Test
    void aChangeIsCheckedProposedAndConfirmedByAnother() throws Exception {
        Map<String, String> form = new java.util.HashMap<>(Map.of(
                "kind", "operator",
                "act", "amend",
                "base", "1",
                "id", "alpha",
                "day", "2026-11-01",
                "reason", "moved its desk",
                "f.name", "Alpha Net",
                "f.web-address", "not an address",
                "step", "check"));
        assertThat(post(officer, "/registry/propose", form).statusCode())
                .as("no token of a form")
                .isEqualTo(403);
        form.put("token", token(officer));
        HttpResponse<String> wrong = post(officer, "/registry/propose", form);
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body())
                .as("told at the field and above, and what was typed stays")
                .contains("href=\"#f-web-address\"", "id=\"e-web-address\"", "not an address", "moved its desk");
        form.put("f.web-address", "https://alpha.example/");
        HttpResponse<String> checked = post(officer, "/registry/propose", form);
        assertThat(checked.statusCode()).isEqualTo(200);
        assertThat(checked.body()).contains("https://alpha.example/", "Another person than the proposer");
        form.put("step", "propose");
        HttpResponse<String> proposed = post(officer, "/registry/propose", form);
        assertThat(proposed.statusCode()).isEqualTo(303);
        String path = proposed.headers().firstValue("Location").orElseThrow().replaceFirst("\\?.*", "");
        assertThat(get(officer, path).body()).contains("You proposed it, so another person decides");
        Map<String, String> decision = Map.of("token", token(officer));
        assertThat(post(officer, path + "/confirm", decision).statusCode()).isEqualTo(403);
        assertThat(post(clerk, path + "/confirm", Map.of("token", token(clerk))).statusCode())
                .isIn(403, 404);
        HttpResponse<String> confirmed =
                post(registrar, path + "/confirm", Map.of("token", token(registrar), "reason", "seen"));
        assertThat(confirmed.statusCode()).isEqualTo(303);
        assertThat(get(officer, path).body()).contains("Confirmed", "seen");
        assertThat(get(officer, "/operators/alpha").body()).contains("https://alpha.example/");
        assertThat(get(officer, "/operators/alpha?day=2026-10-31").body()).doesNotContain("https://alpha.example/");
        assertThat(post(registrar, path + "/refuse", Map.of("token", token(registrar), "reason", "late"))
                        .statusCode())
                .as("decided once")
                .isEqualTo(409);
    }

    @Test
    void anOperatorProposesOfItsOwnAlone() throws Exception {
        Map<String, String> form = new java.util.HashMap<>(Map.of(
                "token", token(clerk),
                "kind", "operator",
                "act", "amend",
                "base", "1",
                "id", "bravo",
                "day", "2026-11-01",
                "reason", "not mine",
                "f.name", "Bravo Taken",
                "step", "propose"));
        assertThat(post(clerk, "/registry/propose", form).statusCode()).isIn(403, 422);
        form.put("id", "alpha");
        form.put("f.name", "Alpha Network");
        form.put("reason", "a new name");
        HttpResponse<String> proposed = post(clerk, "/registry/propose", form);
        assertThat(proposed.statusCode()).isEqualTo(303);
        String path = proposed.headers().firstValue("Location").orElseThrow().replaceFirst("\\?.*", "");
        assertThat(get(clerk, path).body()).contains("Alpha Network");
        assertThat(post(clerk, path + "/withdraw", Map.of("token", token(clerk)))
                        .statusCode())
                .isEqualTo(303);
        assertThat(get(clerk, path).body()).contains("Withdrawn");
    }

    private static final String MEMBERS = """
            {"version": "1.0", "timestamp": "2026-11-24T00:00:00Z",
             "ixp_list": [{"ixp_id": 1, "shortname": "NIG-IX", "name": "NIG-IX", "ixf_id": 0,
               "vlan": [{"id": 0, "name": "peering"}],
               "switch": [{"id": 1, "name": "sw1"}]}],
             "member_list": [{"asnum": 64499, "name": "Charlie Net", "url": "https://charlie.example/",
               "contact_email": ["noc@charlie.example"], "contact_phone": ["+855 12 345 678"],
               "connection_list": []}]}
            """;

    private static HttpResponse<String> bring(Door.CameIn who, String token, String step, String file)
            throws Exception {
        String body = "--b\r\n" + part("token", token) + part("format", "ixf") + part("country", "KH")
                + part("step", step)
                + "Content-Disposition: form-data; name=\"file\"; filename=\"members.json\"\r\n"
                + "Content-Type: application/json\r\n\r\n" + file + "\r\n--b--\r\n";
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + portal.port() + "/registry/import"))
                        .header("Cookie", Visitors.COOKIE + "=" + who.secret().text())
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String part(String name, String value) {
        return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n--b\r\n";
    }

    @Test
    void aFileIsLookedAtThenProposedAndItsPersonsStayBehind() throws Exception {
        String token = token(registrar);
        assertThat(bring(registrar, "0".repeat(32), "look", MEMBERS).statusCode())
                .isEqualTo(403);
        assertThat(bring(officer, token(officer), "look", MEMBERS).statusCode())
                .as("no right to bring files")
                .isEqualTo(403);
        HttpResponse<String> looked = bring(registrar, token, "look", MEMBERS);
        assertThat(looked.statusCode()).isEqualTo(200);
        assertThat(looked.body())
                .contains("Charlie Net", "It would change 1 object")
                .doesNotContain("345 678");
        HttpResponse<String> proposed = bring(registrar, token, "propose", MEMBERS);
        assertThat(proposed.statusCode()).isEqualTo(303);
        String path = proposed.headers().firstValue("Location").orElseThrow().replaceFirst("\\?.*", "");
        assertThat(get(officer, path).body()).contains("taken from a file of format ixf", "Charlie Net");
        assertThat(get(dara, "/audit.csv").body()).contains("looked-at-file").doesNotContain("345 678");
    }

    @Test
    void aFileThatIsBrokenOrTooLargeIsRefusedWithItsPlace() throws Exception {
        HttpResponse<String> broken = bring(registrar, token(registrar), "propose", "{\"member_list\": [");
        assertThat(broken.statusCode()).isEqualTo(200);
        assertThat(broken.body()).contains("Nothing of the file is taken", "NOT_JSON");
        HttpResponse<String> large = bring(registrar, token(registrar), "look", "x".repeat(33 << 20));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(get(dara, "/audit.csv").body()).contains("refused-file");
    }

    @Test
    void whatGoesOutIsPublicWhoeverAsks() throws Exception {
        for (String name : List.of("ixf-1.0.json", "ixf-0.6.json", "peeringdb.json", "ofds.json")) {
            HttpResponse<String> file = get(officer, "/registry/export/" + name);
            assertThat(file.statusCode()).as(name).isEqualTo(200);
            assertThat(file.body()).doesNotContain(SECRET, "K001-");
        }
        assertThat(get(officer, "/registry/export/csv").body()).contains("ixf-1.0.json");
        assertThat(get(officer, "/registry/export/ofds.json?day=never").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aLinkComesIntoServiceByTheWordOfBothSides() throws Exception {
        String path = "/links/alpha-1/bring-up";
        String token = token(engineer);
        assertThat(get(engineer, path).body()).contains("not being brought up", "Begin to bring it up");
        assertThat(get(engineer, path + ".csv").statusCode()).isEqualTo(200);
        assertThat(post(officer, path + "/begin", Map.of("token", token(officer), "day", "2026-12-08"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(engineer, path + "/begin", Map.of("token", token, "day", "soon"))
                        .statusCode())
                .isEqualTo(422);
        Map<String, String> begin = Map.of("token", token, "day", "2026-12-08", "operator", "alpha");
        assertThat(post(engineer, path + "/begin", begin).statusCode()).isEqualTo(303);
        assertThat(post(engineer, path + "/begin", begin).statusCode()).isEqualTo(409);
        assertThat(post(engineer, path + "/port", Map.of("token", token, "port", "sw1:7"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(get(engineer, path).body()).contains("In quarantine on sw1:7", "no source yet");
        assertThat(get(clerk, "/registry/bring-ups").body()).contains("alpha-1");
        for (tonle.registry.bringup.Check check : tonle.registry.bringup.Check.values()) {
            Map<String, String> excuse =
                    Map.of("token", token, "check", check.name(), "reason", "no source at this gateway yet");
            assertThat(post(engineer, path + "/excuse", excuse).statusCode())
                    .as(check.name())
                    .isEqualTo(303);
        }
        assertThat(post(engineer, path + "/look", Map.of("token", token)).statusCode())
                .isEqualTo(303);
        assertThat(get(engineer, path).body()).contains("Ready on sw1:7");
        assertThat(post(engineer, path + "/word", Map.of("token", token)).statusCode())
                .isEqualTo(303);
        assertThat(get(clerk, path).body()).contains("Give the word");
        assertThat(post(clerk, path + "/word", Map.of("token", token(clerk))).statusCode())
                .isEqualTo(303);
        assertThat(get(clerk, path).body()).contains("In service on sw1:7");
        assertThat(get(engineer, path + ".csv").body()).contains("word-of-operator-engineer");
    }

    @Test
    void inABrowserAxeFindsNothingAndNothingScrollsSidewaysOnAPhone() {
        Path chromium = Peers.need("chromium");
        Map<String, Door.CameIn> pages = Map.of(
                "/operators", officer,
                "/operators/bravo", officer,
                "/sites/PNH", officer,
                "/registry", registrar,
                "/registry/changes/CHG-2026-0001", registrar,
                "/registry/propose?kind=operator&id=bravo", officer,
                "/registry/propose?kind=licence&operator=bravo", officer,
                "/registry/import", registrar,
                "/registry/ladder?link=bravo-1", engineer,
                "/links/bravo-1/bring-up", engineer);
        List<String> complaints = new java.util.ArrayList<>();
        try (Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium)
                            .setChromiumSandbox(false));
            pages.forEach((path, who) -> {
                for (String look : List.of("lang=en&theme=light", "lang=km&theme=dark")) {
                    BrowserContext context = browser.newContext();
                    context.addCookies(
                            List.of(new Cookie(Visitors.COOKIE, who.secret().text())
                                    .setDomain("localhost")
                                    .setPath("/")));
                    Page page = context.newPage();
                    page.onConsoleMessage(m -> complaints.add(path + " console: " + m.text()));
                    page.navigate("http://localhost:" + portal.port() + path + (path.contains("?") ? "&" : "?") + look);
                    new AxeBuilder(page)
                            .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa"))
                            .analyze()
                            .getViolations()
                            .forEach(rule -> complaints.add(path + " " + look + ": " + rule.getId() + " "
                                    + rule.getNodes().getFirst().getHtml()));
                    page.setViewportSize(320, 700);
                    Object width = page.evaluate("document.documentElement.scrollWidth");
                    if (((Number) width).intValue() > 320) {
                        complaints.add(path + " " + look + " is " + width + " wide");
                    }
                    context.close();
                }
            });
        }
        assertThat(complaints).isEmpty();
    }
}
