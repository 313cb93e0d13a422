// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tile;

import java.util.ArrayList;
import java.util.List;
import tonle.base.Must;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.tree.Hash;

/** What stands in the files: 32 octets a hash in tiles; entries with their length before them in bundles. */
public final class TileOctets {
    /** What 16 bits of length can say. Larger evidence goes into the log by its hash. */
    public static final int ENTRY_OCTETS_MAX = 0xFFFF;

    private static final int LENGTH_OCTETS = 2;

    private TileOctets() {}

    public static byte[] tile(List<Hash> hashes) {
        Must.hold(!hashes.isEmpty() && hashes.size() <= LogFile.WIDTH_MAX, "a tile has 1 to 256 hashes");
        byte[] octets = new byte[Hash.OCTETS * hashes.size()];
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).copyTo(octets, Hash.OCTETS * i);
        }
        return octets;
    }

    /** The hashes of a tile that must be {@code width} wide. */
    public static Outcome<List<Hash>> hashes(byte[] octets, int width) {
        if (octets.length != Hash.OCTETS * width) {
            return Outcome.refused(LogFault.TILE_LENGTH, Math.min(octets.length, Hash.OCTETS * width));
        }
        List<Hash> hashes = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            hashes.add(Hash.at(octets, Hash.OCTETS * i));
        }
        return Outcome.good(hashes);
    }

    /** The octets of a bundle; refused where an entry is too large for the format. */
    public static Outcome<byte[]> bundle(List<byte[]> entries) {
        Must.hold(!entries.isEmpty() && entries.size() <= LogFile.WIDTH_MAX, "a bundle has 1 to 256 entries");
        int length = 0;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).length > ENTRY_OCTETS_MAX) {
                return Outcome.refused(LogFault.ENTRY_TOO_LARGE, i);
            }
            length += LENGTH_OCTETS + entries.get(i).length;
        }
        byte[] octets = new byte[length];
        int next = 0;
        for (byte[] entry : entries) {
            octets[next] = (byte) (entry.length >>> Byte.SIZE);
            octets[next + 1] = (byte) entry.length;
            System.arraycopy(entry, 0, octets, next + LENGTH_OCTETS, entry.length);
            next += LENGTH_OCTETS + entry.length;
        }
        return Outcome.good(octets);
    }

    /** The entries of a bundle that must be {@code width} wide. */
    public static Outcome<List<byte[]>> entries(byte[] octets, int width) {
        List<byte[]> entries = new ArrayList<>(width);
        int next = 0;
        for (int i = 0; i < width; i++) {
            if (octets.length - next < LENGTH_OCTETS) {
                return Outcome.refused(LogFault.BUNDLE_TRUNCATED, octets.length);
            }
            int length = Byte.toUnsignedInt(octets[next]) << Byte.SIZE | Byte.toUnsignedInt(octets[next + 1]);
            next += LENGTH_OCTETS;
            if (octets.length - next < length) {
                return Outcome.refused(LogFault.BUNDLE_TRUNCATED, octets.length);
            }
            byte[] entry = new byte[length];
            System.arraycopy(octets, next, entry, 0, length);
            entries.add(entry);
            next += length;
        }
        return next == octets.length ? Outcome.good(entries) : Outcome.refused(LogFault.BUNDLE_TRAILING, next);
    }
}
