// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.List;
import java.util.Optional;
import tonle.database.Scope;
import tonle.registry.rights.Permission;
import tonle.registry.rights.Right;
import tonle.registry.rule.Rule;
import tonle.registry.rule.RuleText;
import tonle.registry.rule.RuleVersion;
import tonle.registry.rule.Rules;

/** The form of a next version of a rule, begun from the one before it. */
public final class ProposeRulePage {
    private ProposeRulePage() {}

    /** What stands in the form. */
    public record Typed(Rule rule, RuleText text, String grounds, boolean loosens, String day) {}

    /** @param wrong what was refused just now, in words, or empty */
    public record Body(Typed typed, String wrong) {}

    static Page page(Visit visit) {
        visit.knows("rule");
        if (visit.actor().must(Right.MAY_PROPOSE_RULE) instanceof Permission.Missing missing) {
            throw new TroubleException(visit.notAllowed(missing));
        }
        BookReading reading = BookReading.of(visit);
        String word = visit.ask().get("rule").orElse("");
        Rule rule = Rule.of(word).orElseThrow(() -> RulePage.unknown(visit, word));
        Optional<RuleVersion> before = reading
                .guarded(() -> reading.registry().rules().all(Scope.stranger()))
                .stream()
                .filter(version -> version.rule() == rule)
                .reduce((_, later) -> later);
        RuleText text = before.map(RuleVersion::text).orElse(new RuleText("", "", "", ""));
        String day = reading.today().plusDays(2L * Rules.WINDOW_DAYS).toString();
        return again(visit, new Typed(rule, text, "", false, day), "");
    }

    /** The same below what was refused, with what was typed. */
    public static Page again(Visit visit, Typed typed, String wrong) {
        return Page.of(
                        "rules",
                        visit.say("rules.propose", visit.say("rule." + typed.rule())),
                        visit.say("rule.propose.sentence", Rules.WINDOW_DAYS_MIN, Rules.WINDOW_DAYS),
                        List.of(),
                        new Body(typed, wrong))
                .drawnBy("rule-propose")
                .under(visit.say("page.rules"), visit.link("/rules"));
    }
}
