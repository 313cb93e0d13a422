// SPDX-License-Identifier: Apache-2.0
/**
 * The one form in which figures leave this room. A view fills a {@link tonle.portal.table.Table}; HTML, JSON (RFC
 * 8259), CSV (RFC 4180) and text for a terminal are four renderings of the same cells.
 */
package tonle.portal.table;
