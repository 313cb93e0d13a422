// SPDX-License-Identifier: Apache-2.0
package tonle.portal;

import java.util.Optional;
import java.util.function.Supplier;
import tonle.base.power.Clock;
import tonle.portal.proof.PublishedLog;
import tonle.registry.Registry;
import tonle.registry.audit.ActsInLog;
import tonle.registry.people.People;
import tonle.traffic.exporter.MeterView;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.topology.OriginTable;
import tonle.traffic.topology.Topology;

/**
 * All that pages may ask: handed in by whoever wires the gateway, so that this room opens nothing by itself.
 *
 * @param topology who is connected now; asked anew for each page
 * @param status what only the running gateway knows of itself; asked anew for each page
 * @param registry who is registered, who signs in and what they may do; empty while there is no database
 * @param log the public log; empty where this gateway keeps none
 */
public record PortalServices(
        TrafficStore store,
        MeterView meter,
        Supplier<Topology> topology,
        Supplier<OriginTable> origins,
        Clock clock,
        Enrolment enrolment,
        Supplier<GatewayStatus> status,
        Supplier<Optional<Registry>> registry,
        Optional<PublishedLog> log) {
    /** Without a log. */
    public PortalServices(
            TrafficStore store,
            MeterView meter,
            Supplier<Topology> topology,
            Supplier<OriginTable> origins,
            Clock clock,
            Enrolment enrolment,
            Supplier<GatewayStatus> status,
            Supplier<Optional<Registry>> registry) {
        this(store, meter, topology, origins, clock, enrolment, status, registry, Optional.empty());
    }

    /** Without a registry: nobody signs in, and reading is open on loopback. */
    public PortalServices(
            TrafficStore store,
            MeterView meter,
            Supplier<Topology> topology,
            Supplier<OriginTable> origins,
            Clock clock,
            Enrolment enrolment,
            Supplier<GatewayStatus> status) {
        this(store, meter, topology, origins, clock, enrolment, status, Optional::empty);
    }

    /** What the log holds of acts, to check the audit by. */
    public ActsInLog acts() {
        return log.map(PublishedLog::acts).orElse(ActsInLog.NONE);
    }

    /** The people of the registry; empty while there is no database. */
    public Optional<People> people() {
        return registry.get().map(Registry::people);
    }

    /** Whether pages may be read without signing in: nobody could yet, or it is the demonstration. */
    public boolean isReadingOpen() {
        Optional<People> people = people();
        return people.isEmpty() || status.get().demo() || !people.get().isFounded();
    }
}
