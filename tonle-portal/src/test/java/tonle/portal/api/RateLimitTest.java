// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tonle.testkit.SettableClock;

class RateLimitTest {
    @Test
    void oneCallersRequestsAreBoundedWithinAMinuteAndOthersGoOn() {
        SettableClock clock = new SettableClock(1_000_000);
        RateLimit limit = new RateLimit(clock);
        for (int i = 0; i < RateLimit.REQUESTS_A_MINUTE_MAX; i++) {
            assertThat(limit.waitSeconds("p-aaaa-2222")).isZero();
        }
        assertThat(limit.waitSeconds("p-aaaa-2222")).isEqualTo(60);
        assertThat(limit.waitSeconds("p-bbbb-2222")).isZero();
        clock.setUnixMillis(1_000_000 + 58_500);
        assertThat(limit.waitSeconds("p-aaaa-2222")).as("rounded up").isEqualTo(2);
        clock.setUnixMillis(1_000_000 + 60_000);
        assertThat(limit.waitSeconds("p-aaaa-2222")).isZero();
    }

    @Test
    void whoWasIdleLongestIsForgotten() {
        RateLimit limit = new RateLimit(new SettableClock(1_000_000));
        for (int i = 0; i < RateLimit.REQUESTS_A_MINUTE_MAX; i++) {
            limit.waitSeconds("first");
        }
        for (int i = 0; i < RateLimit.CALLERS_MAX; i++) {
            limit.waitSeconds("caller " + i);
        }
        assertThat(limit.waitSeconds("first")).isZero();
    }
}
