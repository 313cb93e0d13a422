// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.Topology;

/** Which exporter a certificate belongs to, by the registry of the moment. */
final class Fingerprints {
    private volatile Map<String, String> exporters;

    Fingerprints(Topology topology) {
        use(topology);
    }

    void use(Topology topology) {
        Map<String, String> byFingerprint = new HashMap<>();
        for (Exporter exporter : topology.exporters()) {
            if (!exporter.certificateFingerprint().isEmpty()) {
                byFingerprint.put(exporter.certificateFingerprint(), exporter.id());
            }
        }
        exporters = Map.copyOf(byFingerprint);
    }

    Optional<String> exporterOf(String fingerprint) {
        return Optional.ofNullable(exporters.get(fingerprint));
    }
}
