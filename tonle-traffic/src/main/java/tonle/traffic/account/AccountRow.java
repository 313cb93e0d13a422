// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.util.List;

/**
 * One group of a table.
 *
 * @param keys one text for each key of the grouping; {@link #NONE} where records have no value
 */
public record AccountRow(List<String> keys, long records, long octets, long packets) {
    /** Stands for records without the field. */
    public static final String NONE = "None";

    /** Stands for groups by member or AS that are too small to be shown. */
    public static final String OTHER = "other";

    public AccountRow {
        keys = List.copyOf(keys);
    }
}
