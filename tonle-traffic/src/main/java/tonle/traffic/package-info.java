// SPDX-License-Identifier: Apache-2.0
/**
 * Metering: from windows on datagrams to exact volumes by (bin, link, direction, member, remote AS, IP version,
 * protocol class), and no finer key. Datagrams come in from the gateway's listeners; rows go out to a {@link
 * tonle.traffic.store.TrafficStore}. flows.md sections 4.4, 4.5 and 4.7 rule in spirit; see docs/ARCHITECTURE.md.
 */
package tonle.traffic;
