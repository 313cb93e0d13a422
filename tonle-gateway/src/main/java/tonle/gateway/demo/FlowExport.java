// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.lang.foreign.MemorySegment;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.IpfixEncoder;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.RecordWriter;
import tonle.wire.flow.encode.TemplateSpec;

/** How a simulated router writes its datagrams: NetFlow version 9 or IPFIX. */
sealed interface FlowExport {
    /** sourceTransportPort and destinationTransportPort: sent as routers do; Tonle steps over them. */
    int SOURCE_PORT_ELEMENT = 7;

    int TARGET_PORT_ELEMENT = 11;

    void begin(long nowMillis);

    /** Templates, and the sampling rate as options data where it is not 1. */
    void announce();

    boolean fits(int ipVersion);

    void flow(ExportedFlow flow);

    MemorySegment end();

    private static void common(RecordWriter record, ExportedFlow flow) {
        record.address(flow.source(), flow.sourceHost()).address(flow.target(), flow.targetHost());
        record.number(flow.hop().ingressInterface()).number(flow.hop().egressInterface());
        record.number(flow.protocol()).number(flow.sourcePort()).number(flow.targetPort());
        record.number(flow.octets()).number(flow.packets());
    }

    private static TemplateSpec fields(int id, Slot source, Slot target, int addressOctets) {
        return TemplateSpec.data(id)
                .field(source, addressOctets)
                .field(target, addressOctets)
                .field(Slot.INGRESS_INTERFACE, 4)
                .field(Slot.EGRESS_INTERFACE, 4)
                .field(Slot.PROTOCOL_IDENTIFIER, 1)
                .field(0, SOURCE_PORT_ELEMENT, 2)
                .field(0, TARGET_PORT_ELEMENT, 2)
                .field(Slot.OCTET_DELTA_COUNT, 8)
                .field(Slot.PACKET_DELTA_COUNT, 8);
    }

    private static TemplateSpec ipv4(int id) {
        return fields(id, Slot.SOURCE_IPV4_ADDRESS, Slot.DESTINATION_IPV4_ADDRESS, 4);
    }

    private static TemplateSpec ipv6(int id) {
        return fields(id, Slot.SOURCE_IPV6_ADDRESS, Slot.DESTINATION_IPV6_ADDRESS, 16);
    }

    /** NetFlow version 9 with the sampling interval (34) in options, as Cisco's routers announce it. */
    final class Netflow9 implements FlowExport {
        private static final int SCOPE_SYSTEM = 1;

        private final Netflow9Encoder encoder;
        private final long bootMillis;
        private final long rate;
        private final TemplateSpec ipv4 = times(ipv4(256));
        private final TemplateSpec ipv6 = times(ipv6(257));
        private final TemplateSpec sampling = TemplateSpec.options(258, 1)
                .field(0, SCOPE_SYSTEM, 4)
                .field(Slot.SAMPLING_INTERVAL, 4)
                .field(Slot.SAMPLING_ALGORITHM, 1);

        Netflow9(MemorySegment into, long sourceId, long bootMillis, long rate) {
            this.encoder = new Netflow9Encoder(into, sourceId);
            this.bootMillis = bootMillis;
            this.rate = rate;
        }

        private static TemplateSpec times(TemplateSpec spec) {
            return spec.field(Slot.FLOW_START_SYS_UP_TIME, 4).field(Slot.FLOW_END_SYS_UP_TIME, 4);
        }

        @Override
        public void begin(long nowMillis) {
            // The header has whole seconds: a router whose uptime agrees with them places its flows to the millisecond.
            long wholeSecondMillis = nowMillis / 1000 * 1000;
            encoder.begin(wholeSecondMillis, wholeSecondMillis - bootMillis);
        }

        @Override
        public void announce() {
            encoder.template(ipv4).template(ipv6);
            if (rate > 1) {
                encoder.template(sampling);
                encoder.record(sampling).number(0).number(rate).number(2);
            }
        }

        @Override
        public boolean fits(int ipVersion) {
            TemplateSpec spec = ipVersion == 4 ? ipv4 : ipv6;
            return encoder.fits(spec, spec.recordSizeOctetsMin());
        }

        @Override
        public void flow(ExportedFlow flow) {
            RecordWriter record = encoder.record(flow.ipVersion() == 4 ? ipv4 : ipv6);
            common(record, flow);
            record.number(flow.startMillis() - bootMillis).number(flow.endMillis() - bootMillis);
        }

        @Override
        public MemorySegment end() {
            return encoder.end();
        }
    }

    /** IPFIX with a selector of one in so many packets: samplingPacketInterval and samplingPacketSpace (RFC 5477). */
    final class Ipfix implements FlowExport {
        private static final int COUNT_BASED = 1;

        private final IpfixEncoder encoder;
        private final long rate;
        private final TemplateSpec ipv4 = times(ipv4(256));
        private final TemplateSpec ipv6 = times(ipv6(257));
        private final TemplateSpec sampling = TemplateSpec.options(258, 1)
                .field(Slot.SELECTOR_ID, 8)
                .field(Slot.SELECTOR_ALGORITHM, 2)
                .field(Slot.SAMPLING_PACKET_INTERVAL, 4)
                .field(Slot.SAMPLING_PACKET_SPACE, 4);

        Ipfix(MemorySegment into, long domain, long rate) {
            this.encoder = new IpfixEncoder(into, domain);
            this.rate = rate;
        }

        private static TemplateSpec times(TemplateSpec spec) {
            return spec.field(Slot.FLOW_START_MILLISECONDS, 8)
                    .field(Slot.FLOW_END_MILLISECONDS, 8)
                    .field(Slot.SELECTOR_ID, 8);
        }

        @Override
        public void begin(long nowMillis) {
            encoder.begin(nowMillis);
        }

        @Override
        public void announce() {
            encoder.template(ipv4).template(ipv6).template(sampling);
            encoder.record(sampling).number(1).number(COUNT_BASED).number(1).number(rate - 1);
        }

        @Override
        public boolean fits(int ipVersion) {
            TemplateSpec spec = ipVersion == 4 ? ipv4 : ipv6;
            return encoder.fits(spec, spec.recordSizeOctetsMin());
        }

        @Override
        public void flow(ExportedFlow flow) {
            RecordWriter record = encoder.record(flow.ipVersion() == 4 ? ipv4 : ipv6);
            common(record, flow);
            record.number(flow.startMillis()).number(flow.endMillis()).number(1);
        }

        @Override
        public MemorySegment end() {
            return encoder.end();
        }
    }
}
