// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tonle.base.Network;
import tonle.base.power.Seed;
import tonle.wire.Fault;
import tonle.wire.flow.FlowDecoder;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.FlowSink;
import tonle.wire.flow.MessageHeader;
import tonle.wire.flow.SflowCounters;
import tonle.wire.flow.SflowSample;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;
import tonle.wire.flow.TemplateLookup;

/** What the encoders of NetFlow version 5, version 9 and IPFIX write the decoder reads; templates drawn from a seed. */
class RoundTripTest {
    private static final int MESSAGES = 2_000;
    private static final int DOMAIN = 77;

    /** Numbers only: addresses and frames have fields of their own below. */
    private static final List<Slot> NUMBERS = List.of(
            Slot.OCTET_DELTA_COUNT,
            Slot.PACKET_DELTA_COUNT,
            Slot.PROTOCOL_IDENTIFIER,
            Slot.INGRESS_INTERFACE,
            Slot.EGRESS_INTERFACE,
            Slot.BGP_SOURCE_AS_NUMBER,
            Slot.SAMPLING_INTERVAL,
            Slot.FORWARDING_STATUS,
            Slot.FLOW_START_MILLISECONDS,
            Slot.FLOW_END_MILLISECONDS,
            Slot.INITIATOR_OCTETS,
            Slot.SELECTOR_ID);

    /** Writes records as lines, and remembers templates as an exporter's table would. */
    private static final class Events implements FlowSink, TemplateLookup {
        final List<String> lines = new ArrayList<>();
        final Map<Integer, Template> templates = new HashMap<>();

        @Override
        public Template template(FlowProtocol protocol, long domain, int templateId) {
            return templates.get(templateId);
        }

        @Override
        public void message(MessageHeader h) {
            lines.add(h.protocol() + " " + h.exportMillis() + " " + h.uptimeMillis() + " " + h.sequence() + " "
                    + h.domain() + " count " + h.recordCount());
        }

        @Override
        public void template(Template template) {
            templates.put(template.id(), template);
            lines.add("template " + template.id() + " scope " + template.scopeFieldCount() + " fields "
                    + template.fieldCount());
        }

        @Override
        public void withdrawal(long domain, int templateId) {
            lines.add("withdrawal " + domain + " " + templateId);
        }

        @Override
        public void flow(FlowRecord record) {
            lines.add("flow" + values(record));
        }

        @Override
        public void options(FlowRecord record) {
            lines.add("options" + values(record));
        }

        private static String values(FlowRecord record) {
            StringBuilder text = new StringBuilder();
            for (Slot slot : NUMBERS) {
                if (record.template().has(slot)) {
                    text.append(' ').append(slot).append('=').append(record.value(slot));
                }
            }
            text.append(' ').append(Network.text(record.sourceNetwork()));
            text.append(" > ").append(Network.text(record.destinationNetwork()));
            if (record.template().has(Slot.DATA_LINK_FRAME_SECTION)) {
                text.append(" frame ").append(record.frame().ipTotalOctets());
                text.append(" labels ").append(record.frame().mplsLabelCount());
            }
            return text.toString();
        }

        @Override
        public void malformed(Fault fault, long offsetOctets) {
            lines.add("malformed " + fault + " at " + offsetOctets);
        }

        @Override
        public void awaitingTemplate(long domain, int templateId, MemorySegment set) {
            lines.add("awaiting " + templateId);
        }

        @Override
        public void dataSet(Template template) {}

        @Override
        public void sample(SflowSample sample) {}

        @Override
        public void counters(SflowCounters counters) {}

        @Override
        public void discarded(SflowSample sample) {}

        @Override
        public void endOfMessage() {
            lines.add("end");
        }
    }

    private static List<String> decode(MemorySegment datagram) {
        Events events = new Events();
        new FlowDecoder(events, events).decode(datagram);
        return events.lines;
    }

    /** Numbers in lengths of 1 to 8 octets, then two addresses of one IP version; in IPFIX a frame as well. */
    private static TemplateSpec template(Seed seed, int id, boolean isIpfix, boolean isIpv6) {
        boolean isOptions = seed.below(4) == 0;
        TemplateSpec spec = isOptions ? TemplateSpec.options(id, 1) : TemplateSpec.data(id);
        if (isOptions) {
            // Scope: the line card in version 9, an interface in IPFIX.
            spec = isIpfix ? spec.field(0, 141, 4) : spec.field(0, 3, 4);
        }
        for (Slot slot : NUMBERS) {
            if (seed.below(3) > 0) {
                spec = spec.field(slot, 1 + seed.below(8));
            }
        }
        if (isIpfix && seed.below(2) == 0) {
            spec = spec.field(9_999, 5, 1 + seed.below(20)).variable(0, 82);
        }
        if (isIpfix && seed.below(2) == 0) {
            spec = spec.variable(0, Slot.DATA_LINK_FRAME_SECTION.element());
        }
        return isIpv6
                ? spec.field(Slot.SOURCE_IPV6_ADDRESS, 16).field(Slot.DESTINATION_IPV6_ADDRESS, 16)
                : spec.field(Slot.SOURCE_IPV4_ADDRESS, 4).field(Slot.DESTINATION_IPV4_ADDRESS, 4);
    }

    private static String fill(Seed seed, TemplateSpec spec, RecordWriter record, boolean isIpfix, boolean isIpv6) {
        StringBuilder text = new StringBuilder(spec.isOptions() ? "options" : "flow");
        long source = isIpv6 ? Network.ofIpv6(seed.nextLong()) : Network.ofIpv4((int) seed.nextLong());
        long destination = isIpv6 ? Network.ofIpv6(seed.nextLong()) : Network.ofIpv4((int) seed.nextLong());
        String frame = "";
        int index = 0;
        for (TemplateSpec.Field field : spec.fields()) {
            Slot slot = NUMBERS.stream()
                    .filter(s -> s.enterprise() == field.enterprise() && s.element() == field.element())
                    .findFirst()
                    .orElse(null);
            boolean isScope = index++ < spec.scopeFieldCount();
            if (isScope) {
                record.number(3);
            } else if (slot != null) {
                long value = seed.nextLong() & (1L << Math.min(field.lengthOctets() * 8, 63)) - 1;
                record.number(value);
                text.append(' ').append(slot).append('=').append(value);
            } else if (field.element() == Slot.DATA_LINK_FRAME_SECTION.element()) {
                int labels = seed.below(3);
                PacketSpec packet = new PacketSpec()
                        .networks(source, destination)
                        .transport(17, 1, 2)
                        .ipTotalOctets(400)
                        .mplsLabels(labels);
                record.frame(packet);
                frame = " frame 400 labels " + labels;
            } else if (field.lengthOctets() == (isIpv6 ? 16 : 4) && field.enterprise() == 0) {
                boolean isSource = field.element() == 8 || field.element() == 27;
                record.address(isSource ? source : destination, seed.nextLong());
            } else {
                int size = field.lengthOctets() == Template.VARIABLE ? seed.below(300) : field.lengthOctets();
                record.octets(MemorySegment.ofArray(new byte[size]));
            }
        }
        text.append(' ').append(Network.text(source)).append(" > ").append(Network.text(destination));
        return text.append(frame).toString();
    }

    @Test
    void ipfixDecodesToWhatWasEncoded() {
        for (long number = 0; number < MESSAGES; number++) {
            Seed seed = new Seed(number);
            boolean isIpv6 = seed.below(2) == 0;
            List<String> expected = new ArrayList<>();
            try (Arena arena = Arena.ofConfined()) {
                IpfixEncoder encoder = new IpfixEncoder(arena.allocate(2000), DOMAIN);
                encoder.sequence(seed.nextLong());
                TemplateSpec spec = template(seed, 256 + seed.below(1000), true, isIpv6);
                expected.add("IPFIX 1700000000000 -1 " + encoder.sequence() + " 77 count -1");
                encoder.begin(1_700_000_000_000L).template(spec);
                expected.add("template " + spec.id() + " scope " + spec.scopeFieldCount() + " fields "
                        + spec.fields().size());
                while (encoder.recordCount() < 20 && encoder.fits(spec, spec.recordSizeOctetsMin() + 600)) {
                    expected.add(fill(seed, spec, encoder.record(spec), true, isIpv6));
                }
                long next = encoder.sequence() + encoder.recordCount() & 0xFFFF_FFFFL;
                if (seed.below(3) == 0) {
                    encoder.withdraw(spec.id(), spec.isOptions());
                    expected.add("withdrawal 77 " + spec.id());
                }
                expected.add("end");
                assertThat(decode(encoder.end())).as("seed " + number).isEqualTo(expected);
                assertThat(encoder.sequence()).isEqualTo(next);
            }
        }
    }

    @Test
    void netflow9DecodesToWhatWasEncoded() {
        for (long number = 0; number < MESSAGES; number++) {
            Seed seed = new Seed(number);
            boolean isIpv6 = seed.below(2) == 0;
            List<String> expected = new ArrayList<>();
            try (Arena arena = Arena.ofConfined()) {
                Netflow9Encoder encoder = new Netflow9Encoder(arena.allocate(1400), DOMAIN);
                encoder.sequence(seed.nextLong());
                TemplateSpec spec = template(seed, 256 + seed.below(1000), false, isIpv6);
                int wanted = 1 + seed.below(20);
                long sequence = encoder.sequence();
                encoder.begin(1_700_000_000_000L, 5_000).template(spec);
                expected.add("template " + spec.id() + " scope " + spec.scopeFieldCount() + " fields "
                        + spec.fields().size());
                while (encoder.recordCount() <= wanted && encoder.fits(spec, spec.recordSizeOctetsMin())) {
                    expected.add(fill(seed, spec, encoder.record(spec), false, isIpv6));
                }
                expected.addFirst("NETFLOW9 1700000000000 5000 " + sequence + " 77 count " + encoder.recordCount());
                expected.add("end");
                assertThat(decode(encoder.end())).as("seed " + number).isEqualTo(expected);
                assertThat(encoder.sequence()).isEqualTo(sequence + 1 & 0xFFFF_FFFFL);
            }
        }
    }

    @Test
    void netflow5DecodesToWhatWasEncoded() {
        MemorySegment into = MemorySegment.ofArray(new byte[1464]);
        Netflow5Encoder encoder = new Netflow5Encoder(into, 0, DOMAIN).sampling(1, 512);
        for (long number = 0; number < 300; number++) {
            Seed seed = new Seed(number);
            List<String> expected = new ArrayList<>();
            long sequence = encoder.sequence();
            encoder.begin(1_700_000_000_123L, 5_000);
            int wanted = 1 + seed.below(30);
            while (encoder.recordCount() < wanted && encoder.fits()) {
                long source = Network.ofIpv4((int) seed.nextLong());
                long destination = Network.ofIpv4((int) seed.nextLong());
                long octets = seed.nextLong() >>> 32;
                long packets = seed.nextLong() >>> 32;
                int ingress = seed.below(65_536);
                encoder.flow(new Netflow5Flow()
                        .networks(source, destination)
                        .hosts(seed.below(256), seed.below(256))
                        .interfaces(ingress, 9)
                        .volume(packets, octets)
                        .uptimes(1000, 2000)
                        .transport(17, 53, 5353)
                        .asns(70_000, 64_501)
                        .prefixLengths(22, 24));
                expected.add("flow OCTET_DELTA_COUNT=" + octets + " PACKET_DELTA_COUNT=" + packets
                        + " PROTOCOL_IDENTIFIER=17 INGRESS_INTERFACE=" + ingress
                        + " EGRESS_INTERFACE=9 BGP_SOURCE_AS_NUMBER=23456 " + Network.text(source) + " > "
                        + Network.text(destination));
            }
            expected.addFirst("NETFLOW5 1700000000123 5000 " + sequence + " 77 count " + wanted);
            expected.add("end");
            assertThat(decode(encoder.end())).as("seed " + number).isEqualTo(expected);
            assertThat(encoder.sequence()).isEqualTo(sequence + wanted);
        }
    }
}
