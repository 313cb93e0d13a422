// SPDX-License-Identifier: Apache-2.0
/**
 * Proofs that a person can carry: files that hold a checkpoint and the way to it (C2SP tlog-proof), and policies that
 * say which logs and how many witnesses are enough (C2SP tlog-policy). Octets of both come in; what they prove comes
 * out.
 */
package tonle.tlog.proof;
