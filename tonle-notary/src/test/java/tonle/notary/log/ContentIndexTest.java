// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.tlog.tree.Hash;

final class ContentIndexTest {
    /** Hashes of which many share the 32 bits that the index keeps. */
    private static Hash hash(int tag, int rest) {
        return Hash.at(ByteBuffer.allocate(32).putInt(tag).putInt(rest).array(), 0);
    }

    @Test
    void everyHashIsFoundAtItsNumberAlsoWhereManyLookAlike() {
        ContentIndex index = new ContentIndex();
        List<Hash> hashes = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            hashes.add(hash(i % 7_000, i));
            index.add(hashes.getLast(), i);
        }
        for (int i = 0; i < hashes.size(); i++) {
            Hash wanted = hashes.get(i);
            assertThat(index.find(wanted, at -> hashes.get((int) at).equals(wanted)))
                    .isEqualTo(i);
        }
        Hash stranger = hash(3, -1);
        assertThat(index.find(stranger, at -> hashes.get((int) at).equals(stranger)))
                .isEqualTo(-1);
    }
}
