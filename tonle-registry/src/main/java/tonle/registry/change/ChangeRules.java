// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import java.util.List;
import java.util.Set;
import tonle.registry.book.Entry;
import tonle.registry.book.Problem;

/**
 * What this gateway decides for itself about changes.
 *
 * @param takesNestedPrefixes whether an operator's prefix may lie inside another's
 * @param licences judges an entry of kind licence against its regime
 */
public record ChangeRules(boolean takesNestedPrefixes, LicenceCheck licences) {
    /** Fields of links that say who holds what: they are never one person's to alter. */
    private static final Set<String> LINK_FIELDS_OF_TWO = Set.of("operator", "contract", "committed-rate", "capacity");

    /** The rules of a regime; owned here, so that this package needs not know packs. */
    @FunctionalInterface
    public interface LicenceCheck {
        /** What is wrong with a licence as it would be. */
        List<Problem> problems(Entry licence);
    }

    /** Whether proposer and confirmer must be two persons. */
    static boolean needsTwo(List<Item> items) {
        return items.stream().anyMatch(item -> switch (item.kind()) {
            case OPERATOR, LICENCE -> true;
            case LINK ->
                item.act() != Act.AMEND || item.fields().keySet().stream().anyMatch(LINK_FIELDS_OF_TWO::contains);
            case EXCHANGE, SITE, FACILITY -> item.act() == Act.END;
            case DEVICE, INTERFACE -> false;
        });
    }
}
