// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static tonle.tlog.tree.MemoryTree.good;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.base.power.Seed;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;

/** Octets of bundles and tiles: written by hand, read at every length. */
class TileOctetsTest {
    /** Two octets of length in network order before each entry. */
    private static final String BUNDLE = "0000" + "0001ff" + "0003746e6c";

    @Test
    void aBundleIsLengthsAndEntries() {
        byte[] octets = HexFormat.of().parseHex(BUNDLE);
        List<byte[]> entries = List.of(new byte[0], new byte[] {(byte) 0xFF}, "tnl".getBytes());
        assertThat(good(TileOctets.bundle(entries))).isEqualTo(octets);
        assertThat(good(TileOctets.entries(octets, 3))).containsExactlyElementsOf(entries);
    }

    @Test
    void everyShorterBundleIsTruncatedAtItsEnd() {
        byte[] octets = HexFormat.of().parseHex(BUNDLE);
        for (int length = 0; length < octets.length; length++) {
            assertThat(TileOctets.entries(Arrays.copyOf(octets, length), 3))
                    .isEqualTo(Outcome.refused(LogFault.BUNDLE_TRUNCATED, length));
        }
    }

    @Test
    void octetsAfterTheLastEntryAreRefused() {
        byte[] octets = HexFormat.of().parseHex(BUNDLE + "0000");
        assertThat(TileOctets.entries(octets, 3)).isEqualTo(Outcome.refused(LogFault.BUNDLE_TRAILING, 10));
        assertThat(good(TileOctets.entries(octets, 4))).hasSize(4);
    }

    @Test
    void anEntryOfSixteenBitsOfLengthFitsAndNoLargerOne() {
        byte[] largest = new byte[65_535];
        byte[] octets = good(TileOctets.bundle(List.of(largest)));
        assertThat(octets).hasSize(65_537).startsWith(0xFF, 0xFF, 0);
        assertThat(good(TileOctets.entries(octets, 1))).containsExactly(largest);
        assertThat(TileOctets.bundle(List.of(new byte[1], new byte[65_536])))
                .isEqualTo(Outcome.refused(LogFault.ENTRY_TOO_LARGE, 1));
    }

    @Test
    void anyBundleReadsBackAsItWasWritten() {
        long start = 11;
        Seed seed = new Seed(start);
        for (int round = 0; round < 500; round++) {
            List<byte[]> entries = new ArrayList<>();
            for (int i = 1 + seed.below(256); i > 0; i--) {
                byte[] entry = new byte[seed.below(100)];
                for (int k = 0; k < entry.length; k++) {
                    entry[k] = (byte) seed.nextLong();
                }
                entries.add(entry);
            }
            byte[] octets = good(TileOctets.bundle(entries));
            assertThat(good(TileOctets.entries(octets, entries.size())))
                    .as("seed %d, round %d", start, round)
                    .containsExactlyElementsOf(entries);
        }
    }

    @Test
    void aTileHasThirtyTwoOctetsAHash() {
        assertThat(good(TileOctets.hashes(new byte[64], 2))).hasSize(2);
        assertThat(TileOctets.hashes(new byte[63], 2)).isEqualTo(Outcome.refused(LogFault.TILE_LENGTH, 63));
        assertThat(TileOctets.hashes(new byte[96], 2)).isEqualTo(Outcome.refused(LogFault.TILE_LENGTH, 64));
        assertThat(TileOctets.hashes(new byte[0], 1)).isEqualTo(Outcome.refused(LogFault.TILE_LENGTH, 0));
    }
}
