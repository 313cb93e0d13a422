// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.portal.Portal;
import tonle.portal.RunningPortal;
import tonle.portal.fixture.Fixture;
import tonle.portal.fixture.Staff;
import tonle.registry.Registry;
import tonle.registry.people.Door;
import tonle.registry.people.People;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;
import tonle.testdatabase.TestDatabase;

/** The door over HTTP as one meets it who has no browser: forged, replayed, foreign. */
class DoorHttpTest {
    @TempDir
    static Path folder;

    static final HttpClient CLIENT = HttpClient.newHttpClient();
    static Fixture fixture;
    static TestDatabase database;
    static People people;
    static RunningPortal portal;
    static Door.CameIn dara;
    static Door.CameIn sok;

    @BeforeAll
    static void open() throws Exception {
        fixture = Fixture.open(folder);
        database = TestDatabase.fresh();
        Registry registry = Fixture.registry(database.web(), database.server());
        people = registry.people();
        portal = Portal.start(Fixture.settings(), fixture.servicesOf(registry));
        Staff staff = new Staff(people);
        dara = staff.founder("Dara");
        sok = staff.invited(dara, "Sok", "alpha", Role.OPERATOR_CLERK);
    }

    @AfterAll
    static void close() throws Exception {
        portal.close();
        database.close();
        fixture.close();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + portal.port() + path));
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder builder = request(path);
        return CLIENT.send((headers.length == 0 ? builder : builder.headers(headers)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder builder = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return CLIENT.send((headers.length == 0 ? builder : builder.headers(headers)).build(), BodyHandlers.ofString());
    }

    private static String cookie(Door.CameIn in) {
        return Visitors.COOKIE + "=" + in.secret().text();
    }

    private static String token(String page) {
        return page.replaceFirst("(?s).*name=\"token\" value=\"([0-9a-f]{32})\".*", "$1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/links", "/traffic?by=member", "/account", "/people", "/audit"})
    void aStrangerIsLedToTheDoorAndAProgramIsToldSo(String path) throws Exception {
        HttpResponse<String> page = get(path);
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location").orElseThrow()).startsWith("/sign-in?next=");
        HttpResponse<String> document =
                get(path.equals("/") ? "/overview.json" : path.replaceFirst("(\\?|$)", ".json$1"));
        assertThat(document.statusCode()).isEqualTo(401);
        assertThat(document.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer");
        assertThat(document.body()).contains("problem/not-signed-in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tonle_s_", "tonle_s_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "s-abcdef"})
    void aForgedSessionOpensNothing(String secret) throws Exception {
        assertThat(get("/account", "Cookie", Visitors.COOKIE + "=" + secret).statusCode())
                .isEqualTo(303);
        assertThat(get("/audit.json", "Authorization", "Bearer " + secret).statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoLacksARightIsToldWhichAndWhoHoldsIt() throws Exception {
        HttpResponse<String> links = get("/links", "Cookie", cookie(sok));
        assertThat(links.statusCode()).isEqualTo(403);
        assertThat(links.body()).contains("may read the gateway", "administrator");
        for (String path : List.of("/people", "/audit")) {
            assertThat(get(path, "Cookie", cookie(sok)).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(get("/account", "Cookie", cookie(sok)).statusCode()).isEqualTo(200);
    }

    @Test
    void aFormWithoutItsTokenOrWithAnothersOrFromElsewhereChangesNothing() throws Exception {
        String page = get("/people", "Cookie", cookie(dara)).body();
        String sokToken = token(get("/account", "Cookie", cookie(sok)).body());
        String strangerToken = token(get("/sign-in").body());
        String form = "&name=Forged&reason=x&language=en";
        for (String token : List.of("", "guess", sokToken, strangerToken)) {
            assertThat(post("/people/invite", "token=" + token + form, "Cookie", cookie(dara))
                            .statusCode())
                    .isEqualTo(403);
        }
        String own = token(page);
        assertThat(post("/people/invite", "token=" + own + form, "Cookie", cookie(dara), "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(
                                "/people/invite",
                                "token=" + own + form,
                                "Cookie",
                                cookie(dara),
                                "Origin",
                                "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("/people.csv", "Cookie", cookie(dara)).body()).doesNotContain("Forged");
        assertThat(post("/people/invite", "token=" + own + form, "Cookie", cookie(dara))
                        .body())
                .contains("/link/tonle_l_");
    }

    @Test
    void aClerkWhoSendsAnAdministratorsFormIsRefusedByTheDomain() throws Exception {
        String own = token(get("/account", "Cookie", cookie(sok)).body());
        HttpResponse<String> answer =
                post("/people/invite", "token=" + own + "&name=X&reason=x", "Cookie", cookie(sok));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("may invite a person");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "not json", "[]", "{\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"type\":\"public-key\"}", "null"})
    void aBrokenCredentialHasTheOneAnswerOfAllFailures(String credential) throws Exception {
        String page = get("/sign-in").body();
        String challenge = page.replaceFirst("(?s).*name=\"challenge\" value=\"([^\"]*)\".*", "$1");
        HttpResponse<String> answer = post(
                "/sign-in",
                "token=" + token(page) + "&challenge=" + challenge + "&credential="
                        + java.net.URLEncoder.encode(credential, java.nio.charset.StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("sign-in-refused");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void theNextAddressIsOneOfThisPortal() throws Exception {
        for (String evil : List.of("https://evil.example", "//evil.example", "/%5Cevil.example")) {
            assertThat(get("/sign-in?next=" + evil).body()).contains("name=\"next\" value=\"/\"");
        }
    }

    @Test
    void theCookieIsForThisHostAndNoScript() throws Exception {
        String cookie = Visitors.setCookie(new org.springframework.mock.web.MockHttpServletRequest(), "x");
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Domain");
    }

    @Test
    void programsGetTokensAndReadWithThem() throws Exception {
        var made = Staff.done(
                people.keys().makeClient(Staff.actor(dara), "weathermap", Set.of(Right.MAY_READ_GATEWAY), "", 30));
        String basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (made.key().pseudonym() + ":" + made.secret().text()).getBytes());
        HttpResponse<String> answer =
                post("/api/oauth2/token", "grant_type=client_credentials", "Authorization", basic);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"token_type\":\"Bearer\"", "\"scope\":\"may-read-gateway\"");
        String access = answer.body().replaceFirst(".*\"access_token\":\"([^\"]+)\".*", "$1");
        assertThat(get("/links.json", "Authorization", "Bearer " + access).statusCode())
                .isEqualTo(200);
        assertThat(get("/audit.json", "Authorization", "Bearer " + access).statusCode())
                .isEqualTo(403);
        assertThat(post("/api/oauth2/token", "grant_type=password&username=x", "Authorization", basic)
                        .body())
                .contains("unsupported_grant_type");
        assertThat(post(
                                "/api/oauth2/token",
                                "grant_type=client_credentials&scope=may-read-audit",
                                "Authorization",
                                basic)
                        .body())
                .contains("invalid_scope");
        for (String wrong : List.of("c-aaaa-aaaa:x", made.key().pseudonym() + ":tonle_c_x", "nocolon")) {
            HttpResponse<String> refused = post(
                    "/api/oauth2/token",
                    "grant_type=client_credentials",
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(wrong.getBytes()));
            assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
            assertThat(refused.body()).isEqualTo("{\"error\":\"invalid_client\"}");
        }
    }

    @Test
    void theAuditAnswersWithItsRowsAndRecordsThatItWasRead() throws Exception {
        assertThat(get("/audit.json?act=founded-gateway", "Cookie", cookie(dara))
                        .body())
                .contains("\"founded-gateway\"", "\"owner\"");
        assertThat(get("/audit.csv?act=read&object=act%3Dfounded-gateway", "Cookie", cookie(dara))
                        .body())
                .contains("act=founded-gateway");
    }

    @Test
    void aRangeOfTheAuditIsVerifiedAndLookingIsRecorded() throws Exception {
        String all = get("/audit/verify.json?first=1", "Cookie", cookie(dara)).body();
        // There is no log here: every event waits, and none is missed.
        assertThat(all).contains("\"sound\": true", "\"waits\"").doesNotContain("\"not-in-log\"", "\"gone\"");
        assertThat(get("/audit.csv?act=read", "Cookie", cookie(dara)).body()).contains("verify 1 to 500");
        assertThat(get("/audit/verify.json?first=1&last=501", "Cookie", cookie(dara))
                        .statusCode())
                .isEqualTo(400);
        assertThat(get("/audit/verify?first=1&lang=en", "Cookie", cookie(dara)).body())
                .contains("tonle audit verify 1 500", "agree with the log");
        assertThat(get("/audit/verify.json").statusCode()).isEqualTo(401);
    }
}
