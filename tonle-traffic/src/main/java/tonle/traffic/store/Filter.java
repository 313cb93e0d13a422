// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.util.List;

/** One condition of a question: the dimension is one of the values, or none of them. Conditions are joined by "and". */
public record Filter(Dimension dimension, boolean negated, List<String> values) {
    public Filter {
        values = List.copyOf(values);
    }
}
