// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

/**
 * An interface that carries a link.
 *
 * @param exporter the exporter's id
 * @param interfaceIndex ifIndex (RFC 2863), 1 to 4,294,967,295
 * @param metered whether volumes of the link are booked here; the other end of the same link is seen, not counted
 */
public record LinkPort(String exporter, long interfaceIndex, boolean metered) {}
