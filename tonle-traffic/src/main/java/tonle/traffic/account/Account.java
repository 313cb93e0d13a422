// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.util.List;

/**
 * The answer to an {@link AccountQuestion}.
 *
 * @param tables one for each grouping, in its order
 * @param readings 1, or 2 where data came before its template
 * @param damages where capture files themselves are damaged, the first of each file
 */
public record Account(AccountTotals totals, List<AccountTable> tables, int readings, List<FileDamage> damages) {
    public Account {
        tables = List.copyOf(tables);
        damages = List.copyOf(damages);
    }
}
