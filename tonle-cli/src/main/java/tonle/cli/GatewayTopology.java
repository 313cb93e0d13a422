// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tonle.gateway.config.Configuration;
import tonle.gateway.config.ConfigurationFile;
import tonle.traffic.account.Placement;
import tonle.traffic.account.TopologyPlacement;
import tonle.traffic.topology.FileOriginTable;

/**
 * Reads a gateway's configuration for an offline account. A class of its own, so that other accounts load none of it.
 */
final class GatewayTopology {
    private GatewayTopology() {}

    static Placement of(Path file) throws IOException {
        Configuration configuration = ConfigurationFile.read(file, 1);
        List<Path> tables = new ArrayList<>(configuration.gateway().tables().origins());
        tables.addAll(configuration.gateway().tables().rirStatistics());
        return new TopologyPlacement(configuration.topology(), FileOriginTable.read(tables));
    }
}
