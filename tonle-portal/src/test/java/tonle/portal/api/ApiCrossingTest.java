// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.SystemClock;
import tonle.registry.audit.AuditTrail;
import tonle.registry.book.Kind;
import tonle.registry.change.Item;
import tonle.registry.ladder.Ladder;
import tonle.registry.ladder.LadderBook;
import tonle.registry.ladder.LadderRules;

/** One operator tries to read another's own through every operation: not an octet of it comes. */
class ApiCrossingTest {
    /** In every private text of bravo's. */
    private static final String MARK = "zq7bravo";

    private static final Map<String, String> OPERATOR = Map.of(
            "tin", "ZQ7BRAVO-100",
            "contact-noc", "noc@zq7bravo.example",
            "contact-peering", "peering@zq7bravo.example",
            "contact-abuse", "abuse@zq7bravo.example",
            "contact-security", "security@zq7bravo.example",
            "contact-billing", "billing@zq7bravo.example",
            "contact-legal", "legal@zq7bravo.example");
    private static final Map<String, String> LINK =
            Map.of("committed-rate", "77777M", "hand-over", MARK + " cage 7", "contract", MARK + "-C-1");
    private static final Map<String, String> LICENCE =
            Map.of("guarantee", MARK + " bank", "ownership-file", MARK + "/7");

    @TempDir
    static Path folder;

    static ApiCountry country;
    static String change;

    @BeforeAll
    static void open() throws Exception {
        country = new ApiCountry(folder);
        String type = country.registry
                .regimes()
                .find("kh")
                .orElseThrow()
                .types()
                .getFirst()
                .id();
        Map<String, String> licence = new LinkedHashMap<>(LICENCE);
        licence.putAll(Map.of("operator", "bravo", "regime", "kh", "type", type, "granted", "2026-01-01"));
        country.enter(
                Item.amend(Kind.OPERATOR, "bravo", 1, OPERATOR),
                Item.amend(Kind.LINK, "bravo-1", 1, LINK),
                Item.add(Kind.LICENCE, "LIC-B", licence));
        HttpResponse<String> made = country.post(country.bravo, "/api/v1/changes", """
                {"reason": "zq7bravo grows", "from": "2026-12-01", "items": [{"act": "amend", "kind": "link",
                 "id": "bravo-1", "baseVersion": 2, "fields": {"handOver": "zq7bravo cage 8"}}]}""");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        change = ApiCountry.header(made, "Location").replaceFirst(".*/", "");
        LadderBook ladder =
                new LadderBook(country.database.server(), new AuditTrail(new SystemClock()), LadderRules.usual());
        ladder.take("bravo-1", "bravo", new Ladder.DayLoad(LocalDate.of(2026, 11, 1), 977));
        country.registry.bringUps().begin(country.engineer.actor(), "bravo-1", "bravo", LocalDate.of(2026, 12, 24));
    }

    @AfterAll
    static void close() throws Exception {
        country.close();
    }

    /** Addresses of every operation that aim at what is bravo's. */
    private static String path(Operation operation) {
        String id = switch (operation.id()) {
            case "getOperator" -> "bravo";
            case "getLink" -> "bravo-1";
            case "getLicence" -> "LIC-B";
            default -> operation.path().startsWith("/api/v1/changes") ? change : "PNH";
        };
        String path = operation
                .path()
                .replace("{id}", id)
                .replace("{link}", "bravo-1")
                .replace("{month}", "2026-11")
                .replace("{device}", "pnh-edge-1")
                .replace("{index}", "12");
        return path + (operation.isWriting() || path.contains("changes/") ? "" : "?");
    }

    private static HttpResponse<String> ask(ApiCountry.Person who, Operation operation, String path) throws Exception {
        return operation.isWriting() ? country.post(who, path, "{}", "If-Match", "*") : country.get(who, path);
    }

    @Test
    void notOneOctetOfAnothersOwnComesThroughAnyOperation() throws Exception {
        for (Operation operation : Operations.all()) {
            HttpResponse<String> answer = ask(country.alpha, operation, path(operation));
            assertThat(answer.body().toLowerCase(java.util.Locale.ROOT))
                    .as(operation.id() + " " + answer.statusCode())
                    .doesNotContain(MARK, "77777", "0.977", "2026-12-24");
            assertThat(answer.statusCode()).as(operation.id()).isLessThan(500);
        }
        for (String list : List.of("/api/v1/ladder", "/api/v1/bring-ups", "/api/v1/changes")) {
            assertThat(country.get(country.alpha, list).body()).as(list).contains("\"items\": []");
        }
        for (String one :
                List.of("/api/v1/changes/" + change, "/api/v1/bring-ups/bravo-1", "/api/v1/ladder/bravo-1/moves")) {
            assertThat(country.get(country.alpha, one).statusCode()).as(one).isEqualTo(404);
        }
    }

    @Test
    void theOwnerAndTheStaffReadAllOfIt() throws Exception {
        for (ApiCountry.Person who : List.of(country.bravo, country.registrar)) {
            assertThat(country.get(who, "/api/v1/operators/bravo").body())
                    .contains("ZQ7BRAVO-100", "billing@zq7bravo.example");
            assertThat(country.get(who, "/api/v1/links/bravo-1").body()).contains("77777000000", MARK + " cage 7");
            assertThat(country.get(who, "/api/v1/licences/LIC-B").body()).contains(MARK + " bank");
            assertThat(country.get(who, "/api/v1/changes/" + change).body()).contains(MARK + " cage 8");
            assertThat(country.get(who, "/api/v1/ladder").body()).contains("0.977");
            assertThat(country.get(who, "/api/v1/bring-ups/bravo-1").body()).contains("2026-12-24");
        }
    }

    /** Past every service: with the web's own credentials, under the scope of the other operator and under none. */
    @Test
    void theDatabaseItselfHoldsItApart() {
        List<String> tables =
                country.database.owner().sql("""
                        SELECT table_schema || '.' || table_name FROM information_schema.tables
                        WHERE table_schema IN ('registry', 'audit') AND table_type = 'BASE TABLE'""").query(String.class).list();
        assertThat(tables).hasSizeGreaterThan(20);
        long seenByOwner = 0;
        for (String table : tables) {
            String rows = "SELECT coalesce(string_agg(t::text, ' '), '') FROM " + table + " t";
            seenByOwner += country.database
                            .owner()
                            .sql(rows)
                            .query(String.class)
                            .single()
                            .toLowerCase(java.util.Locale.ROOT)
                            .contains(MARK)
                    ? 1
                    : 0;
            for (var scope : List.of(country.alpha.actor().scope(), tonle.database.Scope.stranger())) {
                String seen = country.database.web().read(scope, unit -> {
                    boolean mayRead = unit.sql("SELECT has_table_privilege(:t, 'SELECT')")
                            .param("t", table)
                            .query(Boolean.class)
                            .single();
                    return mayRead ? unit.sql(rows).query(String.class).single() : "";
                });
                assertThat(seen.toLowerCase(java.util.Locale.ROOT))
                        .as(table + " " + scope)
                        .doesNotContain(MARK);
            }
        }
        assertThat(seenByOwner).as("the marks are there to be found").isGreaterThan(3);
    }
}
