// SPDX-License-Identifier: Apache-2.0
/**
 * What can be entered in the log: a closed set of kinds, each with one form in octets, which {@code docs/FILES.md}
 * gives. In come values of the trade, out come entries that anyone can read without a program; and back again, where
 * every form but the one is refused by name and place. No entry holds a name of a person or a figure of an operator:
 * those enter as commitments with a salt.
 */
package tonle.notary.entry;
