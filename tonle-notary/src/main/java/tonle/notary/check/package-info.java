// SPDX-License-Identifier: Apache-2.0
/**
 * The reading side, for anybody: what a folder or a server gives as a log is checked against signatures, hashes and
 * proofs, entry by entry or whole. In come files that are not trusted and keys that are; out come steps and findings by
 * name and place. Nothing here needs a gateway, a database or a secret.
 */
package tonle.notary.check;
