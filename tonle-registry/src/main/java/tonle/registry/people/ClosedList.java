// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A list that promises rest on, such as protected names: its content changes by two people alone. A port of its owner.
 */
public interface ClosedList {
    /** The word for it in proposals: {@code protected-names}. */
    String name();

    /** Puts the content that two people agreed on in place, in their unit. */
    void put(JdbcClient unit, String content);
}
