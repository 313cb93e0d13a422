// SPDX-License-Identifier: Apache-2.0
package tonle.registry.licence;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.registry.book.Days;
import tonle.registry.book.Entry;
import tonle.registry.book.Kind;
import tonle.registry.book.Problem;
import tonle.registry.book.Reason;
import tonle.registry.change.Draft;
import tonle.registry.change.Item;

/**
 * Moves a licence from one regime to another, as the new regime's pack says: the old licence is recorded as migrated, a
 * new one of the mapped type succeeds it. What comes out is a draft that two persons confirm like any other.
 */
public final class Migration {
    private Migration() {}

    /** What asking for a migration led to. */
    public sealed interface Outcome {
        /** @param note what the pack says beside it, or empty */
        record Drafted(Draft draft, String note) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    /**
     * Drafts a migration.
     *
     * @param licence as it is on {@code day}
     * @param version the head of its timeline
     * @param newId the id of the licence that succeeds it
     * @param chosenType the officer's own choice of a type; empty: as the pack maps it
     * @param decision the authority's decision that is recorded
     */
    public static Outcome draft(
            Entry licence,
            int version,
            Regime to,
            String newId,
            Optional<String> chosenType,
            LocalDate day,
            String decision) {
        Optional<Regime.Step> step = to.stepFrom(licence.text("regime"), licence.text("type"));
        String type = chosenType.orElse(step.map(Regime.Step::to).orElse(""));
        if (type.isEmpty()) {
            return new Outcome.Refused(Problem.of(Reason.MIGRATION_UNMAPPED, licence.text("type"), to.id())
                    .in(licence.label(), "type"));
        }
        Map<String, String> ending = new LinkedHashMap<>();
        ending.put("standing", "migrated");
        ending.put("decision", decision);
        ending.put("grounds", "migration to " + to.id());
        Map<String, String> fresh = new LinkedHashMap<>(licence.values());
        fresh.put("regime", to.id());
        fresh.put("type", type);
        fresh.put("granted", day.toString());
        fresh.put("standing", "in-force");
        fresh.put("decision", decision);
        fresh.put("grounds", "");
        fresh.put("succeeds", licence.id());
        // A term of the old regime says nothing about the new one, but it is what the licensee was promised.
        boolean isRunning = !licence.text("term-until").isEmpty()
                && LocalDate.parse(licence.text("term-until")).isAfter(day);
        fresh.put("term-until", isRunning ? licence.text("term-until") : "");
        Draft draft = new Draft(
                Days.since(day),
                "migration of " + licence.id() + " from " + licence.text("regime") + " to " + to.id(),
                List.of(Item.amend(Kind.LICENCE, licence.id(), version, ending), Item.add(Kind.LICENCE, newId, fresh)));
        return new Outcome.Drafted(draft, step.map(Regime.Step::note).orElse(""));
    }
}
