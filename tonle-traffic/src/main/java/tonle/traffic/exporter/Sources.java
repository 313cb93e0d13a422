// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tonle.base.DeviceAddress;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.Topology;

/**
 * Every device that a worker hears of. Those that a person took in always have a place; of the unknown ones a bounded
 * number is looked at, so that a flood of forged addresses takes neither memory nor time.
 */
public final class Sources {
    private static final long UNKNOWN_IDLE_MILLIS = 300_000;

    private final Map<DeviceAddress, Source> sources = new HashMap<>();
    private final Map<DeviceAddress, Exporter> byAddress = new HashMap<>();
    private final Map<String, Exporter> byId = new HashMap<>();
    private final WaitingRoom waiting;
    private final ExporterMemory memory;
    private final int unknownMax;
    private final int sessionsPerSourceMax;
    private int unknownCount;
    private long refusedDatagrams;

    public Sources(WaitingRoom waiting, ExporterMemory memory, int unknownMax, int sessionsPerSourceMax) {
        this.waiting = waiting;
        this.memory = memory;
        this.unknownMax = unknownMax;
        this.sessionsPerSourceMax = sessionsPerSourceMax;
    }

    /** Who is known now; sessions and templates stay, whoever their device turns out to be. */
    public void use(Topology topology) {
        byAddress.clear();
        byId.clear();
        for (Exporter exporter : topology.exporters()) {
            byId.put(exporter.id(), exporter);
            exporter.addresses().forEach(address -> byAddress.put(address, exporter));
        }
        unknownCount = 0;
        for (Source source : sources.values()) {
            Exporter before = source.exporter();
            Exporter same = before == null ? null : byId.get(before.id());
            Exporter known = byAddress.get(source.address());
            source.exporter(known != null ? known : same);
            unknownCount += source.exporter() == null ? 1 : 0;
        }
    }

    /** Whether an address belongs to a device that was taken in. */
    public boolean isKnown(DeviceAddress address) {
        return byAddress.containsKey(address);
    }

    /** The device at {@code address}, or {@code null} where too many unknown ones are heard: then only counted. */
    public Source of(DeviceAddress address) {
        Source source = sources.get(address);
        return source != null ? source : add(address, byAddress.get(address));
    }

    /** The device behind a connection whose certificate names it. */
    public Source of(DeviceAddress address, String exporterId) {
        Source source = of(address);
        Exporter named = exporterId.isEmpty() ? null : byId.get(exporterId);
        if (source != null && named != null && source.exporter() != named) {
            unknownCount -= source.exporter() == null ? 1 : 0;
            source.exporter(named);
        }
        return source;
    }

    private Source add(DeviceAddress address, Exporter exporter) {
        if (exporter == null && unknownCount >= unknownMax) {
            refusedDatagrams++;
            return null;
        }
        Source source = new Source(address, exporter);
        unknownCount += exporter == null ? 1 : 0;
        sources.put(address, source);
        memory.recall(source, this);
        return source;
    }

    /** Unknown devices that fell silent make room. To be called at each tick. */
    public void tick(long nowMillis) {
        if (unknownCount == 0) {
            return;
        }
        List<Source> silent = new ArrayList<>();
        for (Source source : sources.values()) {
            boolean idle = nowMillis - source.lastHeardMillis > UNKNOWN_IDLE_MILLIS;
            if (source.exporter() == null && idle && unknownCount > unknownMax / 2) {
                silent.add(source);
            }
        }
        for (Source source : silent) {
            source.sessions.forEach(waiting::dropAll);
            sources.remove(source.address());
            unknownCount--;
        }
    }

    public Collection<Source> all() {
        return sources.values();
    }

    /** Datagrams of unknown addresses for which there was no place. */
    public long refusedDatagrams() {
        return refusedDatagrams;
    }

    WaitingRoom waiting() {
        return waiting;
    }

    int sessionsPerSourceMax() {
        return sessionsPerSourceMax;
    }
}
