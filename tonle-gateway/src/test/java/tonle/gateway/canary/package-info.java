// SPDX-License-Identifier: Apache-2.0
/**
 * Promises 1 and 2 of a whole running gateway: marked addresses, names and payload go in by every door, and a search of
 * its memory, files, pages and exports comes back without one.
 */
package tonle.gateway.canary;
