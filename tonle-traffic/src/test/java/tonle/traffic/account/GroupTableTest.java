// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.base.power.Seed;

class GroupTableTest {
    private static final long SEED = 7;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void sumsAreThoseOfAPlainMap(int keyCount) {
        Seed seed = new Seed(SEED + keyCount);
        GroupTable table = new GroupTable(keyCount);
        Map<List<Long>, long[]> model = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            long[] key = new long[keyCount];
            List<Long> boxed = new ArrayList<>();
            for (int k = 0; k < keyCount; k++) {
                // Small numbers, absent values and the odd large one: what interfaces and AS numbers look like.
                key[k] = seed.below(10) == 0 ? seed.nextLong() % 3 - 1 : seed.below(40) * 65_536L;
                boxed.add(key[k]);
            }
            long octets = seed.below(9_000);
            long packets = seed.below(9);
            if (keyCount == 1) {
                table.add(key[0], 1, octets, packets);
            } else if (keyCount == 2) {
                table.add(key[0], key[1], 1, octets, packets);
            } else {
                table.add(key, 1, octets, packets);
            }
            long[] sums = model.computeIfAbsent(boxed, _ -> new long[3]);
            sums[0]++;
            sums[1] += octets;
            sums[2] += packets;
        }
        assertThat(table.size()).as("seed %d", SEED).isEqualTo(model.size());
        Map<List<Long>, long[]> got = new HashMap<>();
        table.forEach((key, records, octets, packets) -> {
            List<Long> boxed = new ArrayList<>();
            for (long number : key) {
                boxed.add(number);
            }
            got.put(boxed, new long[] {records, octets, packets});
        });
        assertThat(got.keySet()).isEqualTo(model.keySet());
        model.forEach((key, sums) -> assertThat(got.get(key)).as("%s", key).containsExactly(sums));
    }

    @Test
    void pairsAddUpWhateverTheirSize() {
        Seed seed = new Seed(SEED);
        PairTable pairs = new PairTable();
        GroupTable plain = new GroupTable(2);
        long[] edges = {-1, 0, 1, 0xFFFF_FFFEL, 0xFFFF_FFFFL, 1L << 60 | 7, Long.MAX_VALUE};
        for (int i = 0; i < 300_000; i++) {
            long key0 = seed.below(20) == 0 ? edges[seed.below(edges.length)] : seed.below(50);
            long key1 = seed.below(20) == 0 ? edges[seed.below(edges.length)] : seed.below(4_000);
            long octets = seed.below(9_000);
            pairs.add(key0, key1, 1, octets, 2);
            plain.add(key0, key1, 1, octets, 2);
        }
        assertThat(rows(pairs.groups())).as("seed %d", SEED).isEqualTo(rows(plain));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void theOrderOfRecordsDoesNotMatter(int keyCount) {
        Seed seed = new Seed(SEED);
        List<long[]> records = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            long[] record = new long[keyCount + 1];
            for (int k = 0; k < keyCount; k++) {
                record[k] = seed.below(30);
            }
            record[keyCount] = seed.below(1_500);
            records.add(record);
        }
        GroupTable forwards = new GroupTable(keyCount);
        GroupTable backwards = new GroupTable(keyCount);
        records.forEach(record -> forwards.add(record, 1, record[keyCount], 1));
        records.reversed().forEach(record -> backwards.add(record, 1, record[keyCount], 1));
        assertThat(rows(forwards)).isEqualTo(rows(backwards));
    }

    private static Map<List<Long>, List<Long>> rows(GroupTable table) {
        Map<List<Long>, List<Long>> rows = new HashMap<>();
        table.forEach((key, records, octets, packets) -> {
            List<Long> boxed = new ArrayList<>();
            for (long number : key) {
                boxed.add(number);
            }
            rows.put(boxed, List.of(records, octets, packets));
        });
        return rows;
    }
}
