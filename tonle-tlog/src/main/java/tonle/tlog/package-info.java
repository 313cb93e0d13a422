// SPDX-License-Identifier: Apache-2.0
/**
 * The mathematics and the formats of the public log, as total functions: octets, sizes and hashes come in; values,
 * proofs and octets go out. Nothing here reads a file, a socket or a clock. Bad input is an {@link tonle.tlog.Outcome}
 * with a {@link tonle.tlog.LogFault} and a place, never an exception. RFC 6962 and RFC 9162 rule the hashes and proofs,
 * the C2SP documents the tiles, notes, checkpoints, cosignatures, witness messages and proof files; docs/FILES.md has
 * their grammar.
 */
package tonle.tlog;
