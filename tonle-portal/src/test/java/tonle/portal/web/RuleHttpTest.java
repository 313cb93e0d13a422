// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tonle.database.Scope;
import tonle.portal.Portal;
import tonle.portal.RunningPortal;
import tonle.portal.fixture.Fixture;
import tonle.portal.fixture.Staff;
import tonle.portal.fixture.TestBrowser;
import tonle.registry.Registry;
import tonle.registry.people.Door;
import tonle.registry.rights.Role;
import tonle.registry.rule.Rule;
import tonle.registry.rule.RuleTexts;
import tonle.registry.rule.Rules;
import tonle.testdatabase.TestDatabase;

/** Rules over HTTP: an officer proposes and opens, strangers read and say something, nobody does what is not theirs. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RuleHttpTest {
    private static final List<String> LEVELS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    @TempDir
    static Path folder;

    static final HttpClient CLIENT = HttpClient.newHttpClient();
    static Fixture fixture;
    static TestDatabase database;
    static Registry registry;
    static RunningPortal portal;
    static Door.CameIn officer;

    @BeforeAll
    static void open() throws Exception {
        fixture = Fixture.open(folder);
        database = TestDatabase.fresh();
        registry = Fixture.registry(database.web(), database.server());
        Rules.begin(database.server(), registry.today(), RuleTexts::shipped);
        Rules.unentered(database.server()).forEach(version -> Rules.entered(database.server(), version, 1));
        portal = Portal.start(Fixture.settings(), fixture.servicesOf(registry));
        Staff staff = new Staff(registry.people());
        officer = staff.invited(staff.founder("Dara"), "Officer", "", Role.LICENSING_OFFICER);
    }

    @AfterAll
    static void close() throws Exception {
        portal.close();
        database.close();
        fixture.close();
    }

    private static HttpResponse<String> send(String path, Optional<String> cookie, Map<String, String> form)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + portal.port() + path));
        cookie.ifPresent(each -> request.header("Cookie", each));
        if (!form.isEmpty()) {
            String body = form.entrySet().stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                    .collect(Collectors.joining("&"));
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(path, Optional.empty(), Map.of());
    }

    private static Optional<String> cookie() {
        return Optional.of(Visitors.COOKIE + "=" + officer.secret().text());
    }

    private static String token(HttpResponse<String> page) {
        assertThat(page.body()).contains("name=\"token\"");
        return page.body().replaceFirst("(?s).*?name=\"token\" value=\"([0-9a-f]{32})\".*", "$1");
    }

    @Test
    @Order(1)
    void anybodyReadsTheRulesWithoutSigningIn() throws Exception {
        HttpResponse<String> page = get("/rules?lang=en");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("4 rules are in force").doesNotContain("/rules/propose");
        assertThat(get("/rules/retention/1?lang=km").body()).contains("រក្សាទុក 92 ថ្ងៃ");
        assertThat(get("/rules/retention/1.json").body()).contains("\"digest\"", "\"stage\": \"approved\"");
        HttpResponse<String> document = get("/rules/retention/1/document");
        assertThat(document.body()).startsWith("title en 21\nHow long what is kept\ntitle km ");
        String digest = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(document.body().getBytes(UTF_8)));
        assertThat(get("/rules/retention/1.json").body()).contains(digest);
        assertThat(get("/rules/retention/9/document").statusCode()).isEqualTo(404);
        assertThat(get("/rules/retention/9").statusCode()).isEqualTo(404);
        assertThat(get("/rules/nonsense/1").statusCode()).isEqualTo(404);
        assertThat(get("/rules/propose?rule=retention").statusCode()).isNotEqualTo(200);
        assertThat(send("/rules/retention/1/withdraw", Optional.empty(), Map.of("words", "x"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    @Order(2)
    void anOfficerProposesAndOpensAndWhatIsWrongStaysInTheForm() throws Exception {
        HttpResponse<String> form = send("/rules/propose?rule=retention&lang=en", cookie(), Map.of());
        assertThat(form.body()).contains("92 days");
        Map<String, String> typed = new java.util.LinkedHashMap<>(Map.of(
                "token", token(form),
                "rule", "retention",
                "title-en", "How long what is kept",
                "title-km", "រយៈពេលរក្សាទុកទិន្នន័យ",
                "text-en", "Volumes are kept for 60 days.\r\nNo flow is kept.",
                "text-km", "បរិមាណត្រូវរក្សាទុក 60 ថ្ងៃ។",
                "grounds", "billing needs no more",
                "day", "soon"));
        HttpResponse<String> refused = send("/rules/propose", cookie(), typed);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("60 days", "billing needs no more", "role=\"alert\"");
        typed.put("day", registry.today().plusDays(90).toString());
        HttpResponse<String> proposed = send("/rules/propose", cookie(), typed);
        assertThat(proposed.statusCode())
                .as(proposed.body().replaceFirst("(?s).*role=\"alert\"", ""))
                .isEqualTo(303);
        assertThat(proposed.headers().firstValue("Location").orElseThrow()).startsWith("/rules/retention/2");
        assertThat(registry.rules()
                        .find(Scope.stranger(), Rule.RETENTION, 2)
                        .orElseThrow()
                        .text()
                        .textEnglish())
                .isEqualTo("Volumes are kept for 60 days.\nNo flow is kept.");
        Map<String, String> opening = Map.of("token", typed.get("token"), "days", "3");
        assertThat(send("/rules/retention/2/open", cookie(), opening).statusCode())
                .isEqualTo(422);
        assertThat(send("/rules/retention/2/open", cookie(), Map.of("token", typed.get("token"), "days", "30"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(send("/rules/retention/2/approve", cookie(), Map.of("token", typed.get("token")))
                        .statusCode())
                .as("an officer holds no right to approve")
                .isEqualTo(403);
    }

    @Test
    @Order(3)
    void aStrangerSaysSomethingAndNothingIsKeptOfWhoItWas() throws Exception {
        HttpResponse<String> page = get("/rules/retention/2?lang=en");
        Map<String, String> words =
                Map.of("token", token(page), "words", "Why not 30 days?\r\n<b>Nobody</b> needs more.");
        String path = "/rules/retention/2/comment";
        assertThat(send(path, Optional.empty(), Map.of("words", "no token")).statusCode())
                .isEqualTo(403);
        Optional<String> anonymous = page.headers().firstValue("Set-Cookie").map(each -> each.replaceFirst(";.*", ""));
        assertThat(send(path, anonymous, words).statusCode()).isEqualTo(303);
        assertThat(get("/rules/retention/2?lang=en").body())
                .contains("Why not 30 days?", "&lt;b", "public")
                .doesNotContain("<b>Nobody");
        HttpResponse<String> personal =
                send(path, anonymous, Map.of("token", token(page), "words", "call me at 012 345 678"));
        assertThat(personal.statusCode()).isEqualTo(422);
        assertThat(personal.body()).contains("call me at 012 345 678", "Leave it out");
        String khmer = "ក".repeat(4_000);
        assertThat(send(path, anonymous, Map.of("token", token(page), "words", khmer))
                        .statusCode())
                .as("nine octets a letter in a form")
                .isEqualTo(303);
        assertThat(database.owner()
                        .sql("SELECT speaker || ' ' || day FROM registry.rule_comment")
                        .query(String.class)
                        .list())
                .hasSize(2)
                .allMatch(row -> row.equals("public " + registry.today()));
        assertThat(get("/rules/retention/2.csv?table=difference").body())
                .contains("gone,", "new,Volumes are kept for 60 days.");
    }

    @Test
    @Order(4)
    void axeFindsNothingInBothLanguagesAndAPhoneShowsAll() throws Exception {
        try (TestBrowser chromium = new TestBrowser()) {
            for (String language : List.of("en", "km")) {
                try (BrowserContext context = chromium.browser().newContext()) {
                    Page page = context.newPage();
                    for (String path : List.of("/rules", "/rules/retention/2")) {
                        page.setViewportSize(1280, 900);
                        page.navigate("http://localhost:" + portal.port() + path + "?lang=" + language);
                        assertThat(new AxeBuilder(page)
                                        .withTags(LEVELS)
                                        .analyze()
                                        .getViolations())
                                .as("%s %s", path, language)
                                .isEmpty();
                        page.setViewportSize(320, 700);
                        assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                                .as("%s %s", path, language)
                                .isLessThanOrEqualTo(320);
                    }
                }
            }
        }
    }
}
