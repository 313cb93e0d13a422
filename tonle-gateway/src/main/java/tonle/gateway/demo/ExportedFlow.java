// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

/** One flow record as a simulated router writes it: counters already divided by its sampling rate. */
record ExportedFlow(
        int ipVersion,
        long source,
        long target,
        int sourceHost,
        int targetHost,
        Hop hop,
        int protocol,
        int sourcePort,
        int targetPort,
        long octets,
        long packets,
        long startMillis,
        long endMillis) {}
