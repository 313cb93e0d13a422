// SPDX-License-Identifier: Apache-2.0
package tonle.portal.table;

import java.util.Map;

/**
 * What an exported table says of itself: the query in words, when it was generated, how fresh the data are, the zone
 * and the licence; in order. JSON has it as {@code meta}, CSV and text as lines that begin with {@code #}.
 */
public record Documented(Map<String, Object> meta, Table table) {}
