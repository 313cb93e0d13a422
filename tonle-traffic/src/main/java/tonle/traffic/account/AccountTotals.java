// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.util.EnumMap;
import java.util.Map;
import tonle.wire.Fault;
import tonle.wire.flow.FlowProtocol;

/** The sums of an account, with the meanings that docs/DATA.md gives each name. */
public final class AccountTotals {
    /** NetFlow v5, v9 and IPFIX records. {@code scaled…} are of both directions, multiplied by the sampling rate. */
    public record Flows(
            long records,
            long octets,
            long packets,
            long reverseOctets,
            long reversePackets,
            long scaledOctets,
            long scaledPackets,
            long recordsWithoutRate) {
        public long totalOctets() {
            return octets + reverseOctets;
        }

        public long totalPackets() {
            return packets + reversePackets;
        }
    }

    /**
     * sFlow flow samples: {@code octets} are those of frames, {@code ipTotalLength} those that their IP headers state.
     */
    public record Samples(
            long samples,
            long octets,
            long scaledOctets,
            long scaledPackets,
            long ipTotalLength,
            long ipTotalLengthScaled,
            long samplesWithoutRate,
            long counterSamples,
            long discardedPackets) {}

    /** Records that carry a section of a frame (RFC 7133) in place of counters: each is one packet. */
    public record Frames(long frames, long octets, long packets) {}

    public record Templates(
            long templateRecords,
            long optionsTemplateRecords,
            long distinctTemplates,
            long distinctOptionsTemplates,
            long withdrawals,
            long withPersonalElements) {}

    /**
     * Data sets that could not be read for lack of a template.
     *
     * @param beforeTemplate of these, the template came later
     * @param elsewhere of these, another port of the same exporter had sent one
     */
    public record SetsWithoutTemplate(long sets, long beforeTemplate, long elsewhere) {}

    final Map<FlowProtocol, Long> datagrams = new EnumMap<>(FlowProtocol.class);
    final Map<FlowProtocol, Long> lost = new EnumMap<>(FlowProtocol.class);
    final Map<Fault, Long> malformed = new EnumMap<>(Fault.class);
    Flows flows;
    Samples samples;
    Frames frames;
    Templates templates;
    SetsWithoutTemplate setsWithoutTemplate;
    long optionsRecords;
    long refused;
    long otherDatagrams;

    AccountTotals() {}

    /** Messages by protocol: for IPFIX each message, else each datagram. */
    public Map<FlowProtocol, Long> datagrams() {
        return Map.copyOf(datagrams);
    }

    /** What never came by the exporters' own sequence numbers: records (NetFlow v5, IPFIX) or datagrams (v9, sFlow). */
    public Map<FlowProtocol, Long> lost() {
        return Map.copyOf(lost);
    }

    public long lostCount() {
        return lost.values().stream().mapToLong(Long::longValue).sum();
    }

    public Map<Fault, Long> malformed() {
        return malformed.isEmpty() ? Map.of() : new EnumMap<>(malformed);
    }

    public Flows flows() {
        return flows;
    }

    public Samples samples() {
        return samples;
    }

    public Frames frames() {
        return frames;
    }

    public Templates templates() {
        return templates;
    }

    public SetsWithoutTemplate setsWithoutTemplate() {
        return setsWithoutTemplate;
    }

    public long optionsRecords() {
        return optionsRecords;
    }

    /** Records that were read and not taken: their session came after as many as may be kept. */
    public long refused() {
        return refused;
    }

    /** Datagrams of the capture that are no flow export. */
    public long otherDatagrams() {
        return otherDatagrams;
    }

    /** Flow records and flow samples. */
    public long flowRecords() {
        return flows.records() + samples.samples();
    }
}
