// SPDX-License-Identifier: Apache-2.0
/**
 * The traffic store: rows in, in batches that are written once however often they are sent; answers to questions out.
 * One interface; DuckDB inside the process by default.
 */
package tonle.traffic.store;
