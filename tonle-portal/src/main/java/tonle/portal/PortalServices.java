// SPDX-License-Identifier: Apache-2.0
package tonle.portal;

import java.util.function.Supplier;
import tonle.base.power.Clock;
import tonle.traffic.exporter.MeterView;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.topology.OriginTable;
import tonle.traffic.topology.Topology;

/**
 * All that pages may ask: handed in by whoever wires the gateway, so that this room opens nothing by itself.
 *
 * @param topology who is connected now; asked anew for each page
 * @param status what only the running gateway knows of itself; asked anew for each page
 */
public record PortalServices(
        TrafficStore store,
        MeterView meter,
        Supplier<Topology> topology,
        Supplier<OriginTable> origins,
        Clock clock,
        Enrolment enrolment,
        Supplier<GatewayStatus> status) {}
