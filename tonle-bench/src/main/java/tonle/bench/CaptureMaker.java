// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import tonle.base.DeviceAddress;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.IpfixEncoder;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.PacketSpec;
import tonle.wire.flow.encode.RecordWriter;
import tonle.wire.flow.encode.SflowEncoder;
import tonle.wire.flow.encode.TemplateSpec;

/**
 * Makes the captures that are measured: as many records as asked for, in datagrams of at most 1,450 octets, templates
 * again every 512 datagrams. The same seed makes the same file.
 */
final class CaptureMaker {
    private static final int DATAGRAM_OCTETS_MAX = 1_450;
    private static final int TEMPLATE_EVERY_DATAGRAMS = 512;
    static final int UPTIME_START_MILLIS = 86_400_000;
    /** Saturday, 2 January 2027, 00:00 UTC. */
    private static final long START_MILLIS = 1_798_848_000_000L;

    private static final long SPAN_MILLIS = 3_600_000;
    private static final int SAMPLE_OCTETS = 270;
    /** sFlow counts the Ethernet check sequence too. */
    private static final int CHECK_SEQUENCE_OCTETS = 4;

    private static final int SAMPLING_RATE = 1_000;

    private static final MemorySegment NEXT_HOP = MemorySegment.ofArray(new byte[] {(byte) 192, 0, 2, 9});

    private final FlowModel model;
    private final long recordCount;
    private final long spanMillis;

    CaptureMaker(FlowModel model, long recordCount) {
        this(model, recordCount, SPAN_MILLIS);
    }

    /** @param spanMillis how long the traffic in the capture took */
    CaptureMaker(FlowModel model, long recordCount, long spanMillis) {
        this.model = model;
        this.recordCount = recordCount;
        this.spanMillis = spanMillis;
    }

    /** Twenty fields, all numbers of four octets or less: what most routers send. */
    static TemplateSpec netflow9Template(int id, boolean isIpv6) {
        return template(id, isIpv6, 4).field(Slot.FLOW_START_SYS_UP_TIME, 4).field(Slot.FLOW_END_SYS_UP_TIME, 4);
    }

    /** The same with counters and times of eight octets. */
    static TemplateSpec ipfixTemplate(int id, boolean isIpv6) {
        return template(id, isIpv6, 8).field(Slot.FLOW_START_MILLISECONDS, 8).field(Slot.FLOW_END_MILLISECONDS, 8);
    }

    private static TemplateSpec template(int id, boolean isIpv6, int counterOctets) {
        return TemplateSpec.data(id)
                .field(isIpv6 ? Slot.SOURCE_IPV6_ADDRESS : Slot.SOURCE_IPV4_ADDRESS, isIpv6 ? 16 : 4)
                .field(isIpv6 ? Slot.DESTINATION_IPV6_ADDRESS : Slot.DESTINATION_IPV4_ADDRESS, isIpv6 ? 16 : 4)
                .field(0, isIpv6 ? 62 : 15, isIpv6 ? 16 : 4)
                .field(Slot.INGRESS_INTERFACE, 4)
                .field(Slot.EGRESS_INTERFACE, 4)
                .field(Slot.PACKET_DELTA_COUNT, counterOctets)
                .field(Slot.OCTET_DELTA_COUNT, counterOctets)
                .field(0, 7, 2)
                .field(0, 11, 2)
                .field(0, 6, 1)
                .field(Slot.PROTOCOL_IDENTIFIER, 1)
                .field(0, 5, 1)
                .field(Slot.FLOW_DIRECTION, 1)
                .field(Slot.BGP_SOURCE_AS_NUMBER, 4)
                .field(Slot.BGP_DESTINATION_AS_NUMBER, 4)
                .field(isIpv6 ? Slot.SOURCE_IPV6_PREFIX_LENGTH : Slot.SOURCE_IPV4_PREFIX_LENGTH, 1)
                .field(isIpv6 ? Slot.DESTINATION_IPV6_PREFIX_LENGTH : Slot.DESTINATION_IPV4_PREFIX_LENGTH, 1)
                .field(Slot.FORWARDING_STATUS, 1);
    }

    /** What both protocols with templates can do for one exporter and one template. */
    private interface Sender {
        void begin(long millis, boolean hasTemplate);

        boolean isFull();

        RecordWriter record();

        MemorySegment end();
    }

    private record Netflow9Sender(Netflow9Encoder encoder, TemplateSpec spec) implements Sender {
        @Override
        public void begin(long millis, boolean hasTemplate) {
            encoder.begin(millis, uptimeMillis(millis));
            if (hasTemplate) {
                encoder.template(spec);
            }
        }

        @Override
        public boolean isFull() {
            return !encoder.fits(spec, spec.recordSizeOctetsMin());
        }

        @Override
        public RecordWriter record() {
            return encoder.record(spec);
        }

        @Override
        public MemorySegment end() {
            return encoder.end();
        }
    }

    private record IpfixSender(IpfixEncoder encoder, TemplateSpec spec) implements Sender {
        @Override
        public void begin(long millis, boolean hasTemplate) {
            encoder.begin(millis);
            if (hasTemplate) {
                encoder.template(spec);
            }
        }

        @Override
        public boolean isFull() {
            return !encoder.fits(spec, spec.recordSizeOctetsMin());
        }

        @Override
        public RecordWriter record() {
            return encoder.record(spec);
        }

        @Override
        public MemorySegment end() {
            return encoder.end();
        }
    }

    void netflow9(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Sender[] senders = new Sender[FlowModel.EXPORTER_COUNT * 2];
            for (int index = 0; index < senders.length; index++) {
                boolean isIpv6 = index % 2 == 1;
                senders[index] = new Netflow9Sender(
                        new Netflow9Encoder(arena.allocate(DATAGRAM_OCTETS_MAX), 1 + index % 2),
                        netflow9Template(isIpv6 ? 257 : 256, isIpv6));
            }
            send(senders, path, 2055, true);
        }
    }

    void ipfix(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Sender[] senders = new Sender[FlowModel.EXPORTER_COUNT * 2];
            for (int index = 0; index < senders.length; index++) {
                boolean isIpv6 = index % 2 == 1;
                senders[index] = new IpfixSender(
                        new IpfixEncoder(arena.allocate(DATAGRAM_OCTETS_MAX), 1 + index % 2),
                        ipfixTemplate(isIpv6 ? 257 : 256, isIpv6));
            }
            send(senders, path, 4739, false);
        }
    }

    private void send(Sender[] senders, Path path, int port, boolean isUptime) throws IOException {
        long[] begun = new long[senders.length];
        try (PcapWriter file = new PcapWriter(path)) {
            for (long count = 0; count < recordCount; count++) {
                model.next();
                long millis = START_MILLIS + count * spanMillis / recordCount;
                int index = model.exporter * 2 + (model.isIpv6 ? 1 : 0);
                Sender sender = senders[index];
                boolean isFull = begun[index] > 0 && sender.isFull();
                if (isFull) {
                    file.write(sender.end(), model.exporter, port, millis);
                }
                if (isFull || begun[index] == 0) {
                    sender.begin(millis, begun[index]++ % TEMPLATE_EVERY_DATAGRAMS == 0);
                }
                long end = (isUptime ? uptimeMillis(millis) : millis) - 1_000;
                common(sender.record()).number(end - model.durationMillis).number(end);
            }
            for (int index = 0; index < senders.length; index++) {
                if (begun[index] > 0) {
                    file.write(senders[index].end(), index / 2, port, START_MILLIS + spanMillis);
                }
            }
        }
    }

    private static long uptimeMillis(long millis) {
        return UPTIME_START_MILLIS + millis - START_MILLIS;
    }

    void sflow(Path path) throws IOException {
        try (PcapWriter file = new PcapWriter(path);
                Arena arena = Arena.ofConfined()) {
            SflowEncoder[] encoders = new SflowEncoder[FlowModel.EXPORTER_COUNT];
            long[] sequences = new long[encoders.length];
            for (int index = 0; index < encoders.length; index++) {
                DeviceAddress agent = new DeviceAddress(4, (0xC0000201L + index) << 32, 0);
                encoders[index] = new SflowEncoder(arena.allocate(DATAGRAM_OCTETS_MAX), agent, 0);
                encoders[index].begin(UPTIME_START_MILLIS);
            }
            for (long count = 0; count < recordCount; count++) {
                model.next();
                long millis = START_MILLIS + count * spanMillis / recordCount;
                SflowEncoder encoder = encoders[model.exporter];
                if (!encoder.fits(SAMPLE_OCTETS)) {
                    file.write(encoder.end(), model.exporter, 6343, millis);
                    encoder.begin(uptimeMillis(millis));
                }
                long sequence = ++sequences[model.exporter];
                PacketSpec packet = packet();
                model.count(packet.frameOctets() + CHECK_SEQUENCE_OCTETS);
                encoder.flowSample(
                                new SflowEncoder.Sampling(
                                        sequence, model.ingress, SAMPLING_RATE, sequence * SAMPLING_RATE, 0),
                                model.ingress,
                                model.egress)
                        .rawHeader(packet)
                        .routerPrefixes(24, 24)
                        .gateway(64_512, model.sourceAsn, model.destinationAsn);
            }
            for (int index = 0; index < encoders.length; index++) {
                file.write(encoders[index].end(), index, 6343, START_MILLIS + spanMillis);
            }
        }
    }

    private PacketSpec packet() {
        return new PacketSpec()
                .networks(model.source, model.destination)
                .hosts(model.host, model.host)
                .transport(model.protocol, model.sourcePort, model.destinationPort)
                .ipTotalOctets((int) (model.octets / model.packets))
                .sampledOctetsMin(128);
    }

    private RecordWriter common(RecordWriter record) {
        model.count(model.octets);
        return record.address(model.source, model.host)
                .address(model.destination, model.host)
                .octets(NEXT_HOP)
                .number(model.ingress)
                .number(model.egress)
                .number(model.packets)
                .number(model.octets)
                .number(model.sourcePort)
                .number(model.destinationPort)
                .number(0x18)
                .number(model.protocol)
                .number(0)
                .number(0)
                .number(model.sourceAsn)
                .number(model.destinationAsn)
                .number(24)
                .number(24)
                .number(0x40);
    }
}
