// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tonle.database.Scope;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.portal.words.Language;
import tonle.registry.rights.Right;
import tonle.registry.rule.Rule;
import tonle.registry.rule.RuleStage;
import tonle.registry.rule.RuleVersion;
import tonle.registry.rule.Rules;

/** The rules that matter: what holds, and what is proposed and open to everybody's word. */
final class RulesPage {
    private RulesPage() {}

    static Page page(Visit visit) {
        visit.knows("done");
        BookReading reading = BookReading.of(visit);
        List<RuleVersion> all = reading.guarded(() -> reading.registry().rules().all(Scope.stranger()));
        Map<Rule, RuleVersion> inForce = Rules.inForce(all, reading.today());
        List<RuleVersion> others = all.stream()
                .filter(version -> !version.equals(inForce.get(version.rule())))
                .toList();
        long open = all.stream()
                .filter(version -> version.takesComments(reading.today()))
                .count();
        List<Cell.Way> actions = new ArrayList<>();
        if (visit.may(Right.MAY_PROPOSE_RULE)) {
            for (Rule rule : Rule.values()) {
                actions.add(new Cell.Way(
                        visit.say("rules.propose", visit.say("rule." + rule)),
                        visit.link("/rules/propose", "rule", rule.word())));
            }
        }
        return Page.of(
                        "rules",
                        visit.say("page.rules"),
                        visit.say("rules.sentence", inForce.size(), open),
                        List.of(
                                table(
                                        visit,
                                        reading.today(),
                                        inForce,
                                        "in-force",
                                        "rules.inforce",
                                        List.copyOf(inForce.values())),
                                table(visit, reading.today(), inForce, "versions", "rules.others", others)),
                        new BookBody("", List.of(visit.say("rules.how")), actions, "", ""))
                .drawnBy("book")
                .asCommand("tonle rule list");
    }

    static String title(Visit visit, RuleVersion version) {
        return visit.language() == Language.KM
                ? version.text().titleKhmer()
                : version.text().titleEnglish();
    }

    /** Where it is in its life, the days and the log taken into account. */
    static Cell state(Visit visit, LocalDate today, Map<Rule, RuleVersion> inForce, RuleVersion version) {
        if (version.equals(inForce.get(version.rule()))) {
            return Cell.named("in-force", visit.say("rule-state.in-force")).toned(Tone.GOOD);
        }
        if (version.hasEffect(today)) {
            return Cell.named("superseded", visit.say("rule-state.superseded")).toned(Tone.QUIET);
        }
        if (version.stage() == RuleStage.OPEN && !version.takesComments(today)) {
            return Cell.named("closed", visit.say("rule-state.closed"));
        }
        return Cell.named(
                        version.stage().word(),
                        visit.say("rule-state." + version.stage().word()))
                .toned(version.stage() == RuleStage.OPEN ? Tone.CAUTION : Tone.PLAIN);
    }

    static String href(Visit visit, RuleVersion version) {
        return visit.link("/rules/" + version.rule().word() + "/" + version.version());
    }

    private static Table table(
            Visit visit,
            LocalDate today,
            Map<Rule, RuleVersion> inForce,
            String key,
            String caption,
            List<RuleVersion> versions) {
        List<Table.Row> rows = versions.stream()
                .map(version -> Table.Row.of(
                        Cell.named(version.rule().word(), visit.say("rule." + version.rule()))
                                .opens(href(visit, version)),
                        Cell.count(version.version()),
                        state(visit, today, inForce, version),
                        Cell.text(title(visit, version)),
                        version.closeDay().map(day -> Cell.text(day.toString())).orElse(Cell.EMPTY),
                        Cell.text(version.effectiveDay().toString()),
                        Cell.flag(version.loosens()).toned(version.loosens() ? Tone.CAUTION : Tone.PLAIN),
                        version.enteredAs() < 0
                                ? Cell.EMPTY
                                : Cell.count(version.enteredAs()).opens(visit.link("/log/" + version.enteredAs()))))
                .toList();
        return Table.of(
                key,
                visit.say(caption),
                List.of(
                        Column.chief("rule", visit.say("column.rule"), Kind.TEXT),
                        Column.chief("version", visit.say("column.version"), Kind.COUNT),
                        Column.chief("state", visit.say("column.state"), Kind.TEXT),
                        Column.of("title", visit.say("column.title"), Kind.TEXT),
                        Column.of("commentsUntil", visit.say("column.commentsuntil"), Kind.ID),
                        Column.of("effective", visit.say("column.effective"), Kind.ID),
                        Column.of("loosens", visit.say("column.loosens"), Kind.FLAG),
                        Column.of("entry", visit.say("column.entry"), Kind.ID)),
                rows,
                visit.say("rules.none"));
    }
}
