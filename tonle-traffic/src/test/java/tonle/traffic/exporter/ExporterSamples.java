// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.util.List;
import tonle.base.DeviceAddress;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.Topology;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.Template;

/** One exporter and one template of it. */
final class ExporterSamples {
    static final DeviceAddress ROUTER = DeviceAddress.parse("192.0.2.1").orElseThrow();

    private ExporterSamples() {}

    static Topology topology() {
        Exporter router = new Exporter(
                "R1",
                "PNH",
                List.of(ROUTER),
                List.of(),
                ExporterKind.INGRESS,
                1,
                List.of(),
                false,
                false,
                300,
                false,
                "");
        return new Topology(1, "test", List.of(), List.of(), List.of(), List.of(router));
    }

    static Template template() {
        return Template.of(
                FlowProtocol.IPFIX, 5, 300, false, 0, new int[] {8, 1}, new int[] {0, 29_305}, new int[] {4, 8});
    }
}
