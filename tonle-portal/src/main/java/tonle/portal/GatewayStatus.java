// SPDX-License-Identifier: Apache-2.0
package tonle.portal;

import java.util.List;

/**
 * What the running gateway says of itself: a snapshot, device facts only.
 *
 * @param version of the software
 * @param demo whether this is the demonstration country: pages say so in a banner
 * @param configurationFile the file that rules, as a path
 * @param startedMillis since 1970
 * @param reloadedMillis when the configuration was last read, since 1970
 * @param reloadTrouble why the last reload was refused, in words, or empty
 * @param troubles what else of the gateway as a whole is not as it should be, in words
 */
public record GatewayStatus(
        String version,
        boolean demo,
        String configurationFile,
        long startedMillis,
        long reloadedMillis,
        String reloadTrouble,
        List<String> troubles,
        List<Listener> listeners) {
    public GatewayStatus {
        troubles = List.copyOf(troubles);
        listeners = List.copyOf(listeners);
    }

    /**
     * One socket that takes flow data in.
     *
     * @param name as configured
     * @param transport {@code udp}, {@code tcp} or {@code tls}
     * @param address the local address it is bound to
     * @param bufferAskedOctets receive buffer asked of the system, 0 where it does not apply
     * @param bufferGotOctets what the system gave
     * @param received datagrams (udp) or messages (tcp, tls)
     * @param kernelDropped dropped by the system before they could be read, -1 where it cannot be told
     * @param queueDropped dropped because the queue to the workers was full
     * @param queueCapacity what the queue to the workers holds at most
     * @param connections open now (tcp, tls)
     * @param awaitsCertificate not open because the gateway has no certificate yet: a choice, no trouble
     * @param trouble why it does not listen, or empty
     */
    public record Listener(
            String name,
            String transport,
            String address,
            int port,
            long bufferAskedOctets,
            long bufferGotOctets,
            long received,
            long kernelDropped,
            long queueDropped,
            int queueLength,
            int queueCapacity,
            int connections,
            boolean awaitsCertificate,
            String trouble) {}
}
