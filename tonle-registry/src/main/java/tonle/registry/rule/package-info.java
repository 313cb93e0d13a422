// SPDX-License-Identifier: Apache-2.0
/**
 * Rules that matter, as documents in versions: proposed, open to everybody's comments, answered, approved by two
 * persons, entered in the public log, and in force from their day on and not before. What would loosen a promise needs
 * the witnesses too.
 */
package tonle.registry.rule;
