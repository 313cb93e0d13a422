// SPDX-License-Identifier: Apache-2.0
/**
 * One file that holds a whole gateway as it was at one moment: registry, people and audit, the traffic store, the
 * configuration with its certificates. In comes a running gateway, out goes a ZIP archive that its owner alone may
 * read, with a digest of every part; and the way back, into a data directory that is not there yet.
 */
package tonle.gateway.backup;
