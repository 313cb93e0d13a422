// SPDX-License-Identifier: Apache-2.0
/**
 * A witness of public logs, for somebody who is not the log: it remembers the last checkpoint that it cosigned of each
 * log and cosigns another only where the log proves that nothing before it was rewritten. In come requests of C2SP
 * tlog-witness 1.0 over HTTP; out go cosignatures, refusals, and evidence of logs that contradict themselves. It has
 * its own keys and its own folder, needs no database and no gateway, and imports the mathematics of the log alone.
 */
package tonle.witness;
