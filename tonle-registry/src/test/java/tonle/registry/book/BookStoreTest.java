// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import tonle.base.power.Seed;
import tonle.database.Scope;
import tonle.testdatabase.TestDatabase;

class BookStoreTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final LocalDate DAY = LocalDate.of(2026, 10, 1);
    private static final Instant ALWAYS = Instant.parse("9999-01-01T00:00:00Z");
    private static final BookStore STORE = new BookStore();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void aValueOfEveryFieldOfEveryKindComesBackAsItWas() {
        String change = change("CHG-2001-0001");
        for (Kind kind : Kind.values()) {
            String id = kind == Kind.INTERFACE ? "edge-1/7" : "X-1";
            Entry full = new Entry(kind, id, Samples.full(kind));
            Timeline timeline = new Timeline(kind, id, List.of());
            write(kind, id, timeline.added(full.values(), Days.since(DAY), 1_000, change));

            assertThat(find(kind, id, DAY, ALWAYS)).as(kind.word()).contains(full);
            assertThat(DATABASE.server()
                            .read(Scope.system(), unit -> STORE.timeline(unit, kind, id))
                            .asOn(DAY))
                    .contains(full);
        }
    }

    @Test
    void whatIsAskedAsOnAnyDayEqualsDaysPaintedByHand() {
        long number = 20_261_124L;
        Seed seed = new Seed(number);
        String change = change("CHG-2001-0002");
        int dayCount = 40;
        for (int object = 0; object < 30; object++) {
            String id = "P-" + object;
            Timeline timeline = new Timeline(Kind.SITE, id, List.of());
            // For each moment of knowledge one row of days, each with the name on that day, or null.
            List<String[]> painted = new ArrayList<>(List.<String[]>of(new String[dayCount]));
            for (int step = 1; step <= 8; step++) {
                int from = seed.below(dayCount - 1);
                int until = seed.below(3) == 0 ? dayCount : from + 1 + seed.below(dayCount - from);
                Days days = new Days(
                        DAY.plusDays(from), until >= dayCount ? Optional.empty() : Optional.of(DAY.plusDays(until)));
                boolean ends = step > 1 && seed.below(5) == 0;
                String name = ends ? null : "name " + step;
                Version version =
                        new Version(step, days, ends, ends ? Map.of() : Map.of("name", name), step * 1_000L, change);
                write(Kind.SITE, id, List.of(version));
                timeline = timeline.and(List.of(version));
                String[] row = painted.getLast().clone();
                for (int day = from; day < Math.min(until, dayCount); day++) {
                    row[day] = name;
                }
                painted.add(row);
            }
            Timeline read = DATABASE.server().read(Scope.system(), unit -> STORE.timeline(unit, Kind.SITE, id));
            assertThat(read.stretches().size()).isEqualTo(timeline.stretches().size());
            for (int day = 0; day < dayCount; day++) {
                int known = seed.below(9);
                LocalDate on = DAY.plusDays(day);
                String expected = painted.get(known)[day];
                Instant by = Instant.ofEpochMilli(known * 1_000L);
                assertThat(find(Kind.SITE, id, on, by).map(entry -> entry.text("name")))
                        .as("seed %d, %s on %s as known by step %d", number, id, on, known)
                        .isEqualTo(Optional.ofNullable(expected));
                assertThat(read.asOn(on, known * 1_000L).map(entry -> entry.text("name")))
                        .isEqualTo(Optional.ofNullable(expected));
            }
        }
        LocalDate third = DAY.plusDays(3);
        Instant fifth = Instant.ofEpochMilli(5_000);
        List<Entry> all = DATABASE.server().read(Scope.system(), unit -> STORE.asOn(unit, Kind.SITE, third, fifth));
        List<Entry> each = IntStream.range(0, 30)
                .mapToObj(object -> find(Kind.SITE, "P-" + object, third, fifth))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Entry::id))
                .toList();
        assertThat(all.stream().filter(entry -> entry.id().startsWith("P-"))).containsExactlyElementsOf(each);
        assertThat(each).isNotEmpty();
    }

    @Test
    void theColumnsOfEachTableAreTheFieldsOfItsKind() {
        for (Kind kind : Kind.values()) {
            Map<String, String> expected = new LinkedHashMap<>();
            for (boolean isPrivate : new boolean[] {false, true}) {
                expected.clear();
                kind.fields().stream()
                        .filter(field -> field.isPrivate() == isPrivate)
                        .forEach(field ->
                                expected.put(field.column(), field.form().sqlType()));
                String table = "registry." + kind.word() + (isPrivate ? "_private" : "");
                assertThat(columns(table)).as(table).isEqualTo(expected);
            }
        }
    }

    @Test
    void noVersionIsAlteredOrRemovedByAnybody() {
        String change = change("CHG-2001-0003");
        write(
                Kind.SITE,
                "STAYS",
                new Timeline(Kind.SITE, "STAYS", List.of()).added(Map.of("name", "Stays"), Days.since(DAY), 1, change));
        for (String sql : List.of(
                "UPDATE registry.site SET name = 'x'",
                "DELETE FROM registry.site",
                "TRUNCATE registry.site CASCADE",
                "UPDATE registry.change_step SET actor = 'x'")) {
            assertThatThrownBy(() -> DATABASE.owner().sql(sql).update())
                    .as(sql)
                    .isInstanceOf(DataAccessException.class);
            assertThatThrownBy(() -> DATABASE.web()
                            .in(
                                    Scope.staff("p-aaaa-bbbb"),
                                    unit -> unit.sql(sql).update()))
                    .as(sql)
                    .isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void theDatabaseItselfKeepsANumberAndAPrefixWithOneOperator() {
        String change = change("CHG-2001-0004");
        Map<String, String> first = Map.of("name", "A", "asns", "64500", "prefixes", "203.0.113.0/24");
        write(
                Kind.OPERATOR,
                "H-1",
                new Timeline(Kind.OPERATOR, "H-1", List.of())
                        .added(first, Days.between(DAY, DAY.plusDays(10)), 1, change));

        assertThatThrownBy(() -> write(
                        Kind.OPERATOR,
                        "H-2",
                        new Timeline(Kind.OPERATOR, "H-2", List.of())
                                .added(Map.of("name", "B", "asns", "64500"), Days.since(DAY.plusDays(9)), 1, change)))
                .hasMessageContaining("asn_held_once");
        assertThatThrownBy(() -> write(
                        Kind.OPERATOR,
                        "H-3",
                        new Timeline(Kind.OPERATOR, "H-3", List.of())
                                .added(Map.of("name", "C", "prefixes", "203.0.113.0/24"), Days.since(DAY), 1, change)))
                .hasMessageContaining("prefix_held_once");
        write(
                Kind.OPERATOR,
                "H-4",
                new Timeline(Kind.OPERATOR, "H-4", List.of()).added(first, Days.since(DAY.plusDays(10)), 1, change));
        assertThat(DATABASE.owner()
                        .sql("SELECT operator_id FROM registry.asn_holding WHERE asn = 64500 ORDER BY 1")
                        .query(String.class)
                        .list())
                .containsExactly("H-1", "H-4");
    }

    @Test
    void holdingsFollowTheRulingVersions() {
        String change = change("CHG-2001-0005");
        Timeline timeline = new Timeline(Kind.OPERATOR, "M-1", List.of());
        timeline =
                grow(timeline, timeline.added(Map.of("name", "M", "asns", "64601\n64602"), Days.since(DAY), 1, change));
        timeline = grow(
                timeline,
                timeline.amended(Map.of("asns", "64602"), Days.between(DAY.plusDays(5), DAY.plusDays(8)), 2, change));
        grow(timeline, timeline.ended(DAY.plusDays(20), 3, change));

        assertThat(DATABASE.owner()
                        .sql("SELECT asn || ' ' || held FROM registry.asn_holding WHERE operator_id = 'M-1' ORDER BY 1")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "64601 [2026-10-01,2026-10-06)",
                        "64601 [2026-10-09,2026-10-21)",
                        "64602 [2026-10-01,2026-10-06)",
                        "64602 [2026-10-06,2026-10-09)",
                        "64602 [2026-10-09,2026-10-21)");
    }

    private static Optional<Entry> find(Kind kind, String id, LocalDate day, Instant known) {
        return DATABASE.server().read(Scope.system(), unit -> STORE.find(unit, kind, id, day, known));
    }

    private static Timeline grow(Timeline timeline, List<Version> versions) {
        write(timeline.kind(), timeline.id(), versions);
        return timeline.and(versions);
    }

    private static Map<String, String> columns(String table) {
        Map<String, String> columns = new LinkedHashMap<>();
        DATABASE.owner().sql("""
                        SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute
                        WHERE attrelid = to_regclass(:table) AND attnum > 0 AND attname::text NOT IN ('id', 'version',
                            'valid_from', 'valid_until', 'is_ended', 'recorded_at', 'change_id', 'operator_id')
                        ORDER BY attnum""").param("table", table).query(row -> {
            columns.put(row.getString("attname"), row.getString("type"));
        });
        return columns;
    }

    private static String change(String id) {
        DATABASE.server()
                .in(
                        Scope.system(),
                        unit -> unit.sql("""
                        INSERT INTO registry.change (id, operator_id, valid_from, reason, needs_two)
                        VALUES (:id, NULL, DATE '2026-10-01', 'test', false)""").param("id", id).update()
                                + unit.sql("""
                        INSERT INTO registry.change_step (change_id, step, stage, actor, at, reason)
                        VALUES (:id, 1, 'proposed', 'tonle', now(), 'test')""").param("id", id).update());
        return id;
    }

    private static void write(Kind kind, String id, List<Version> versions) {
        DATABASE.server().in(Scope.system(), unit -> {
            STORE.append(unit, kind, Map.of(id, versions));
            return versions.size();
        });
    }
}
