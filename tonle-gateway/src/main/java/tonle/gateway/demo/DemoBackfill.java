// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tonle.traffic.Bins;
import tonle.traffic.store.InterfaceRow;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.store.VolumeBatch;
import tonle.traffic.store.VolumeRow;

/**
 * Fills the traffic store with the demo's past, from the newest hour back, on a thread of its own. Rows are marked
 * {@link tonle.traffic.store.RowKind#BACKFILL} and come from the model that the devices export. Each hour is one batch
 * under a name of its own, so that a start after a kill goes on where it stopped and nothing is written twice.
 */
public final class DemoBackfill implements AutoCloseable {
    private static final int HOUR_SECONDS = 3_600;
    private static final int HOURS_BETWEEN_WORDS = 7 * 24;
    private static final long STOP_MILLIS_MAX = 10_000;

    private final TrafficModel model;
    private final TrafficStore store;
    private final DemoPast past;
    private final long untilSeconds;
    private final Consumer<String> say;
    private final Thread thread;
    private volatile boolean stops;
    private volatile int hoursDone;

    /**
     * @param untilSeconds where the past ends and the devices begin: the demo's first start, in whole slices
     * @param say takes a sentence of progress now and then
     */
    public DemoBackfill(
            TrafficModel model, TrafficStore store, DemoPast past, long untilSeconds, Consumer<String> say) {
        this.model = model;
        this.store = store;
        this.past = past;
        this.untilSeconds = untilSeconds;
        this.say = say;
        this.thread = Thread.ofPlatform().name("tonle-demo-past").daemon().unstarted(this::run);
    }

    /** Begins; returns at once. */
    public void start() {
        thread.start();
    }

    /** Waits until the past is filled in, or stopped. */
    public void await() throws InterruptedException {
        thread.join();
    }

    public int hoursDone() {
        return hoursDone;
    }

    public int hoursInAll() {
        return past.days() * 24;
    }

    @Override
    public void close() {
        stops = true;
        try {
            thread.join(STOP_MILLIS_MAX);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            BackfillBin bins = new BackfillBin(model);
            long newestHour = Math.floorDiv(untilSeconds - 1, (long) HOUR_SECONDS) * HOUR_SECONDS;
            for (int hour = 0; hour < hoursInAll() && !stops; hour++) {
                fill(bins, newestHour - (long) hour * HOUR_SECONDS, hour < past.detailDays() * 24);
                hoursDone = hour + 1;
                if (hoursDone % HOURS_BETWEEN_WORDS == 0 || hoursDone == hoursInAll()) {
                    say.accept("the demo's past: " + hoursDone / 24 + " of " + past.days() + " days are filled in");
                }
            }
        } catch (IOException e) {
            say.accept("the demo's past could not be filled in further: " + e.getMessage());
        }
    }

    private void fill(BackfillBin bins, long hourSeconds, boolean isDetailed) throws IOException {
        String writer = "demo-past-" + hourSeconds;
        if (store.nextSequence(writer) > 1) {
            return;
        }
        List<VolumeRow> volumes = new ArrayList<>();
        List<InterfaceRow> interfaces = new ArrayList<>();
        for (long bin = hourSeconds; bin < hourSeconds + HOUR_SECONDS && bin < untilSeconds; bin += Bins.SECONDS) {
            int toSecond = (int) Math.min(Bins.SECONDS, untilSeconds - bin);
            BackfillBin.Rows rows = bins.rows(bin, toSecond, isDetailed);
            volumes.addAll(rows.volumes());
            interfaces.addAll(rows.interfaces());
        }
        store.write(new VolumeBatch(writer, 1, volumes, interfaces, List.of()));
    }
}
