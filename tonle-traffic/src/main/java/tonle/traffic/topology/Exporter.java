// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

import java.util.List;
import tonle.base.DeviceAddress;

/**
 * A device that sends flow data and was taken in by a person.
 *
 * @param addresses the addresses that it sends from
 * @param agents sFlow agent addresses of other exporters that it passes datagrams on for; others it may not speak for
 * @param defaultRate used where nothing else gives a rate (flows.md 4.5, sixth in order); 0 for none
 * @param scalesItself the exporter multiplies by its rate before it sends (Open vSwitch): never scaled again
 * @param countsLayer2 its octets include the Ethernet header: shown beside every volume
 * @param activeTimeoutSeconds the longest that a flow may have lasted when its record comes
 * @param refusesPersonal whether templates with person-like elements are refused as a whole, by policy
 * @param certificateFingerprint SHA-256 of its certificate for IPFIX over TLS in hexadecimal digits, or empty
 */
public record Exporter(
        String id,
        String site,
        List<DeviceAddress> addresses,
        List<DeviceAddress> agents,
        ExporterKind kind,
        long defaultRate,
        List<RateOverride> overrides,
        boolean scalesItself,
        boolean countsLayer2,
        int activeTimeoutSeconds,
        boolean refusesPersonal,
        String certificateFingerprint) {
    public Exporter {
        addresses = List.copyOf(addresses);
        agents = List.copyOf(agents);
        overrides = List.copyOf(overrides);
    }
}
