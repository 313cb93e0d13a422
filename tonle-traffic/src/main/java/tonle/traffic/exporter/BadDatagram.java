// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import tonle.wire.Fault;

/**
 * One damaged datagram as it may be kept: at most one a minute for each (source, fault).
 *
 * @param dissection the field tree as text, header fields, template ids, offset and fault; octets of data sets hidden
 */
public record BadDatagram(
        String address, long atMillis, Fault fault, long offsetOctets, int sizeOctets, String dissection) {}
