// SPDX-License-Identifier: Apache-2.0
/**
 * What pages say, in English and Khmer. A key and its arguments come in, a sentence goes out; both catalogues hold
 * every key.
 */
package tonle.portal.words;
