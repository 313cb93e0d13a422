// SPDX-License-Identifier: Apache-2.0
package tonle.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnumWordTest {
    private enum Fruit {
        MANGO,
        DRAGON_FRUIT
    }

    @Test
    void aWordAndItsConstantReadEachOther() {
        assertThat(EnumWord.of(Fruit.DRAGON_FRUIT)).isEqualTo("dragon-fruit");
        for (Fruit fruit : Fruit.values()) {
            assertThat(EnumWord.find(Fruit.class, EnumWord.of(fruit))).contains(fruit);
        }
        assertThat(EnumWord.find(Fruit.class, "MANGO")).isEmpty();
        assertThat(EnumWord.find(Fruit.class, "dragon_fruit")).isEmpty();
        assertThat(EnumWord.find(Fruit.class, "")).isEmpty();
    }
}
