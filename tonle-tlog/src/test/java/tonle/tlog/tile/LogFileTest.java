// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.base.power.Seed;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.tile.LogFile.EntryBundle;
import tonle.tlog.tile.LogFile.HashTile;

/** Paths and counts from the examples of C2SP tlog-tiles, and forms that are not paths. */
class LogFileTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, tile/0/000",
        "0, 999, 256, tile/0/999",
        "0, 1000, 256, tile/0/x001/000",
        "3, 1234067, 256, tile/3/x001/x234/067",
        "0, 273, 112, tile/0/273.p/112",
        "63, 0, 1, tile/63/000.p/1",
        "0, 9223372036854775807, 255, tile/0/x009/x223/x372/x036/x854/x775/807.p/255"
    })
    void aTileHasOnePath(int level, long index, int width, String path) {
        HashTile tile = new HashTile(level, index, width);
        assertThat(tile.path()).isEqualTo(path);
        assertThat(LogFile.parse(path)).isEqualTo(Outcome.good(tile));
    }

    @Test
    void bundlesAndTheHeadHaveTheirs() {
        assertThat(new EntryBundle(1234067, 256).path()).isEqualTo("tile/entries/x001/x234/067");
        assertThat(LogFile.parse("tile/entries/x001/x234/067.p/8"))
                .isEqualTo(Outcome.good(new EntryBundle(1234067, 8)));
        assertThat(LogFile.parse("checkpoint")).isEqualTo(Outcome.good(new LogFile.Head()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "tile",
                "tile/",
                "tile/0",
                "tile/0/",
                "tile/0/0",
                "tile/0/00",
                "tile/0/0000",
                "tile/0/1000",
                "tile/00/000",
                "tile/64/000",
                "tile/-1/000",
                "tile/+1/000",
                "tile/1/ 00",
                "tile/x/000",
                "tile/8/0/000",
                "tile/0/000/000",
                "tile/0/x000/000",
                "tile/0/x001",
                "tile/0/x001/",
                "tile/0/x001/x000",
                "tile/0/X001/000",
                "tile/0/000.p",
                "tile/0/000.p/",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/000.p/1/",
                "tile/0/000.p/+1",
                "tile/0/000.P/1",
                "tile/0/000 ",
                "tile//000",
                "/tile/0/000",
                "tile/entries",
                "tile/entries/0",
                "tile/Entries/000",
                "tile/data/000",
                "checkpoint/",
                "Checkpoint",
                "tile/0/../000",
                "tile/0/٠٠٠",
                "tile/0/000.p/١",
                "tile/0/x009/x223/x372/x036/x854/x775/808",
                "tile/0/x999/x999/x999/x999/x999/x999/999",
                "tile/0/x001/x000/x000/x000/x000/x000/x000/000"
            })
    void whatIsNotAPathIsRefused(String path) {
        assertThat(LogFile.parse(path)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.fault()).isEqualTo(LogFault.PATH_MALFORMED);
            assertThat(refused.position()).isBetween(0L, (long) path.length());
        });
    }

    /** Whatever is taken is written again as it was: no two paths lead to one file. */
    @Test
    void noPathHasASecondForm() {
        long start = 7;
        Seed seed = new Seed(start);
        String letters = "tile/entrs0123456789xp.";
        for (int round = 0; round < 200_000; round++) {
            StringBuilder path = new StringBuilder(
                    new HashTile(seed.below(10), seed.nextLong() >>> 1 >>> seed.below(63), 1 + seed.below(256)).path());
            for (int i = seed.below(3); i > 0; i--) {
                int at = seed.below(path.length());
                switch (seed.below(3)) {
                    case 0 -> path.setCharAt(at, letters.charAt(seed.below(letters.length())));
                    case 1 -> path.deleteCharAt(at);
                    default -> path.insert(at, letters.charAt(seed.below(letters.length())));
                }
            }
            if (LogFile.parse(path.toString()) instanceof Outcome.Good<LogFile>(LogFile file)) {
                assertThat(file.path()).as("seed %d, round %d", start, round).isEqualTo(path.toString());
            }
        }
    }

    @Test
    void seventyThousandEntriesHaveTheFilesOfTheExample() {
        List<HashTile> tiles = Tiling.tiles(70_000);
        assertThat(tiles).filteredOn(tile -> tile.level() == 0 && tile.isFull()).hasSize(273);
        assertThat(tiles)
                .filteredOn(tile -> !tile.isFull())
                .containsExactly(new HashTile(0, 273, 112), new HashTile(1, 1, 17), new HashTile(2, 0, 1));
        assertThat(tiles)
                .filteredOn(tile -> tile.level() == 1 && tile.isFull())
                .containsExactly(new HashTile(1, 0, 256));
        assertThat(tiles).hasSize(277);
        assertThat(Tiling.bundles(70_000)).hasSize(274).last().isEqualTo(new EntryBundle(273, 112));
    }

    @Test
    void aFullTileIsAHashOfTheLevelAbove() {
        assertThat(Tiling.tiles(256)).containsExactly(new HashTile(0, 0, 256), new HashTile(1, 0, 1));
        assertThat(Tiling.tiles(255)).containsExactly(new HashTile(0, 0, 255));
        assertThat(Tiling.tiles(0)).isEmpty();
        assertThat(Tiling.bundles(256)).containsExactly(new EntryBundle(0, 256));
    }

    @Test
    void growthWritesWhatChangedAndNothingElse() {
        assertThat(Tiling.tilesSince(255, 257))
                .containsExactly(new HashTile(0, 0, 256), new HashTile(0, 1, 1), new HashTile(1, 0, 1));
        assertThat(Tiling.tilesSince(300, 300)).isEmpty();
        assertThat(Tiling.tilesSince(256, 300)).containsExactly(new HashTile(0, 1, 44));
        assertThat(Tiling.bundlesSince(255, 257)).containsExactly(new EntryBundle(0, 256), new EntryBundle(1, 1));
        assertThat(Tiling.bundlesSince(256, 256)).isEmpty();
    }

    @Test
    void whatATreeDoesNotHaveIsRefused() {
        assertThat(Tiling.tile(0, 274, 70_000)).isEqualTo(Outcome.refused(LogFault.TILE_OUTSIDE_TREE, 274));
        assertThat(Tiling.tile(3, 0, 70_000)).isEqualTo(Outcome.refused(LogFault.TILE_OUTSIDE_TREE, 0));
        assertThat(Tiling.tile(63, 0, Long.MAX_VALUE)).isEqualTo(Outcome.refused(LogFault.TILE_OUTSIDE_TREE, 0));
        assertThat(Tiling.tile(0, -1, 70_000)).isEqualTo(Outcome.refused(LogFault.TILE_OUTSIDE_TREE, -1));
        assertThat(Tiling.bundleOf(70_000, 70_000)).isEqualTo(Outcome.refused(LogFault.INDEX_OUTSIDE_TREE, 70_000));
        assertThat(Tiling.bundleOf(69_999, 70_000)).isEqualTo(Outcome.good(new EntryBundle(273, 112)));
    }

    @Test
    void theLargestTreeHasItsEdgeInEightLevels() {
        for (int level = 0; level < 8; level++) {
            long hashes = Long.MAX_VALUE >>> 8 * level;
            assertThat(Tiling.tile(level, hashes >>> 8, Long.MAX_VALUE))
                    .isEqualTo(Outcome.good(new HashTile(level, hashes >>> 8, (int) (hashes & 0xFF))));
            assertThat(Tiling.tile(level, (hashes >>> 8) + 1, Long.MAX_VALUE)).isInstanceOf(Outcome.Refused.class);
        }
        assertThat(Tiling.bundleOf(Long.MAX_VALUE - 1, Long.MAX_VALUE))
                .isEqualTo(Outcome.good(new EntryBundle(Long.MAX_VALUE >>> 8, 255)));
    }
}
