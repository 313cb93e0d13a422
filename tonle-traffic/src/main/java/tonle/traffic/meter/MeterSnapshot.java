// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import java.util.List;
import java.util.Map;
import tonle.traffic.exporter.BadDatagram;
import tonle.traffic.exporter.Conservation;
import tonle.traffic.exporter.ExporterHealth;
import tonle.traffic.reconcile.Finding;

/**
 * What one worker knew at its last tick: immutable, read by any thread.
 *
 * @param refusedSourceDatagrams datagrams of addresses for which there was no place
 * @param rejected records that could not be booked, by the rule that says why
 * @param mergedByBound records that joined {@code other} because their bin had no room for another cell
 * @param shedRows rows given up because the store took none and the bound was reached
 * @param heldFlows flows in memory: open bins and rests below ten
 */
public record MeterSnapshot(
        int worker,
        long atMillis,
        List<ExporterHealth> exporters,
        List<BadDatagram> badDatagrams,
        List<Finding> findings,
        Conservation conservation,
        Map<Rejection, Long> rejected,
        long refusedSourceDatagrams,
        long mergedByBound,
        long shedRows,
        long heldFlows) {
    public MeterSnapshot {
        exporters = List.copyOf(exporters);
        badDatagrams = List.copyOf(badDatagrams);
        findings = List.copyOf(findings);
        rejected = Map.copyOf(rejected);
    }

    static MeterSnapshot empty(int worker) {
        return new MeterSnapshot(worker, 0, List.of(), List.of(), List.of(), Conservation.ZERO, Map.of(), 0, 0, 0, 0);
    }
}
