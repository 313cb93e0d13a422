// SPDX-License-Identifier: Apache-2.0
/**
 * Pages, HTTP API and public site. Services of the rooms below come in, views in Khmer and English go out; it holds no
 * state of its own.
 */
package tonle.portal;
