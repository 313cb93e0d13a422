// SPDX-License-Identifier: Apache-2.0
package tonle.registry.bringup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.registry.bringup.Stage.Ended;
import tonle.registry.bringup.Stage.InService;
import tonle.registry.bringup.Stage.Planned;
import tonle.registry.bringup.Stage.Quarantine;
import tonle.registry.bringup.Stage.Ready;

/** Bring-ups in the database, inside a unit that the caller opened. */
final class BringUpStore {
    static final int ROWS_MAX = 500;

    private static final String COLUMNS = """
            link_id, round, operator_id, stage, port, since, wanted_day, has_operator_word, has_gateway_word, end_reason,
            version
            """;

    private BringUpStore() {}

    /** The newest round of a link. */
    static Optional<BringUpRecord> newest(JdbcClient unit, String linkId) {
        return unit.sql("SELECT " + COLUMNS
                        + " FROM registry.bring_up WHERE link_id = :link ORDER BY round DESC LIMIT 1")
                .param("link", linkId)
                .query((row, number) -> record(row))
                .optional()
                .map(found -> withExcuses(unit, found));
    }

    /** The newest round of every link that is not in service yet, by the day it has stood there longest. */
    static List<BringUpRecord> open(JdbcClient unit) {
        return unit
                .sql("SELECT " + COLUMNS + """
                         FROM registry.bring_up WHERE stage NOT IN ('in-service', 'ended')
                        ORDER BY since, link_id LIMIT :rows
                        """)
                .param("rows", ROWS_MAX)
                .query((row, number) -> record(row))
                .list()
                .stream()
                .map(found -> withExcuses(unit, found))
                .toList();
    }

    private static BringUpRecord withExcuses(JdbcClient unit, BringUpRecord found) {
        Map<Check, String> excuses = new EnumMap<>(Check.class);
        unit.sql("""
                        SELECT "check", reason FROM registry.bring_up_excuse WHERE link_id = :link AND round = :round
                        """)
                .param("link", found.linkId())
                .param("round", found.round())
                .query((row, number) -> excuses.put(Check.valueOf(row.getString("check")), row.getString("reason")))
                .list();
        return new BringUpRecord(
                found.linkId(), found.round(), found.operatorId(), found.stage(), excuses, found.version());
    }

    static void insert(JdbcClient unit, BringUpRecord made, LocalDate wantedDay, LocalDate today) {
        unit.sql("""
                        INSERT INTO registry.bring_up (link_id, round, operator_id, stage, port, since, wanted_day,
                            has_operator_word, has_gateway_word, end_reason, version)
                        VALUES (:link, :round, :operator, 'planned', '', :today, :wanted, false, false, '', 1)
                        """)
                .param("link", made.linkId())
                .param("round", made.round())
                .param("operator", made.operatorId())
                .param("today", today)
                .param("wanted", wantedDay)
                .update();
    }

    /** Writes the stage of {@code next}; false where somebody else was quicker. */
    static boolean update(JdbcClient unit, BringUpRecord next) {
        Columns columns = columns(next.stage());
        return unit.sql("""
                        UPDATE registry.bring_up
                           SET stage = :stage, port = CASE WHEN :port = '' THEN port ELSE :port END, since = :since,
                               has_operator_word = :operatorWord, has_gateway_word = :gatewayWord,
                               end_reason = :reason, version = version + 1
                         WHERE link_id = :link AND round = :round AND version = :version
                        """)
                        .param("stage", columns.stage())
                        .param("port", columns.port())
                        .param("since", columns.since())
                        .param("operatorWord", columns.hasOperatorWord())
                        .param("gatewayWord", columns.hasGatewayWord())
                        .param("reason", columns.reason())
                        .param("link", next.linkId())
                        .param("round", next.round())
                        .param("version", next.version() - 1)
                        .update()
                == 1;
    }

    static void excuse(JdbcClient unit, BringUpRecord of, Check check, String reason, String pseudonym, LocalDate day) {
        unit.sql("""
                        INSERT INTO registry.bring_up_excuse (link_id, round, "check", operator_id, reason, actor, day)
                        VALUES (:link, :round, :check, :operator, :reason, :actor, :day)
                        """)
                .param("link", of.linkId())
                .param("round", of.round())
                .param("check", check.name())
                .param("operator", of.operatorId())
                .param("reason", reason)
                .param("actor", pseudonym)
                .param("day", day)
                .update();
    }

    private record Columns(
            String stage,
            String port,
            LocalDate since,
            boolean hasOperatorWord,
            boolean hasGatewayWord,
            String reason) {}

    private static Columns columns(Stage stage) {
        String word = word(stage);
        return switch (stage) {
            case Planned planned -> new Columns(word, "", planned.wantedDay(), false, false, "");
            case Quarantine quarantine -> new Columns(word, quarantine.port(), quarantine.since(), false, false, "");
            case Ready ready ->
                new Columns(word, ready.port(), ready.since(), ready.hasOperatorWord(), ready.hasGatewayWord(), "");
            case InService inService -> new Columns(word, inService.port(), inService.since(), true, true, "");
            case Ended ended -> new Columns(word, "", ended.since(), false, false, ended.reason());
        };
    }

    /** As in the database, in addresses and in documents. */
    static String word(Stage stage) {
        return switch (stage) {
            case Planned planned -> "planned";
            case Quarantine quarantine -> "quarantine";
            case Ready ready -> "ready";
            case InService inService -> "in-service";
            case Ended ended -> "ended";
        };
    }

    private static BringUpRecord record(ResultSet row) throws SQLException {
        String port = row.getString("port");
        LocalDate since = row.getObject("since", LocalDate.class);
        LocalDate wantedDay = row.getObject("wanted_day", LocalDate.class);
        String word = row.getString("stage").toLowerCase(Locale.ROOT);
        Stage stage = switch (word) {
            case "planned" -> new Planned(wantedDay);
            case "quarantine" -> new Quarantine(port, since, wantedDay);
            case "ready" ->
                new Ready(port, since, row.getBoolean("has_operator_word"), row.getBoolean("has_gateway_word"));
            case "in-service" -> new InService(port, since);
            case "ended" -> new Ended(since, row.getString("end_reason"));
            default -> throw new SQLException("a stage that this version does not know: " + word);
        };
        return new BringUpRecord(
                row.getString("link_id"),
                row.getInt("round"),
                row.getString("operator_id"),
                stage,
                Map.of(),
                row.getInt("version"));
    }
}
