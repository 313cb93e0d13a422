// SPDX-License-Identifier: Apache-2.0
/**
 * The Merkle tree of RFC 6962 and RFC 9162 section 2: hashes of leaves and nodes, which nodes a tree of a size has, and
 * proofs of inclusion and consistency, made and checked. Sizes, indices and hashes come in, and nodes through the port
 * {@link tonle.tlog.tree.HashReader}; proofs and outcomes go out. The shape follows Go's sumdb/tlog.
 */
package tonle.tlog.tree;
