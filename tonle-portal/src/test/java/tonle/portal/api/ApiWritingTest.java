// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tonle.portal.api.ApiCountry.header;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.registry.rights.Right;

/** Proposing and deciding over HTTP, as a program does it. */
class ApiWritingTest {
    private static final String CHANGES = "/api/v1/changes";

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

    private static String draft(String kind, String id, String fields) {
        return """
                {"reason": "a test", "from": "2026-12-01",
                 "items": [{"act": "amend", "kind": "%s", "id": "%s", "baseVersion": 1, "fields": %s}]}""".formatted(kind, id, fields);
    }

    private static HttpResponse<String> proposed(ApiCountry.Person who, String draft) throws Exception {
        HttpResponse<String> answer = country.post(who, CHANGES, draft);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(Answers.errors("Change", answer.body())).isEmpty();
        return answer;
    }

    @Test
    void whatIsProposedIsReadLookedAtConfirmedAndThenHolds() throws Exception {
        HttpResponse<String> made =
                proposed(country.registrar, draft("link", "PNH-SGN-1", "{\"capacityBitsPerSecond\": 200000000000}"));
        String location = header(made, "Location");
        assertThat(location).matches(CHANGES + "/CHG-[0-9]{4}-[0-9]{4}");
        assertThat(made.body())
                .contains("\"field\": \"capacityBitsPerSecond\", \"before\": \"100G\", \"after\": \"200G\"");
        HttpResponse<String> read = country.get(country.second, location);
        String tag = header(read, "ETag");
        assertThat(tag).isEqualTo(header(made, "ETag"));

        assertThat(country.post(country.second, location + "/confirm", "{}").statusCode())
                .isEqualTo(428);
        assertThat(country.post(country.second, location + "/confirm", "{}", "If-Match", "\"another\"")
                        .statusCode())
                .isEqualTo(412);
        HttpResponse<String> own = country.post(country.registrar, location + "/confirm", "{}", "If-Match", tag);
        assertThat(own.statusCode()).as("two persons are two").isEqualTo(403);
        HttpResponse<String> done =
                country.post(country.second, location + "/confirm", "{\"reason\": \"seen\"}", "If-Match", tag);

        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(Answers.errors("Change", done.body())).isEmpty();
        assertThat(done.body()).contains("\"stage\": \"confirmed\"", "\"grounds\": \"seen\"");
        assertThat(header(done, "ETag"))
                .isEqualTo(header(country.get(country.second, location), "ETag"))
                .isNotEqualTo(tag);
        assertThat(country.post(country.second, location + "/confirm", "{}", "If-Match", "*")
                        .body())
                .contains("\"code\": \"change-decided\"");
        String path = "/api/v1/links/PNH-SGN-1?asOn=";
        assertThat(country.get(country.second, path + "2026-11-30").body())
                .contains("\"capacityBitsPerSecond\": 100000000000");
        assertThat(country.get(country.second, path + "2026-12-01").body())
                .contains("\"capacityBitsPerSecond\": 200000000000", "\"version\": 2");
        assertThat(country.get(country.auditor, "/api/v1/audit-events?objectKind=change")
                        .body())
                .contains("confirmed-change", "proposed-change");
    }

    @Test
    void aRefusalNeedsItsReasonAndAWithdrawalIsTheProposersOwn() throws Exception {
        String first = header(proposed(country.registrar, draft("site", "SHV", "{\"country\": \"KH\"}")), "Location");
        assertThat(country.post(country.second, first + "/refuse", "{}", "If-Match", "*")
                        .body())
                .contains("\"code\": \"change-refused\"", "\"reason\": \"reason-missing\"");
        assertThat(country.post(country.second, first + "/withdraw", "{}", "If-Match", "*")
                        .statusCode())
                .isEqualTo(403);
        assertThat(country.post(country.registrar, first + "/withdraw", "{}", "If-Match", "*")
                        .body())
                .contains("\"stage\": \"withdrawn\"");
    }

    @Test
    void twoWhoAlterOneFieldDoNotOverwriteEachOther() throws Exception {
        String first =
                header(proposed(country.registrar, draft("facility", "PNH-DC-1", "{\"street\": \"One\"}")), "Location");
        String second =
                header(proposed(country.second, draft("facility", "PNH-DC-1", "{\"street\": \"Two\"}")), "Location");
        assertThat(country.post(country.second, first + "/confirm", "{}", "If-Match", "*")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> late = country.post(country.registrar, second + "/confirm", "{}", "If-Match", "*");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(Answers.errors("Problem", late.body())).isEmpty();
        assertThat(late.body())
                .contains("\"code\": \"change-conflicts\"", "\"field\": \"street\"", "\"current\": \"One\"");
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            [                                                              | 400 | body-unreadable | line 1
            []                                                             | 400 | body-unreadable | line 1
            {"from":"2026-12-01","items":[],"from":"2026-12-02"}           | 400 | body-unreadable | line 1
            ~[],"author":"Sok"}   | 400 | body-unreadable | /author
            {"reason":"r","from":"soon","items":[]}                        | 400 | body-unreadable | /from
            {"reason":"r","from":"2026-12-01","until":"2026-12-01","items":[]} | 400 | body-unreadable | /until
            ~[{"act":"drop"}]}    | 400 | body-unreadable | /items/0/act
            ~[{"act":"end",@,"baseVersion":1.5}]} | 400 | body-unreadable | /items/0/baseVersion
            ~[{"act":"amend",@,"fields":{"mapX":1e999999999}}]} | 400 | body-unreadable | /items/0/fields/mapX
            ~[{"act":"amend",@,"fields":{"mapX":{}}}]} | 400 | body-unreadable | /items/0/fields/mapX
            ~[]}                  | 422 | change-refused | nothing-changes
            {"reason":" ","from":"2026-12-01","items":[{"act":"end",@,"baseVersion":1}]} | 422 | change-refused | reason-missing
            ~[{"act":"amend",@,"baseVersion":1,"fields":{"mapX":1001}}]} | 422 | change-refused | "field": "mapX"
            ~[{"act":"amend",@,"baseVersion":1,"fields":{"srcIp":"x"}}]} | 422 | change-refused | field-unknown
            """)
    void aDraftThatIsWrongIsRefusedAtItsPlace(String draft, int status, String code, String says) throws Exception {
        String whole = draft.replace("~", "{\"reason\":\"r\",\"from\":\"2026-12-01\",\"items\":")
                .replace("@", "\"kind\":\"site\",\"id\":\"SHV\"");
        HttpResponse<String> answer = country.post(country.registrar, CHANGES, whole);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Answers.errors("Problem", answer.body())).isEmpty();
        assertThat(answer.body()).contains("\"code\": \"" + code + "\"", says);
    }

    @Test
    void onlyATokenWithTheRightWrites() throws Exception {
        String draft = draft("site", "SHV", "{\"country\": \"TH\"}");
        String cookie = "tonle-session=" + country.registrar.session().secret().text();
        HttpResponse<String> byCookie =
                country.send("POST", CHANGES, draft, "Cookie", cookie, "Content-Type", "application/json");
        assertThat(byCookie.statusCode()).isEqualTo(403);
        assertThat(byCookie.body()).contains("token-needed");
        assertThat(country.post(country.auditor, CHANGES, draft).body()).contains("right-missing");
        assertThat(country.post(country.alpha, CHANGES, draft).body()).contains("not-yours");
        String reader = ApiCountry.done(country.registry
                        .people()
                        .keys()
                        .makeToken(country.registrar.actor(), "reader", Set.of(Right.MAY_READ_REGISTRY), 5))
                .secret()
                .text();
        assertThat(country.send(
                                "POST",
                                CHANGES,
                                draft,
                                "Authorization",
                                "Bearer " + reader,
                                "Content-Type",
                                "application/json")
                        .body())
                .as("a token has no more rights than it was given")
                .contains("right-missing");
        assertThat(country.get(country.registrar, CHANGES + "?waiting=true&limit=200")
                        .body())
                .doesNotContain("TH");
    }

    @Test
    void aBodyIsJsonAndBounded() throws Exception {
        String token = "Bearer " + country.registrar.token();
        assertThat(country.send("POST", CHANGES, "a=b", "Authorization", token, "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
        HttpResponse<String> large = country.post(country.registrar, CHANGES, " ".repeat((1 << 20) + 1));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("body-too-large");
        assertThat(country.post(country.registrar, CHANGES, "[".repeat(100_000)).statusCode())
                .isEqualTo(400);
    }
}
