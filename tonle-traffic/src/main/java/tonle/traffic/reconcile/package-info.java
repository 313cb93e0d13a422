// SPDX-License-Identifier: Apache-2.0
/** Flow volumes held against interface counters, port by port, bin by bin; a difference gets its likely cause. */
package tonle.traffic.reconcile;
