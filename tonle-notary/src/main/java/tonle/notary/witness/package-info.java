// SPDX-License-Identifier: Apache-2.0
/**
 * The log's side of its witnesses (C2SP tlog-witness): asks each what it holds, offers each checkpoint to all of them
 * at once, and keeps what they answer. Nothing here waits for a witness while an entry is entered; a witness that is
 * away, stalls, lies or contradicts is named and tried again.
 */
package tonle.notary.witness;
