// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tonle.portal.api.ApiCountry.header;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.registry.book.Kind;
import tonle.registry.change.Item;

/** Reading over HTTP, as a program does it. */
class ApiReadingTest {
    @TempDir
    static Path folder;

    static ApiCountry country;

    @BeforeAll
    static void open() throws Exception {
        country = new ApiCountry(folder);
    }

    @AfterAll
    static void close() throws Exception {
        country.close();
    }

    /** A path with the examples that the small country has. */
    static String path(Operation operation) {
        String path = operation.path();
        path = path.replace("{device}", "pnh-edge-1").replace("{index}", "12");
        path = path.replace("{link}", "PNH-SGN-1").replace("{month}", "2026-11");
        String id = switch (operation.id()) {
            case "getExchange" -> "PNH-IX";
            case "getOperator" -> "alpha";
            case "getSite" -> "PNH";
            case "getFacility" -> "PNH-DC-1";
            case "getDevice" -> "pnh-edge-1";
            case "getLink" -> "PNH-SGN-1";
            case "getLicence" -> "LIC-1";
            case "getRegime" -> "kh";
            case "getChange" -> "CHG-2026-0001";
            default -> "";
        };
        return path.replace("{id}", id);
    }

    static ApiCountry.Person reader(Operation operation) {
        if (operation.access() instanceof Operation.Access.AnyOf(var rights)
                && rights.stream().anyMatch(country.registrar.actor()::may)) {
            return country.registrar;
        }
        return country.auditor;
    }

    @Test
    void everyAnswerIsOfTheSchemaThatTheDescriptionGives() throws Exception {
        List<String> notThere = new ArrayList<>();
        for (Operation operation : Operations.all()) {
            if (operation.isWriting() || operation.isOpen()) {
                continue;
            }
            HttpResponse<String> answer = country.get(reader(operation), path(operation));
            if (answer.statusCode() == 404) {
                notThere.add(operation.id());
                continue;
            }
            assertThat(answer.statusCode()).as(operation.id() + answer.body()).isEqualTo(200);
            assertThat(header(answer, "Content-Type")).startsWith("application/json");
            assertThat(Answers.errors(operation.response(), answer.body()))
                    .as(operation.id() + " " + answer.body())
                    .isEmpty();
        }
        assertThat(notThere)
                .as("the country has neither full links nor links on their way")
                .containsExactlyInAnyOrder("listLadderMoves", "getBringUp");
    }

    @Test
    void theDescriptionIsServedToEverybody() throws Exception {
        HttpResponse<String> answer = country.send("GET", "/api/v1/openapi.json", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"openapi\": \"3.1.0\"", "\"listSites\"", "clientCredentials");
        assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=300");
    }

    @Test
    void aListComesInPagesThatTogetherAreTheWhole() throws Exception {
        country.enter(
                Item.add(Kind.SITE, "KPS-1", java.util.Map.of("name", "Kampong Speu")),
                Item.add(Kind.SITE, "KPT-1", java.util.Map.of("name", "Kampot")),
                Item.add(Kind.SITE, "a-small", java.util.Map.of("name", "Small")));
        List<String> ids = new ArrayList<>();
        String next = "/api/v1/sites?limit=2";
        for (int page = 0; !next.isEmpty() && page < 9; page++) {
            HttpResponse<String> answer = country.get(country.registrar, next);
            var ids2 = java.util.regex.Pattern.compile("\"id\": \"([^\"]+)\"").matcher(answer.body());
            while (ids2.find()) {
                ids.add(ids2.group(1));
            }
            String link = header(answer, "Link");
            next = link.isEmpty() ? "" : link.replaceFirst("<([^>]+)>; rel=\"next\"", "$1");
            assertThat(answer.body()).contains(next.isEmpty() ? "\"next\": null" : "\"next\": \"" + next + "\"");
        }
        assertThat(ids).containsExactly("KPS-1", "KPT-1", "PNH", "SHV", "a-small");
    }

    @Test
    void anEntityTagSavesTheAnswerUntilTheRegistryChanges() throws Exception {
        HttpResponse<String> first = country.get(country.registrar, "/api/v1/facilities");
        String tag = header(first, "ETag");
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        HttpResponse<String> again =
                country.get(country.registrar, "/api/v1/facilities", "If-None-Match", "\"other\", W/" + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(tag);
        country.enter(Item.add(Kind.FACILITY, "SHV-CLS", java.util.Map.of("site", "SHV", "name", "Landing")));
        assertThat(country.get(country.registrar, "/api/v1/facilities", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theRegistryIsReadAsItWasOnADayAndAsItWasKnown() throws Exception {
        assertThat(country.get(country.registrar, "/api/v1/sites/PNH?asOn=2026-09-30")
                        .statusCode())
                .isEqualTo(404);
        assertThat(country.get(country.registrar, "/api/v1/sites/PNH?asOn=2026-10-01&knownBy=2026-10-01T00:00:00Z")
                        .statusCode())
                .as("it was recorded later")
                .isEqualTo(404);
        HttpResponse<String> then = country.get(country.registrar, "/api/v1/sites/PNH?asOn=2026-10-01");
        assertThat(then.body())
                .contains("\"latitude\": 11.55640", "\"nameKhmer\": null", "\"version\": 1")
                .contains("\"history\": [{\"from\": \"2026-10-01\", \"until\": null, \"version\": 1");
    }

    @ParameterizedTest(name = "{0} {1}: {2} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /api/v1/site                          | 404 | path-unknown        | "nearest": "/api/v1/sites"
            GET    | /api/v1/sites/PHN                     | 404 | object-unknown      | "nearest": "PNH"
            GET    | /api/v1/sites/%00                     | 400 | -                   | -
            GET    | /api/v1/sites/a'b                     | 404 | object-unknown      | a'b
            GET    | /api/v1/sites?limt=3                  | 400 | parameter-unknown   | "nearest": "limit"
            GET    | /api/v1/sites?limit=201               | 400 | parameter-invalid   | "parameter": "limit"
            GET    | /api/v1/sites?limit=-1                | 400 | parameter-invalid   | "parameter": "limit"
            GET    | /api/v1/sites?limit=2&limit=3         | 400 | parameter-invalid   | "parameter": "limit"
            GET    | /api/v1/sites?asOn=2026-02-30         | 400 | parameter-invalid   | "parameter": "asOn"
            GET    | /api/v1/sites?asOn=-999999999-01-01   | 400 | parameter-invalid   | "parameter": "asOn"
            GET    | /api/v1/sites?knownBy=+1000000000-12-31T23:59:59Z | 400 | parameter-invalid | "parameter": "knownBy"
            GET    | /api/v1/interfaces/pnh-edge-1/0       | 400 | parameter-invalid   | "parameter": "index"
            GET    | /api/v1/traffic?where=membr%20=%20a   | 400 | parameter-invalid   | "nearest": "member"
            GET    | /api/v1/traffic?by=a&add=member       | 400 | parameter-unknown   | add
            GET    | /api/v1/link-months/2026-13           | 400 | parameter-invalid   | "parameter": "month"
            GET    | /api/v1/links/PNH-SGN-9/months/2026-11| 404 | object-unknown      | PNH-SGN-9
            GET    | /api/v1/regimes/khm                   | 404 | object-unknown      | "nearest": "kh"
            GET    | /api/v1/audit-events                  | 403 | right-missing       | may-read-audit
            DELETE | /api/v1/sites/PNH                     | 405 | method-not-allowed  | GET, HEAD
            PUT    | /api/v1/changes                       | 405 | method-not-allowed  | GET, HEAD, POST
            PATCH  | /api/v1/openapi.json                  | 405 | method-not-allowed  | GET, HEAD
            """)
    void whatIsWrongIsSaidInAProblemDocument(String method, String path, int status, String code, String says)
            throws Exception {
        HttpResponse<String> answer = country.send(
                method, path, "", "Authorization", "Bearer " + country.registrar.token(), "Accept-Language", "en");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (!code.equals("-")) {
            assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
            assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
            assertThat(Answers.errors("Problem", answer.body())).isEmpty();
            assertThat(answer.body()).contains("\"code\": \"" + code + "\"", "\"status\": " + status, says);
        }
    }

    @Test
    void theSameInKhmer() throws Exception {
        HttpResponse<String> answer =
                country.get(country.registrar, "/api/v1/sites/PHN", "Accept-Language", "km-KH, en;q=0.5");
        assertThat(header(answer, "Content-Language")).isEqualTo("km");
        assertThat(answer.body()).contains("\"code\": \"object-unknown\"", "វត្ថុ");
    }

    @Test
    void whoHasNoTokenOrADeadOneIsToldSo() throws Exception {
        HttpResponse<String> without = country.send("GET", "/api/v1/sites", "");
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.body()).contains("token-missing");
        assertThat(header(without, "WWW-Authenticate")).isEqualTo("Bearer realm=\"tonle\"");
        for (String dead : List.of("Bearer tonle_t_AAAA", "Bearer ", "Basic YTpi", "Bearer " + "x".repeat(4_000))) {
            HttpResponse<String> answer = country.send("GET", "/api/v1/sites", "", "Authorization", dead);
            assertThat(answer.statusCode()).as(dead).isEqualTo(401);
            assertThat(answer.body()).contains("token-invalid").doesNotContain("AAAA");
            assertThat(header(answer, "WWW-Authenticate")).contains("invalid_token");
        }
    }

    @Test
    void onlyJsonIsAnswered() throws Exception {
        assertThat(country.get(country.registrar, "/api/v1/sites", "Accept", "text/csv")
                        .statusCode())
                .isEqualTo(406);
        assertThat(country.get(country.registrar, "/api/v1/sites", "Accept", "application/json;q=0, */*;q=0")
                        .statusCode())
                .isEqualTo(406);
        assertThat(country.get(country.registrar, "/api/v1/sites", "Accept", "text/html, */*;q=0.1")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSessionReadsToo() throws Exception {
        HttpResponse<String> answer = country.send(
                "GET",
                "/api/v1/sites",
                "",
                "Cookie",
                "tonle-session=" + country.registrar.session().secret().text());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void anOperatorReadsItsOwnLinksMonthAndNoOthers() throws Exception {
        String month = "/months/2026-11";
        assertThat(country.get(country.alpha, "/api/v1/links/PNH-SGN-1" + month).statusCode())
                .isEqualTo(200);
        HttpResponse<String> others = country.get(country.bravo, "/api/v1/links/PNH-SGN-1" + month);
        HttpResponse<String> none = country.get(country.bravo, "/api/v1/links/PNH-SGN-9" + month);
        assertThat(others.statusCode()).isEqualTo(404);
        assertThat(others.body()).isEqualTo(none.body().replace("PNH-SGN-9", "PNH-SGN-1"));
        assertThat(country.get(country.alpha, "/api/v1/link-months/2026-11").statusCode())
                .isEqualTo(403);
    }
}
