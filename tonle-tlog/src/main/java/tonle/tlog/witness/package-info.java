// SPDX-License-Identifier: Apache-2.0
/**
 * Messages between a log and its witnesses (C2SP tlog-witness 1.0) and what a witness must answer. Octets of requests
 * and answers come in and go out; the decision is a function of the request and of what the witness last cosigned.
 * Keeping that, atomically and before the answer, is the witness program's.
 */
package tonle.tlog.witness;
