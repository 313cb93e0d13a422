// SPDX-License-Identifier: Apache-2.0
package tonle.notary.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.tile.LogFile;
import tonle.tlog.tile.TileOctets;
import tonle.tlog.tile.TileSource;
import tonle.tlog.tree.Hash;

/** Gives the files of a log by their paths below its prefix. What it gives is not trusted. */
public interface LogSource {
    /** A full bundle of the largest entries: no file of a log is larger. */
    int FILE_OCTETS_MAX = 256 * (2 + 65_535);

    /**
     * The octets of a file; empty where there is none.
     *
     * @throws IOException where it cannot be read, or is larger than any file of a log
     */
    Optional<byte[]> read(String name) throws IOException;

    /** Where this is, in words for people. */
    String place();

    /**
     * The entries of a bundle. A partial bundle whose file is gone is the beginning of the full one (C2SP tlog-tiles).
     *
     * @return empty where there is neither file
     */
    default Optional<Outcome<List<byte[]>>> entries(LogFile.EntryBundle bundle) throws IOException {
        Optional<byte[]> octets = read(bundle.path());
        int width = bundle.width();
        if (octets.isEmpty() && !bundle.isFull()) {
            octets = read(bundle.full().path());
            width = LogFile.WIDTH_MAX;
        }
        int held = width;
        return octets.map(found -> TileOctets.entries(found, held).map(entries -> entries.subList(0, bundle.width())));
    }

    /**
     * The tiles. A partial tile whose file is gone is the beginning of the full one (C2SP tlog-tiles).
     *
     * @return throws {@link UncheckedIOException} where a file cannot be read
     */
    default TileSource tiles() {
        return tile -> {
            try {
                Optional<byte[]> octets = read(tile.path());
                if (octets.isEmpty() && !tile.isFull()) {
                    octets = read(tile.full().path())
                            .filter(full -> full.length == LogFile.WIDTH_MAX * Hash.OCTETS)
                            .map(full -> Arrays.copyOf(full, tile.width() * Hash.OCTETS));
                }
                return octets.map(Outcome::good).orElseGet(() -> Outcome.refused(LogFault.TILE_ABSENT, tile.index()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** A folder of this machine. */
    static LogSource folder(Path folder) {
        return new LogSource() {
            @Override
            public Optional<byte[]> read(String name) throws IOException {
                try (InputStream in = Files.newInputStream(folder.resolve(name))) {
                    return Optional.of(bounded(in, name));
                } catch (NoSuchFileException _) {
                    return Optional.empty();
                }
            }

            @Override
            public String place() {
                return folder.toString();
            }
        };
    }

    /** A file beyond the bound. */
    static IOException tooLarge(String name) {
        return new IOException(name + " has more than " + FILE_OCTETS_MAX + " octets: no file of a log is so large");
    }

    /** Reads to the end, which must come within the bound. */
    static byte[] bounded(InputStream in, String name) throws IOException {
        byte[] octets = in.readNBytes(FILE_OCTETS_MAX + 1);
        if (octets.length > FILE_OCTETS_MAX) {
            throw tooLarge(name);
        }
        return octets;
    }
}
