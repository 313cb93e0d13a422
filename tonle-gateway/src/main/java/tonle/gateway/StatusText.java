// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import static tonle.gateway.FlatJson.quoted;

import java.util.stream.Collectors;
import tonle.portal.GatewayStatus;
import tonle.traffic.exporter.Conservation;
import tonle.traffic.store.StoreHealth;

/** The state of a gateway as JSON, for the command line and for watching programs. */
final class StatusText {
    private StatusText() {}

    static String json(RunningGateway gateway) {
        GatewayStatus status = gateway.status();
        StoreHealth store = gateway.store().health();
        Conservation sums = gateway.meter().conservation();
        String trouble = gateway.storeTrouble().isEmpty() ? store.trouble() : gateway.storeTrouble();
        return """
                {"version": %s, "demo": %b, "process": %d, "gateway": %s,
                 "configuration": {"file": %s, "version": %d, "readMillis": %d, "trouble": %s},
                 "startedMillis": %d, "pagesPort": %d, "troubles": [%s],
                 "listeners": [
                %s],
                 "store": {"writable": %b, "trouble": %s, "octets": %d, "writtenBatches": %d, "repeatedBatches": %d, "setAsideBatches": %d},
                 "conservation": {"decoded": %d, "booked": %d, "underWay": %d, "held": %d, "setAside": %d, \
                "rejected": %d, "refused": %d, "holds": %b}}
                """.formatted(
                        quoted(status.version()),
                        status.demo(),
                        ProcessHandle.current().pid(),
                        quoted(gateway.topology().gatewayName()),
                        quoted(status.configurationFile()),
                        gateway.topology().version(),
                        status.reloadedMillis(),
                        quoted(status.reloadTrouble()),
                        status.startedMillis(),
                        gateway.portalPort(),
                        status.troubles().stream().map(FlatJson::quoted).collect(Collectors.joining(", ")),
                        status.listeners().stream().map(StatusText::listener).collect(Collectors.joining(",\n")),
                        trouble.isEmpty() && store.writable(),
                        quoted(trouble),
                        store.sizeOctets(),
                        store.writtenBatches(),
                        store.repeatedBatches(),
                        gateway.batchesSetAside(),
                        sums.decoded(),
                        sums.booked(),
                        sums.underWay(),
                        sums.held(),
                        sums.setAside(),
                        sums.rejected(),
                        sums.refused(),
                        sums.holds());
    }

    private static String listener(GatewayStatus.Listener each) {
        return """
                  {"name": %s, "transport": %s, "port": %d, "bufferAskedOctets": %d, "bufferGotOctets": %d, \
                "received": %d, "kernelDropped": %d, "queueDropped": %d, "queueLength": %d, "connections": %d, \
                "awaitsCertificate": %b, "trouble": %s}""".formatted(
                        quoted(each.name()),
                        quoted(each.transport()),
                        each.port(),
                        each.bufferAskedOctets(),
                        each.bufferGotOctets(),
                        each.received(),
                        each.kernelDropped(),
                        each.queueDropped(),
                        each.queueLength(),
                        each.connections(),
                        each.awaitsCertificate(),
                        quoted(each.trouble()));
    }
}
