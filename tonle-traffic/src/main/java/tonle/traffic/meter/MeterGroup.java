// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tonle.base.DeviceAddress;
import tonle.traffic.exporter.BadDatagram;
import tonle.traffic.exporter.Conservation;
import tonle.traffic.exporter.ExporterHealth;
import tonle.traffic.exporter.MeterView;
import tonle.traffic.reconcile.Finding;

/** All workers of a gateway as one view: gathers their snapshots, which they replace at each tick. Takes no lock. */
public final class MeterGroup implements MeterView {
    private static final int BAD_DATAGRAMS_MAX = 32;

    private final List<Meter> meters;
    private final DropCounts drops;

    public MeterGroup(List<Meter> meters, DropCounts drops) {
        this.meters = List.copyOf(meters);
        this.drops = drops;
    }

    /** The newest snapshot of each worker. */
    public List<MeterSnapshot> snapshots() {
        return meters.stream().map(Meter::snapshot).toList();
    }

    @Override
    public List<ExporterHealth> exporters() {
        List<ExporterHealth> all = new ArrayList<>();
        for (Meter meter : meters) {
            for (ExporterHealth health : meter.snapshot().exporters()) {
                all.add(withDrops(health));
            }
        }
        all.sort(Comparator.comparing((ExporterHealth h) -> h.id().isEmpty())
                .thenComparing(ExporterHealth::id)
                .thenComparing(ExporterHealth::address));
        return all;
    }

    @Override
    public List<BadDatagram> badDatagrams(String address) {
        return meters.stream()
                .flatMap(meter -> meter.snapshot().badDatagrams().stream())
                .filter(bad -> bad.address().equals(address))
                .sorted(Comparator.comparingLong(BadDatagram::atMillis).reversed())
                .limit(BAD_DATAGRAMS_MAX)
                .toList();
    }

    @Override
    public List<Finding> findings() {
        return meters.stream()
                .flatMap(meter -> meter.snapshot().findings().stream())
                .sorted(Comparator.comparingDouble(
                        (Finding f) -> -Math.abs(Math.log(Math.clamp(f.ratio(), 1e-9, 1e9)))))
                .toList();
    }

    @Override
    public Conservation conservation() {
        Conservation sum = Conservation.ZERO;
        for (Meter meter : meters) {
            sum = sum.plus(meter.snapshot().conservation());
        }
        return sum;
    }

    private ExporterHealth withDrops(ExporterHealth h) {
        DeviceAddress address = DeviceAddress.parse(h.address()).orElse(null);
        if (address == null) {
            return h;
        }
        return new ExporterHealth(
                h.id(),
                h.address(),
                h.protocols(),
                h.firstHeardMillis(),
                h.lastHeardMillis(),
                h.datagrams(),
                h.records(),
                h.samples(),
                h.lost(),
                h.reordered(),
                h.restarts(),
                drops.kernelDropped(address),
                drops.queueDropped(address),
                h.waitingSets(),
                h.waitingDropped(),
                h.refusedTemplates(),
                h.unscaledRecords(),
                h.skewMillis(),
                h.stated(),
                h.sampling(),
                h.templates(),
                h.faults(),
                h.alarms());
    }
}
