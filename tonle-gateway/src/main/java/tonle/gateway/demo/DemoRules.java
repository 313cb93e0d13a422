// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import tonle.database.Scope;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;
import tonle.registry.rule.Rule;
import tonle.registry.rule.RuleDraft;
import tonle.registry.rule.RuleText;
import tonle.registry.rule.Rules;

/** A consultation of the demonstration: a shorter retention is proposed, and two people have said something. */
public final class DemoRules {
    private static final int DAYS_UNTIL_EFFECT = 90;

    /** An officer who left: the account is not among those of the demo. */
    private static final Actor OFFICER =
            Actor.person("p-dem2-off2", "an officer", List.of(Role.LICENSING_OFFICER), Optional.empty());

    private DemoRules() {}

    /** Fills the register once. */
    public static void fill(Rules rules, LocalDate today) {
        boolean isFilled = rules.all(Scope.stranger()).stream()
                .anyMatch(version -> version.rule() == Rule.RETENTION && version.version() > 1);
        Optional<RuleText> before =
                rules.find(Scope.stranger(), Rule.RETENTION, 1).map(version -> version.text());
        if (isFilled || before.isEmpty()) {
            return;
        }
        RuleText text = new RuleText(
                before.get().titleEnglish(),
                before.get().titleKhmer(),
                before.get().textEnglish().replace("92 days", "60 days"),
                before.get().textKhmer().replace("92 ថ្ងៃ", "60 ថ្ងៃ"));
        rules.propose(
                OFFICER,
                new RuleDraft(
                        Rule.RETENTION,
                        text,
                        "billing needs no more than two months",
                        false,
                        today.plusDays(DAYS_UNTIL_EFFECT)));
        rules.open(OFFICER, Rule.RETENTION, 2, Rules.WINDOW_DAYS);
        rules.comment(Optional.empty(), Rule.RETENTION, 2, "Why not 30 days? Nobody bills for longer.");
        rules.comment(
                Optional.of(Actor.person("p-dem2-aud2", "an auditor", List.of(Role.AUDITOR), Optional.empty())),
                Rule.RETENTION,
                2,
                "A dispute about an invoice may come after two months. Keep the sums of the month, not the bins.");
    }
}
