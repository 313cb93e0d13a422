// SPDX-License-Identifier: Apache-2.0
/**
 * Signed notes (C2SP signed-note), the keys that sign them, checkpoints (C2SP tlog-checkpoint) and cosignatures (C2SP
 * tlog-cosignature), with Ed25519 and ML-DSA-44 from the JDK. Octets of texts and keys come in; checked notes, heads of
 * trees and signatures go out. What no known key signed is never given out as verified.
 */
package tonle.tlog.note;
