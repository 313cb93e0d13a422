// SPDX-License-Identifier: Apache-2.0
/**
 * Who did what, when, why, and what it changed: an append-only table that each act writes to in its own transaction, so
 * that there is no act without its event and no event without its act. Out go pages of events for those who may read
 * them, and digests with a random salt, in order and at least once, to the {@link tonle.registry.audit.Notary}. Events
 * name pseudonyms; before and after are JSON without personal data.
 */
package tonle.registry.audit;
