// SPDX-License-Identifier: Apache-2.0
/**
 * The files of a log as C2SP tlog-tiles lays them out: paths of tiles and entry bundles, which of them a tree of a size
 * has, their octets, hashes read out of tiles that were checked against the root, and the tiles that a growing tree
 * writes. Octets of files come in through the port {@link tonle.tlog.tile.TileSource}; paths and octets go out.
 */
package tonle.tlog.tile;
