// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import tonle.registry.book.Kind;

/**
 * A field that somebody else altered since the proposer looked.
 *
 * @param seen what the proposer saw
 * @param current what holds now
 * @param proposed what the proposer wants
 */
public record Conflict(Kind kind, String id, String field, String seen, String current, String proposed) {}
