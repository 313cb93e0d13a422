// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tonle.base.power.Seed;
import tonle.traffic.Direction;
import tonle.traffic.ProtocolClass;

class CellTableTest {
    private static final int CELLS_MAX = 500;

    private final CellTable table = new CellTable(CELLS_MAX);
    private final Map<Long, Long> octetsByKey = new HashMap<>();

    @Test
    void whoeverReadsSeesEverythingThatWasAddedHoweverFew() {
        for (int count = 1; count <= 2 * CellTable.GATHERED_MAX + 1; count++) {
            table.reset();
            octetsByKey.clear();
            for (int i = 0; i < count; i++) {
                add(key(1 + i % 3, 64_500 + i), 10 + i);
            }
            assertThat(table.size()).isEqualTo(count);
            assertThat(read()).isEqualTo(octetsByKey);
        }
    }

    @Test
    void sumsEqualThoseOfAMapWhateverLeavesInBetween() {
        Seed seed = new Seed(11);
        for (int i = 0; i < 20_000; i++) {
            add(key(1 + seed.below(4), 64_500 + seed.below(100)), seed.below(10_000));
            if (seed.below(500) == 0) {
                table.visit(5, (cells, offset) -> {
                    octetsByKey.put(cells.key(offset), 0L);
                    cells.clear(offset);
                });
            }
        }
        assertThat(read()).isEqualTo(octetsByKey);
        assertThat(table.rawHeld())
                .isEqualTo(
                        octetsByKey.values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void beyondItsBoundTheSumsOfALinkJoinItsOthers() {
        int tooMany = 3 * CELLS_MAX;
        for (int i = 0; i < tooMany; i++) {
            add(key(1, 64_500 + i), 1);
        }
        assertThat(table.size()).isEqualTo(CELLS_MAX + 1);
        assertThat(table.merged()).isEqualTo(tooMany - CELLS_MAX);
        assertThat(read()).containsEntry(CellNames.otherKey(key(1, 0)), (long) tooMany - CELLS_MAX);
    }

    @Test
    void aTableForAnotherBinHoldsNothingOfTheLast() {
        add(key(1, 64_500), 7);
        table.reset();
        assertThat(read()).isEmpty();
        assertThat(table.rawHeld()).isZero();
    }

    private static long key(int link, long asn) {
        return CellNames.key(link, Direction.IN, 3, asn, 4, ProtocolClass.TCP);
    }

    private void add(long key, long octets) {
        table.add(key, octets, 1, 1, 0, 0, octets);
        octetsByKey.merge(key, octets, Long::sum);
    }

    private Map<Long, Long> read() {
        Map<Long, Long> read = new HashMap<>();
        table.visit(0, (cells, offset) -> read.put(cells.key(offset), cells.at(offset, CellTable.OCTETS)));
        return read;
    }
}
