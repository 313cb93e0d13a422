// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.base.DeviceAddress;

class DropsTest {
    private static final DeviceAddress ROUTER = DeviceAddress.parse("192.0.2.1").orElseThrow();
    private static final DeviceAddress OTHER = DeviceAddress.parse("192.0.2.2").orElseThrow();

    private final Drops drops = new Drops();

    private void count(DeviceAddress from) {
        drops.count(from.ipVersion(), from.high(), from.low());
    }

    @Test
    void anExporterHasItsRowHoweverManyForgedSendersThereAre() {
        drops.use(List.of(ROUTER));
        for (int i = 0; i < 3 * Drops.STRANGERS_MAX; i++) {
            count(DeviceAddress.ofIpv4(0x0B00_0000 + i));
        }
        count(ROUTER);
        count(OTHER);
        assertThat(drops.of(ROUTER)).isEqualTo(1);
        assertThat(drops.of(OTHER)).as("no room for one more stranger").isZero();
        assertThat(drops.of(DeviceAddress.ofIpv4(0x0B00_0000))).isEqualTo(1);
        assertThat(drops.total()).isEqualTo(3 * Drops.STRANGERS_MAX + 2);
    }

    @Test
    void whatWasCountedOfAnAddressStaysItsOwnWhenItIsTakenInOrTakenAway() {
        count(OTHER);
        drops.use(List.of(ROUTER, OTHER));
        count(OTHER);
        assertThat(drops.of(OTHER)).isEqualTo(2);
        drops.use(List.of(ROUTER));
        count(OTHER);
        assertThat(drops.of(OTHER)).isEqualTo(3);
        assertThat(drops.of(ROUTER)).isZero();
    }
}
