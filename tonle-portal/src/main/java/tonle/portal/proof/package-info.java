// SPDX-License-Identifier: Apache-2.0
/**
 * What the page <em>Check the proof</em> rests on: the script that does the work in the browser, samples to try it on,
 * and the same page as one file for a machine without a network.
 */
package tonle.portal.proof;
