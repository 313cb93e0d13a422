// SPDX-License-Identifier: Apache-2.0
/**
 * Twelve ways to cheat with a public log, each carried out on a small real one, and what catches it. Whoever doubts
 * that a check checks anything can watch it say no.
 */
package tonle.notary.cheat;
