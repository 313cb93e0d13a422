// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of rules. All SQL runs in the unit that is handed in. */
final class RuleRows {
    private static final String SELECT = """
            SELECT rule, version, title_english, title_khmer, text_english, text_khmer, digest, loosens, grounds, stage,
                   proposer, drafted_day, open_day, close_day, answer, first_approver, second_approver, approved_day,
                   effective_day, entered_stage, entered_as
            FROM registry.rule_version
            """;

    private RuleRows() {}

    static List<RuleVersion> all(JdbcClient unit) {
        return unit.sql(SELECT + " ORDER BY rule, version")
                .query(RuleRows::version)
                .list();
    }

    static Optional<RuleVersion> find(JdbcClient unit, Rule rule, int version) {
        return unit.sql(SELECT + " WHERE rule = :rule AND version = :version")
                .param("rule", rule.word())
                .param("version", version)
                .query(RuleRows::version)
                .optional();
    }

    static List<RuleVersion> unentered(JdbcClient unit) {
        return unit.sql(SELECT + " WHERE entered_stage <> stage ORDER BY rule, version")
                .query(RuleRows::version)
                .list();
    }

    static void entered(JdbcClient unit, RuleVersion version, long entry) {
        unit.sql("""
                        UPDATE registry.rule_version SET entered_stage = :stage, entered_as = :entry
                        WHERE rule = :rule AND version = :version
                        """)
                .param("stage", version.stage().word())
                .param("entry", entry)
                .param("rule", version.rule().word())
                .param("version", version.version())
                .update();
    }

    static void add(JdbcClient unit, RuleVersion version) {
        unit.sql("""
                        INSERT INTO registry.rule_version
                            (rule, version, title_english, title_khmer, text_english, text_khmer, digest, loosens,
                             grounds, stage, proposer, drafted_day, effective_day)
                        VALUES (:rule, :version, :titleEnglish, :titleKhmer, :textEnglish, :textKhmer, :digest,
                                :loosens, :grounds, :stage, :proposer, :drafted, :effective)
                        """)
                .param("rule", version.rule().word())
                .param("version", version.version())
                .param("titleEnglish", version.text().titleEnglish())
                .param("titleKhmer", version.text().titleKhmer())
                .param("textEnglish", version.text().textEnglish())
                .param("textKhmer", version.text().textKhmer())
                .param("digest", version.digest())
                .param("loosens", version.loosens())
                .param("grounds", version.grounds())
                .param("stage", version.stage().word())
                .param("proposer", version.proposer())
                .param("drafted", version.draftedDay())
                .param("effective", version.effectiveDay())
                .update();
    }

    static void open(JdbcClient unit, RuleVersion version, LocalDate day, LocalDate closeDay) {
        change(unit, version, "stage = 'open', open_day = :day, close_day = :other", day, closeDay);
    }

    static void answer(JdbcClient unit, RuleVersion version, LocalDate day, String answer) {
        change(unit, version, "stage = 'answered', answered_day = :day, answer = :other", day, answer);
    }

    static void approveFirst(JdbcClient unit, RuleVersion version, LocalDate day, String approver) {
        change(unit, version, "first_approver = :other, approved_day = :day", day, approver);
    }

    static void approveSecond(JdbcClient unit, RuleVersion version, LocalDate day, String approver) {
        change(unit, version, "stage = 'approved', second_approver = :other, approved_day = :day", day, approver);
    }

    static void withdraw(JdbcClient unit, RuleVersion version) {
        unit.sql("UPDATE registry.rule_version SET stage = 'withdrawn' WHERE rule = :rule AND version = :version")
                .param("rule", version.rule().word())
                .param("version", version.version())
                .update();
    }

    private static void change(JdbcClient unit, RuleVersion version, String what, LocalDate day, Object other) {
        unit.sql("UPDATE registry.rule_version SET " + what + " WHERE rule = :rule AND version = :version")
                .param("day", day)
                .param("other", other)
                .param("rule", version.rule().word())
                .param("version", version.version())
                .update();
    }

    static List<RuleComment> comments(JdbcClient unit, Rule rule, int version) {
        return unit.sql("""
                        SELECT number, day, speaker, words FROM registry.rule_comment
                        WHERE rule = :rule AND version = :version ORDER BY number
                        """)
                .param("rule", rule.word())
                .param("version", version)
                .query((row, _) -> new RuleComment(
                        row.getInt("number"),
                        row.getObject("day", LocalDate.class),
                        row.getString("speaker"),
                        row.getString("words")))
                .list();
    }

    static int commentCount(JdbcClient unit, RuleVersion version) {
        return unit.sql("SELECT count(*) FROM registry.rule_comment WHERE rule = :rule AND version = :version")
                .param("rule", version.rule().word())
                .param("version", version.version())
                .query(Integer.class)
                .single();
    }

    static void addComment(JdbcClient unit, RuleVersion version, RuleComment comment) {
        unit.sql("""
                        INSERT INTO registry.rule_comment (rule, version, number, day, speaker, words)
                        VALUES (:rule, :version, :number, :day, :speaker, :words)
                        """)
                .param("rule", version.rule().word())
                .param("version", version.version())
                .param("number", comment.number())
                .param("day", comment.day())
                .param("speaker", comment.speaker())
                .param("words", comment.words())
                .update();
    }

    private static RuleVersion version(ResultSet row, int number) throws SQLException {
        String entered = row.getString("entered_stage");
        return new RuleVersion(
                Rule.of(row.getString("rule")).orElseThrow(),
                row.getInt("version"),
                new RuleText(
                        row.getString("title_english"),
                        row.getString("title_khmer"),
                        row.getString("text_english"),
                        row.getString("text_khmer")),
                row.getString("digest"),
                row.getBoolean("loosens"),
                row.getString("grounds"),
                RuleStage.of(row.getString("stage")),
                row.getString("proposer"),
                row.getObject("drafted_day", LocalDate.class),
                Optional.ofNullable(row.getObject("open_day", LocalDate.class)),
                Optional.ofNullable(row.getObject("close_day", LocalDate.class)),
                row.getString("answer"),
                Optional.ofNullable(row.getString("first_approver")),
                Optional.ofNullable(row.getString("second_approver")),
                Optional.ofNullable(row.getObject("approved_day", LocalDate.class)),
                row.getObject("effective_day", LocalDate.class),
                entered.isEmpty() ? Optional.empty() : Optional.of(RuleStage.of(entered)),
                row.getLong("entered_as"));
    }
}
