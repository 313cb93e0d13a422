// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.registry.book.Kind;
import tonle.registry.book.Problem;
import tonle.registry.book.Version;

/**
 * What a draft would do to the book as it is: or why it cannot.
 *
 * @param items with canonical values
 * @param owner the operator whose objects alone are touched
 * @param writes the versions to be written, by kind and id
 */
record Plan(
        List<Problem> problems,
        List<Conflict> conflicts,
        List<Item> items,
        Optional<String> owner,
        Map<Kind, Map<String, List<Version>>> writes,
        List<Difference> differences) {}
