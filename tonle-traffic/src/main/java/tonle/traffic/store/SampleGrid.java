// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import tonle.traffic.Bins;

/**
 * Which samples and points an answer has.
 *
 * @param from start of the first sample
 * @param samples how many
 * @param stepSeconds width of a point: a multiple of the grain
 */
record SampleGrid(Grain grain, long from, int samples, int stepSeconds) {
    /** More would take seconds to add up and nobody reads them; a coarser grain answers instead. */
    private static final long CELLS_MAX = 1_000_000;

    private static final long BIN_RANGE_SECONDS_MAX = 35L * Bins.DAY_SECONDS;
    private static final long HOUR_RANGE_SECONDS_MAX = 400L * Bins.DAY_SECONDS;
    private static final int POINTS_MAX = 300;
    private static final int[] STEPS_SECONDS = {
        300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800
    };

    static SampleGrid of(TrafficQuery query, Progress progress) {
        Grain grain = grain(query, progress);
        long from = Math.max(grain.floor(query.fromSeconds()), grain.floor(grain.keptFrom(progress)));
        from = Math.min(from, grain.floor(query.toSeconds() - 1));
        int samples = (int) ((grain.ceiling(query.toSeconds()) - from) / grain.seconds);
        int step = query.stepSeconds() == 0 ? chosenStep(query.toSeconds() - from) : query.stepSeconds();
        return new SampleGrid(grain, from, samples, (int) grain.ceiling(step));
    }

    private static Grain grain(TrafficQuery query, Progress progress) {
        long range = query.toSeconds() - query.fromSeconds();
        boolean byHour = query.by().contains(Dimension.HOUR)
                || query.where().stream().anyMatch(filter -> filter.dimension() == Dimension.HOUR);
        Grain chosen = Grain.BIN;
        for (Grain grain : Grain.values()) {
            if (!Keys.answerable(grain, byHour)) {
                break;
            }
            chosen = grain;
            boolean rangeFits = switch (grain) {
                case BIN -> range <= BIN_RANGE_SECONDS_MAX;
                case HOUR -> range <= HOUR_RANGE_SECONDS_MAX;
                case DAY -> true;
            };
            boolean cellsFit = range / grain.seconds * (query.top() + 2L) <= CELLS_MAX;
            if (rangeFits && cellsFit && query.fromSeconds() >= grain.keptFrom(progress)) {
                break;
            }
        }
        return chosen;
    }

    private static int chosenStep(long rangeSeconds) {
        for (int step : STEPS_SECONDS) {
            if (rangeSeconds / step <= POINTS_MAX) {
                return step;
            }
        }
        return STEPS_SECONDS[STEPS_SECONDS.length - 1];
    }

    long to() {
        return from + (long) samples * grain.seconds;
    }

    int sampleOf(long startSeconds) {
        return (int) ((startSeconds - from) / grain.seconds);
    }

    /** Starts of the points: on multiples of the step, so that the same point has the same name in every answer. */
    long[] points() {
        long first = Math.floorDiv(from, (long) stepSeconds) * stepSeconds;
        int count = (int) ((to() - first + stepSeconds - 1) / stepSeconds);
        long[] points = new long[count];
        for (int i = 0; i < count; i++) {
            points[i] = first + (long) i * stepSeconds;
        }
        return points;
    }

    int pointOf(int sample) {
        long first = Math.floorDiv(from, (long) stepSeconds) * stepSeconds;
        return (int) ((from + (long) sample * grain.seconds - first) / stepSeconds);
    }
}
