// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.registry;

import java.io.IOException;
import java.time.Instant;
import tonle.base.power.Clock;
import tonle.registry.bringup.Check;
import tonle.registry.bringup.CheckSource;
import tonle.registry.bringup.Verdict;
import tonle.traffic.store.LinkMonth;
import tonle.traffic.store.TrafficStore;

/** What the metering can say of a link that is brought up: whether it is heard. Other checks it does not know. */
public final class MeteringChecks implements CheckSource {
    private static final long HOUR_SECONDS = 3_600;

    private final TrafficStore store;
    private final Clock clock;

    public MeteringChecks(TrafficStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Verdict verdict(Check check, String linkId) {
        return switch (check) {
            case METERING_HEARD -> heard(linkId);
            case ADDRESS_PLAN, LLDP_SEEN, MAC_SEEN, EXPECTED_PREFIXES, MAX_PREFIX, RPKI_COVERAGE ->
                new Verdict.NoSource();
        };
    }

    private Verdict heard(String linkId) {
        long now = Math.floorDiv(clock.unixMillis(), 1_000L);
        try {
            int samples = store.months(now - HOUR_SECONDS, now).stream()
                    .filter(month -> month.link().equals(linkId))
                    .mapToInt(LinkMonth::sampleCount)
                    .max()
                    .orElse(0);
            return samples > 0
                    ? new Verdict.Passed(samples + " five-minute samples in the last hour", Instant.ofEpochSecond(now))
                    : new Verdict.NotSeen();
        } catch (IOException _) {
            return new Verdict.NotSeen();
        }
    }
}
