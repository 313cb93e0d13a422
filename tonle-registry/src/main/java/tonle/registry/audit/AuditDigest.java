// SPDX-License-Identifier: Apache-2.0
package tonle.registry.audit;

/**
 * What the log gets to know of an act: that it was, and a commitment to its words. The salt stays in the database, so
 * that nobody can find the words of a digest by trying; who later shows an event with its salt proves that it is the
 * one that was entered.
 *
 * @param contentId the digest in hexadecimal: the same act gives the same id however often it is submitted, and an id
 *     that was entered already is answered as done
 * @param sequenceFirst the first event it commits to
 * @param sequenceFinal the last; more than the first only for a batch of readings
 * @param act the kind of act, {@code read} for a batch of readings
 */
public record AuditDigest(String contentId, long sequenceFirst, long sequenceFinal, String act) {}
