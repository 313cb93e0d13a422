// SPDX-License-Identifier: Apache-2.0
package tonle.portal.table;

/**
 * A column.
 *
 * @param key the field's name in JSON and CSV, camelCase with its unit: {@code meanBitsPerSecond}
 * @param label the header's words, without unit
 * @param chief whether a narrow terminal keeps it longest
 */
public record Column(String key, String label, Kind kind, boolean chief) {
    public static Column of(String key, String label, Kind kind) {
        return new Column(key, label, kind, false);
    }

    public static Column chief(String key, String label, Kind kind) {
        return new Column(key, label, kind, true);
    }
}
