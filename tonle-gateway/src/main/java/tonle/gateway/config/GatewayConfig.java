// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import tonle.traffic.store.Retention;

/**
 * All of the configuration that is not {@link tonle.traffic.topology.Topology}.
 *
 * @param watchesFiles a changed file is taken in without an order
 */
public record GatewayConfig(
        Tables tables,
        Listen listen,
        Portal portal,
        Database database,
        Retention retention,
        Policies policies,
        boolean watchesFiles) {
    /** Files that name the rest of the world. */
    public record Tables(List<Path> origins, List<Path> rirStatistics) {
        public Tables {
            origins = List.copyOf(origins);
            rirStatistics = List.copyOf(rirStatistics);
        }
    }

    /**
     * Where flow data comes in, and with what room.
     *
     * @param workers threads that decode; 0 lets the machine's processors decide
     * @param receiveBufferKib asked of the system for each UDP socket
     * @param queueKib between receiving and decoding, for each worker
     * @param sessions TCP and TLS sessions at a time
     * @param idleSeconds after which a silent session is closed
     */
    public record Listen(
            List<ListenSocket> udp,
            List<ListenSocket> tcp,
            List<ListenSocket> tls,
            int workers,
            int receiveBufferKib,
            int queueKib,
            int sessions,
            int idleSeconds) {
        public Listen {
            udp = List.copyOf(udp);
            tcp = List.copyOf(tcp);
            tls = List.copyOf(tls);
        }
    }

    /**
     * The pages.
     *
     * @param port on the loopback addresses
     * @param dataLicence what exports carry
     * @param enrolByPage whether a page may take exporters in
     */
    public record Portal(int port, ZoneId zone, String dataLicence, boolean enrolByPage) {}

    /**
     * Where registry, people and audit are kept.
     *
     * @param url of a server of others; empty: an embedded one
     * @param passwordFile with the URL
     */
    public record Database(String url, Optional<Path> passwordFile, int connections) {}

    /**
     * What the gateway decides for itself.
     *
     * @param refusePersonal templates with elements that name people are refused whole
     * @param nestedPrefixes an operator's prefix may lie inside another's
     */
    public record Policies(boolean refusePersonal, boolean nestedPrefixes) {}
}
