// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import tonle.base.DeviceAddress;

/**
 * The header of one message, the same object for each: read it during the event. Filled by the decoder.
 * Absent values are -1.
 */
public final class MessageHeader {
    FlowProtocol protocol;
    int sizeOctets;
    long exportMillis;
    long sequence;
    long domain;
    long uptimeMillis;
    int recordCount;
    int samplingMode;
    int samplingInterval;
    long agentHigh;
    long agentLow;
    int agentIpVersion;

    MessageHeader() {}

    public FlowProtocol protocol() {
        return protocol;
    }

    public int sizeOctets() {
        return sizeOctets;
    }

    /** When the exporter says that it sent this, in milliseconds since 1970; -1 for sFlow, which has no such field. */
    public long exportMillis() {
        return exportMillis;
    }

    /** v5: flows; v9: datagrams; IPFIX: data records before this message; sFlow: datagrams. Modulo 2^32. */
    public long sequence() {
        return sequence;
    }

    /** IPFIX observation domain, v9 source id, v5 engine type * 256 + engine id, sFlow sub-agent. */
    public long domain() {
        return domain;
    }

    /** Milliseconds since the exporter started (v5, v9, sFlow), modulo 2^32; -1 for IPFIX. */
    public long uptimeMillis() {
        return uptimeMillis;
    }

    /** The count that the header states (v5, v9: records; sFlow: samples); -1 for IPFIX. Often wrong in v9. */
    public int recordCount() {
        return recordCount;
    }

    /** v5: the sampling mode (top two bits); -1 elsewhere. */
    public int samplingMode() {
        return samplingMode;
    }

    /** v5: the sampling interval (low 14 bits), 0 and 1 mean unsampled; -1 elsewhere. */
    public int samplingInterval() {
        return samplingInterval;
    }

    /** sFlow: 4 or 6; 0 elsewhere. */
    public int agentIpVersion() {
        return agentIpVersion;
    }

    /** sFlow: the agent's own address, a device address. Allocates: not for the hot path. */
    public DeviceAddress agentAddress() {
        return new DeviceAddress(agentIpVersion, agentHigh, agentLow);
    }

    public long agentHigh() {
        return agentHigh;
    }

    public long agentLow() {
        return agentLow;
    }
}
