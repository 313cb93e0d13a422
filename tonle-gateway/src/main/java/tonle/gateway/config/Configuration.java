// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import java.nio.file.Path;
import java.util.List;
import tonle.traffic.topology.Topology;

/**
 * A configuration that is whole and consistent.
 *
 * @param files what it was read from: the main file first, then those of taken-in exporters; empty for the defaults
 */
public record Configuration(Topology topology, GatewayConfig gateway, List<Path> files) {
    public Configuration {
        files = List.copyOf(files);
    }
}
