// SPDX-License-Identifier: Apache-2.0
package tonle.registry.ladder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.database.Scope;
import tonle.database.Work;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditTrail;
import tonle.registry.ladder.Ladder.DayLoad;
import tonle.registry.ladder.Ladder.Move;
import tonle.registry.ladder.Ladder.Standing;
import tonle.registry.rights.Actor;

/**
 * The ladder of every link, kept. The gateway itself writes a day's load; each step that is reached or left stays on
 * record with the figure that moved it, and is an act of the audit by the gateway.
 */
public final class LadderBook {
    static final int ROWS_MAX = 5_000;

    private final Work server;
    private final AuditTrail audit;
    private final LadderRules rules;

    /** @param server the database under the gateway's own credentials: nobody else writes here */
    public LadderBook(Work server, AuditTrail audit, LadderRules rules) {
        this.server = server;
        this.audit = audit;
        this.rules = rules;
    }

    /** Where a link stands, with the load of its last day. */
    public record LinkStanding(String linkId, String operatorId, Standing standing, int loadPermille) {}

    /** A step that was reached or left. */
    public record LadderMove(
            String linkId, LocalDate day, Step step, boolean isReached, String operatorId, int loadPermille) {}

    /** Takes one day's load of one link; taking it again changes nothing. */
    public Move take(String linkId, String operatorId, DayLoad load) {
        return server.in(Scope.system(), unit -> {
            Standing before = standing(unit, linkId);
            Move move = Ladder.take(before, load, rules);
            if (move.standing().equals(before)) {
                return move;
            }
            write(unit, linkId, operatorId, move.standing(), load);
            move.duties().forEach(step -> record(unit, linkId, operatorId, load, step, true));
            move.left().ifPresent(step -> record(unit, linkId, operatorId, load, step, false));
            move.duties().forEach(step -> audit.record(unit, Actor.TONLE, event("reached-step", linkId, step, load)));
            move.left().ifPresent(step -> audit.record(unit, Actor.TONLE, event("left-step", linkId, step, load)));
            return move;
        });
    }

    private static AuditEvent event(String act, String linkId, Step step, DayLoad load) {
        return AuditEvent.of(
                act, "link", linkId, word(step) + " on " + load.day() + " at " + load.loadPermille() + " permille");
    }

    /** All links on a step above {@link Step#FREE}, the fullest first, as {@code scope} may see them. */
    public static List<LinkStanding> climbing(Work work, Scope scope) {
        return work.read(
                scope,
                unit -> unit.sql("""
                        SELECT link_id, operator_id, step, since, days_below, highest_below, last_day, load_permille
                          FROM registry.ladder_standing WHERE step <> 'free'
                         ORDER BY load_permille DESC, link_id LIMIT :rows
                        """)
                        .param("rows", ROWS_MAX)
                        .query((row, number) -> linkStanding(row))
                        .list());
    }

    /** The last day that was taken of each link: what the feed goes on from. */
    public Map<String, LocalDate> lastDays() {
        return server.read(Scope.system(), unit -> {
            Map<String, LocalDate> days = new HashMap<>();
            unit.sql("SELECT link_id, last_day FROM registry.ladder_standing").query(row -> {
                days.put(row.getString("link_id"), row.getObject("last_day", LocalDate.class));
            });
            return days;
        });
    }

    /** What happened on one link's ladder, the newest first. */
    public static List<LadderMove> moves(Work work, Scope scope, String linkId) {
        return work.read(
                scope,
                unit -> unit.sql("""
                        SELECT link_id, day, step, is_reached, operator_id, load_permille FROM registry.ladder_move
                         WHERE link_id = :link ORDER BY day DESC, is_reached, step LIMIT :rows
                        """)
                        .param("link", linkId)
                        .param("rows", ROWS_MAX)
                        .query((row, number) -> new LadderMove(
                                row.getString("link_id"),
                                row.getObject("day", LocalDate.class),
                                step(row.getString("step")),
                                row.getBoolean("is_reached"),
                                row.getString("operator_id"),
                                row.getInt("load_permille")))
                        .list());
    }

    private static Standing standing(JdbcClient unit, String linkId) {
        return unit.sql("""
                        SELECT link_id, operator_id, step, since, days_below, highest_below, last_day, load_permille
                          FROM registry.ladder_standing WHERE link_id = :link
                        """)
                .param("link", linkId)
                .query((row, number) -> linkStanding(row).standing())
                .optional()
                .orElseGet(Standing::start);
    }

    private static void write(JdbcClient unit, String linkId, String operatorId, Standing standing, DayLoad load) {
        unit.sql("""
                        INSERT INTO registry.ladder_standing
                            (link_id, operator_id, step, since, days_below, highest_below, last_day, load_permille)
                        VALUES (:link, :operator, :step, :since, :below, :highest, :last, :load)
                        ON CONFLICT (link_id) DO UPDATE SET operator_id = :operator, step = :step, since = :since,
                            days_below = :below, highest_below = :highest, last_day = :last, load_permille = :load
                        """)
                .param("link", linkId)
                .param("operator", operatorId)
                .param("step", word(standing.step()))
                .param("since", standing.since().orElse(null))
                .param("below", standing.daysBelow())
                .param("highest", word(standing.highestBelow()))
                .param("last", load.day())
                .param("load", load.loadPermille())
                .update();
    }

    private static void record(
            JdbcClient unit, String linkId, String operatorId, DayLoad load, Step step, boolean isReached) {
        unit.sql("""
                        INSERT INTO registry.ladder_move (link_id, day, step, is_reached, operator_id, load_permille)
                        VALUES (:link, :day, :step, :reached, :operator, :load)
                        """)
                .param("link", linkId)
                .param("day", load.day())
                .param("step", word(step))
                .param("reached", isReached)
                .param("operator", operatorId)
                .param("load", load.loadPermille())
                .update();
    }

    private static LinkStanding linkStanding(ResultSet row) throws SQLException {
        Standing standing = new Standing(
                step(row.getString("step")),
                Optional.ofNullable(row.getObject("since", LocalDate.class)),
                row.getInt("days_below"),
                step(row.getString("highest_below")),
                Optional.of(row.getObject("last_day", LocalDate.class)));
        return new LinkStanding(
                row.getString("link_id"), row.getString("operator_id"), standing, row.getInt("load_permille"));
    }

    private static String word(Step step) {
        return step.name().toLowerCase(Locale.ROOT);
    }

    private static Step step(String word) {
        return Step.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
