// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.base.EnumWord;
import tonle.database.Scope;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.portal.words.Language;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;
import tonle.registry.rule.Rule;
import tonle.registry.rule.RuleComment;
import tonle.registry.rule.RuleOutcome;
import tonle.registry.rule.RuleStage;
import tonle.registry.rule.RuleVersion;
import tonle.registry.rule.Rules;

/** One version of a rule: its words, what is otherwise, what people said, what was answered, and what comes next. */
public final class RulePage {
    private RulePage() {}

    /**
     * What the template shows beside the tables.
     *
     * @param facts name and value, in their order
     * @param wrong what was refused just now, in words, or empty
     * @param typed what stood in the refused form
     */
    public record Body(
            RuleVersion version,
            String text,
            List<List<String>> facts,
            String entryHref,
            boolean takesComments,
            boolean mayOpen,
            boolean mayAnswer,
            boolean mayApprove,
            boolean mayWithdraw,
            int windowDays,
            String wrong,
            String typed)
            implements Stating {
        @Override
        public Map<String, Object> stated() {
            return Map.of("digest", version.digest(), "stage", version.stage().word(), "entry", version.enteredAs());
        }
    }

    static Page page(Visit visit, String word, String number) {
        visit.knows("done");
        return drawn(visit, word, number, "", "");
    }

    /** The same below what was refused, with what was typed. */
    public static Page again(Visit visit, RuleVersion version, String wrong, String typed) {
        return drawn(visit, version.rule().word(), String.valueOf(version.version()), wrong, typed);
    }

    /** A refusal in words. */
    public static String words(Visit visit, RuleOutcome.Refused refused) {
        return visit.say("rule-reason." + refused.reason(), refused.detail());
    }

    static TroubleException unknown(Visit visit, String word) {
        return new TroubleException(new Trouble(
                404,
                "no-such-rule",
                visit.say("rule.unknown", word),
                visit.say("rule.unknown.detail"),
                "",
                visit.say("page.rules"),
                visit.link("/rules")));
    }

    private static Page drawn(Visit visit, String word, String number, String wrong, String typed) {
        BookReading reading = BookReading.of(visit);
        Rule rule = Rule.of(word).orElseThrow(() -> unknown(visit, word));
        Rules rules = reading.registry().rules();
        List<RuleVersion> all = reading.guarded(() -> rules.all(Scope.stranger()));
        RuleVersion version = all.stream()
                .filter(each ->
                        each.rule() == rule && String.valueOf(each.version()).equals(number))
                .findFirst()
                .orElseThrow(() -> unknown(visit, word + " " + number));
        Map<Rule, RuleVersion> inForce = Rules.inForce(all, reading.today());
        Optional<RuleVersion> before = all.stream()
                .filter(each -> each.rule() == rule && each.version() < version.version())
                .filter(each -> each.stage() == RuleStage.APPROVED)
                .reduce((_, later) -> later);
        List<RuleComment> comments = reading.guarded(() -> rules.comments(Scope.stranger(), rule, version.version()));
        List<Table> tables = new ArrayList<>();
        tables.add(comments(visit, comments));
        before.ifPresent(each -> tables.add(difference(visit, each, version)));
        Cell state = RulesPage.state(visit, reading.today(), inForce, version);
        return Page.of(
                        "rules",
                        RulesPage.title(visit, version),
                        visit.say(
                                "rule.sentence",
                                visit.say("rule." + rule),
                                version.version(),
                                state.text(),
                                version.effectiveDay()),
                        tables,
                        body(visit, reading.today(), version, wrong, typed))
                .drawnBy("rule")
                .under(visit.say("page.rules"), visit.link("/rules"))
                .asCommand("tonle rule show " + rule.word() + " " + version.version());
    }

    private static String text(Visit visit, RuleVersion version) {
        return visit.language() == Language.KM
                ? version.text().textKhmer()
                : version.text().textEnglish();
    }

    private static Body body(Visit visit, LocalDate today, RuleVersion version, String wrong, String typed) {
        Optional<Actor> actor = visit.visitor().actor();
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of(visit.say("rule.grounds"), version.grounds()));
        facts.add(List.of(visit.say("column.loosens"), visit.say(version.loosens() ? "yes" : "no")));
        facts.add(List.of(visit.say("rule.drafted"), version.draftedDay().toString()));
        version.closeDay().ifPresent(day -> facts.add(List.of(visit.say("column.commentsuntil"), day.toString())));
        version.approvedDay()
                .ifPresent(day -> facts.add(List.of(
                        visit.say(version.stage() == RuleStage.APPROVED ? "rule.approved" : "rule.approvedonce"),
                        day.toString())));
        facts.add(List.of(visit.say("column.effective"), version.effectiveDay().toString()));
        facts.add(List.of("SHA-256", version.digest()));
        boolean isOwn =
                actor.filter(who -> who.pseudonym().equals(version.proposer())).isPresent();
        boolean hasApproved = actor.filter(who ->
                        version.firstApprover().filter(who.pseudonym()::equals).isPresent())
                .isPresent();
        boolean isOver = version.stage() == RuleStage.OPEN && !version.takesComments(today);
        return new Body(
                version,
                text(visit, version),
                facts,
                version.enteredAs() < 0 ? "" : visit.link("/log/" + version.enteredAs()),
                version.takesComments(today),
                visit.may(Right.MAY_PROPOSE_RULE) && version.stage() == RuleStage.DRAFTED,
                visit.may(Right.MAY_ANSWER_RULE) && isOver,
                visit.may(Right.MAY_APPROVE_RULE) && version.stage() == RuleStage.ANSWERED && !isOwn && !hasApproved,
                isOwn && version.stage().canBeWithdrawn(),
                Rules.WINDOW_DAYS,
                wrong,
                typed);
    }

    private static Table comments(Visit visit, List<RuleComment> comments) {
        List<Table.Row> rows = comments.stream()
                .map(comment -> Table.Row.of(
                        Cell.count(comment.number()),
                        Cell.text(comment.day().toString()),
                        Cell.named(
                                comment.speaker(),
                                comment.speaker().equals(RuleComment.PUBLIC)
                                        ? visit.say("rule.public")
                                        : visit.say("role." + comment.speaker())),
                        Cell.text(comment.words())))
                .toList();
        return Table.of(
                "comments",
                visit.say("rule.comments"),
                List.of(
                        Column.chief("number", visit.say("column.number"), Kind.COUNT),
                        Column.of("day", visit.say("column.days"), Kind.ID),
                        Column.of("speaker", visit.say("column.speaker"), Kind.TEXT),
                        Column.chief("words", visit.say("column.words"), Kind.TEXT)),
                rows,
                visit.say("rule.comments.none"));
    }

    private static Table difference(Visit visit, RuleVersion before, RuleVersion after) {
        List<Table.Row> rows = LineDifference.between(text(visit, before), text(visit, after)).stream()
                .map(line -> Table.Row.of(
                        Cell.named(EnumWord.of(line.change()), visit.say("difference." + line.change()))
                                .toned(
                                        switch (line.change()) {
                                            case SAME -> Tone.QUIET;
                                            case GONE -> Tone.BAD;
                                            case NEW -> Tone.GOOD;
                                        }),
                        Cell.text(line.words())))
                .toList();
        return Table.of(
                "difference",
                visit.say("rule.difference", before.version()),
                List.of(
                        Column.chief("change", visit.say("column.change"), Kind.TEXT),
                        Column.chief("line", visit.say("column.line"), Kind.TEXT)),
                rows,
                visit.say("rule.difference.none"));
    }
}
