// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import tonle.wire.flow.SflowSample;

/**
 * The samples of one sFlow data source: how many packets each stands for. A sample stands for as many as its rate says;
 * where samples were lost on the way or dropped by the agent, the sample pool tells how many packets they stood for,
 * and
 * the next samples carry these too, each at most as much again as itself or a quarter of what is owed. So the scaled
 * packets follow the pool's change (flows.md 4.5), whatever was lost.
 */
final class SampleTrack {
    /** A step of more lost samples than this is a restart of the agent, not loss. */
    private static final long GAP_SAMPLES_MAX = 1 << 16;
    /** Pool steps are random: up to so many times the mean are believed for each sample missing. */
    private static final long POOL_STEP_MAX = 4;

    private boolean known;
    private long sequence;
    private long pool;
    private long drops;
    private long owedPackets;
    private long lost;
    private long agentDropped;
    private Rate nominal = Rate.NONE;

    /** How many packets this sample stands for, at least 1; 0 where its rate is unknown. */
    long weight(SflowSample sample) {
        long rate = sample.samplingRate();
        if (rate < 1 || rate > Rate.FACTOR_MAX) {
            known = false;
            return 0;
        }
        if (nominal.population() != rate) {
            nominal = Rate.of(rate, 1, RateSource.HEADER);
            owedPackets = 0;
        }
        long step = (int) (sample.sequence() - sequence);
        if (!known || step > GAP_SAMPLES_MAX || step < -GAP_SAMPLES_MAX) {
            known = true;
            owedPackets = 0;
        } else if (step <= 0) {
            // Late: another sample has been made to stand for it meanwhile.
            if (owedPackets >= rate) {
                owedPackets -= rate;
            }
            lost = Math.max(0, lost - (step < 0 ? 1 : 0));
            return rate;
        } else {
            owe(sample, rate, step - 1);
        }
        sequence = sample.sequence();
        pool = sample.samplePool();
        drops = sample.drops();
        long more = Math.min(owedPackets, Math.max(rate, owedPackets / 4));
        owedPackets -= more;
        return rate + more;
    }

    private void owe(SflowSample sample, long rate, long missing) {
        long dropped = (int) (sample.drops() - drops);
        // Drops that fall or leap mean a restarted counter.
        dropped = dropped < 0 || dropped > GAP_SAMPLES_MAX ? 0 : dropped;
        lost += missing;
        agentDropped += dropped;
        long absent = missing + dropped;
        if (absent == 0) {
            return;
        }
        long poolStep = sample.samplePool() - pool & 0xFFFF_FFFFL;
        boolean poolMoves = poolStep > 0 && poolStep <= POOL_STEP_MAX * rate * (absent + 1);
        owedPackets += poolMoves ? Math.max(0, poolStep - rate) : missing * rate;
    }

    Rate nominal() {
        return nominal;
    }

    long lost() {
        return lost;
    }

    long agentDropped() {
        return agentDropped;
    }

    long owedPackets() {
        return owedPackets;
    }
}
