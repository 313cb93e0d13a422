// SPDX-License-Identifier: Apache-2.0
/** Field trees of any message, host bits masked: never fails, never hot. */
package tonle.wire.dissect;
