// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import tonle.traffic.store.VolumeBatch;

/** Where a {@link Meter} hands its rows: a queue in front of the store, or the store itself. */
public interface BatchSink {
    /**
     * Takes the batch over, or refuses it now. A refused batch is offered again, unchanged, at the next tick; the store
     * recognises it by writer and sequence, so that nothing is written twice.
     *
     * @return whether the batch was taken
     */
    boolean offer(VolumeBatch batch);

    /**
     * The same, and {@code delivery} is told what becomes of a batch that was taken. A sink that is no queue has
     * written what it took.
     */
    default boolean offer(VolumeBatch batch, Delivery delivery) {
        boolean taken = offer(batch);
        if (taken) {
            delivery.written();
        }
        return taken;
    }
}
