// SPDX-License-Identifier: Apache-2.0
/**
 * The log as files in two folders. In come entries; out come tiles, bundles and a signed checkpoint that any web server
 * can serve, and an answer for each entry when it can no longer be lost. One writer; a round of forced writes a batch;
 * tiles before the lock record, the lock record before the checkpoint. What does not add up stops the writing, by name.
 */
package tonle.notary.log;
