// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Map<Certified, Source> certified = new HashMap<>();
    private final Set<Source> all = new LinkedHashSet<>();
    private final Map<DeviceAddress, Exporter> byAddress = new HashMap<>();
    private final Map<String, Exporter> byId = new HashMap<>();
    private final WaitingRooms waiting;
    private final ExporterMemory memory;
    private final int unknownMax;
    private final int sessionsPerSourceMax;
    private int unknownCount;
    private long refusedDatagrams;

    /** Who its certificate says it is, at the address from which it came. */
    private record Certified(DeviceAddress address, String exporterId) {}

    public Sources(WaitingRooms waiting, ExporterMemory memory, int unknownMax, int sessionsPerSourceMax) {
        this.waiting = waiting;
        this.memory = memory;
        this.unknownMax = unknownMax;
        this.sessionsPerSourceMax = sessionsPerSourceMax;
    }

    /**
     * Who is known now; sessions and templates stay, whoever their device turns out to be. An address that was taken
     * from an exporter is a stranger's again.
     */
    public void use(Topology topology) {
        byAddress.clear();
        byId.clear();
        for (Exporter exporter : topology.exporters()) {
            byId.put(exporter.id(), exporter);
            exporter.addresses().forEach(address -> byAddress.put(address, exporter));
        }
        unknownCount = 0;
        for (Source source : sources.values()) {
            source.exporter(byAddress.get(source.address()));
            unknownCount += source.exporter() == null ? 1 : 0;
        }
        certified.forEach((name, source) -> source.exporter(byId.get(name.exporterId())));
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

    /**
     * The device behind a connection; {@code exporterId} is whom its certificate names, or empty. A certificate speaks
     * for its connection alone: what comes from the same address without it is still what that address is known as.
     */
    public Source of(DeviceAddress address, String exporterId) {
        return exporterId.isEmpty()
                ? of(address)
                : certified.computeIfAbsent(new Certified(address, exporterId), this::addCertified);
    }

    private Source addCertified(Certified name) {
        Source source = new Source(name.address(), byId.get(name.exporterId()), true);
        all.add(source);
        return source;
    }

    private Source add(DeviceAddress address, Exporter exporter) {
        if (exporter == null && unknownCount >= unknownMax) {
            refusedDatagrams++;
            return null;
        }
        Source source = new Source(address, exporter, false);
        all.add(source);
        unknownCount += exporter == null ? 1 : 0;
        sources.put(address, source);
        memory.recall(source, this);
        return source;
    }

    /**
     * Unknown devices that fell silent make room, and so do certified ones that have hung up where there are more of
     * them than exporters. To be called at each tick.
     */
    public void tick(long nowMillis) {
        if (certified.size() > byId.size()) {
            certified
                    .values()
                    .removeIf(source -> source.sessions.size() == 0
                            && nowMillis - source.lastHeardMillis > UNKNOWN_IDLE_MILLIS
                            && all.remove(source));
        }
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
            all.remove(source);
            unknownCount--;
        }
    }

    public Collection<Source> all() {
        return Collections.unmodifiableSet(all);
    }

    /** Datagrams of unknown addresses for which there was no place. */
    public long refusedDatagrams() {
        return refusedDatagrams;
    }

    WaitingRooms waiting() {
        return waiting;
    }

    int sessionsPerSourceMax() {
        return sessionsPerSourceMax;
    }
}
