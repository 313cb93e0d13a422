// SPDX-License-Identifier: Apache-2.0
/** Offline accounting of capture files: two passes over the same datagrams, one for templates and rates, one for sums. */
package tonle.traffic.account;
