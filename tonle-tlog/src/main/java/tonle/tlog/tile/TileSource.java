// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tile;

import tonle.tlog.Outcome;

/** Gives the octets of tiles, from a folder, a server or memory. What it gives is not trusted. */
public interface TileSource {
    /** The octets; {@link tonle.tlog.LogFault#TILE_ABSENT} where the file is not there. */
    Outcome<byte[]> tile(LogFile.HashTile tile);
}
