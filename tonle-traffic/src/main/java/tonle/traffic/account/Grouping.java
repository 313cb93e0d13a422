// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One table of an account: by one key, or by several together.
 *
 * @param keys in the order in which they are shown; at least one, none twice
 */
public record Grouping(List<AccountKey> keys) {
    public Grouping {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.stream().distinct().count() != keys.size()) {
            throw new IllegalArgumentException("a grouping needs at least one key and none twice: " + keys);
        }
    }

    public static Grouping of(AccountKey... keys) {
        return new Grouping(List.of(keys));
    }

    /** The table's name in JSON: {@code ingress}, {@code ingress+source-as}. */
    public String name() {
        return keys.stream().map(AccountKey::key).collect(Collectors.joining("+"));
    }

    boolean has(AccountKey key) {
        return keys.contains(key);
    }

    boolean needsTopology() {
        return keys.stream().anyMatch(AccountKey::needsTopology);
    }
}
