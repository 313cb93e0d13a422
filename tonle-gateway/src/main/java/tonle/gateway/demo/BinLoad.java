// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.util.Arrays;
import tonle.traffic.Bins;

/** The volumes of all demands in the bin at hand and the one before, worked out once. Not thread-safe. */
final class BinLoad {
    private final TrafficModel model;
    private final long[] bins = {-1, -1};
    private final long[][] octets;

    BinLoad(TrafficModel model) {
        this.model = model;
        this.octets = new long[2][model.demands().size()];
    }

    /** Octets of a demand from one second to a later one; both lie in one bin. */
    long part(Demand demand, long fromSeconds, long toSeconds) {
        long bin = Bins.startSeconds(fromSeconds);
        return TrafficModel.part(of(bin)[demand.index()], (int) (fromSeconds - bin), (int) (toSeconds - bin));
    }

    private long[] of(long bin) {
        int place = (int) (bin / Bins.SECONDS & 1);
        if (bins[place] != bin) {
            bins[place] = bin;
            Arrays.setAll(octets[place], i -> model.octets(model.demands().get(i), bin));
        }
        return octets[place];
    }
}
