// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

/** Why a log takes no entries, or not this one. */
public enum LogReason {
    /** Keys are missing though the log has files: a new key would be another log under the old one's name. */
    KEYS_MISSING,
    KEYS_MALFORMED,
    /** Others than the owner may read the file of the keys. */
    KEYS_EXPOSED,
    /** Another process holds the private folder. */
    IN_USE,
    /** The log has files and no lock record says how far it was signed: a wrong path, or a restored backup. */
    LOCK_MISSING,
    LOCK_MALFORMED,
    /** The published checkpoint is further than the lock record: the private folder is an older one. */
    LOCK_BEHIND,
    /** The published checkpoint and the lock record are two histories. */
    LOCK_CONTRADICTED,
    /** The lock record is no longer the one this writer left: compare-and-swap failed. */
    LOCK_MOVED,
    TILES_DAMAGED,
    BUNDLE_DAMAGED,
    /** A witness cosigned more than this log has. */
    BEHIND_WITNESSES,
    /** A witness cosigned another history. */
    WITNESSES_CONTRADICT,
    /** No witness could be asked what it last cosigned. */
    WITNESSES_SILENT,
    DISK_FULL,
    DISK_FAILED,
    /** Somebody paused it. */
    PAUSED,
    /** The log was closed for good. */
    FROZEN,
    ENTRY_TOO_LARGE,
    /** As many entries wait as may. */
    QUEUE_FULL,
    /** As many entries are in as one log may hold. */
    LOG_FULL,
    /** Our own code is wrong; the next entries open the log anew. */
    DEFECT,
    /** The gateway stops. */
    STOPPED
}
