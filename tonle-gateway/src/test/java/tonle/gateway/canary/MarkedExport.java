// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.canary;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.IpfixEncoder;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.RecordWriter;
import tonle.wire.flow.encode.TemplateSpec;

/** NetFlow and IPFIX datagrams whose every host, MAC address, name and payload is a mark. */
final class MarkedExport {
    private static final int RECORDS = 24;
    private static final int NTOP = 35632;
    private static final int DNS_QUERY = 205;

    private static final TemplateSpec IPV4 = common(TemplateSpec.data(256)
            .field(Slot.SOURCE_IPV4_ADDRESS, 4)
            .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
            .field(0, 225, 4)
            .field(0, 226, 4));
    private static final TemplateSpec IPV6 = common(TemplateSpec.data(257)
            .field(Slot.SOURCE_IPV6_ADDRESS, 16)
            .field(Slot.DESTINATION_IPV6_ADDRESS, 16)
            .field(0, 281, 16)
            .field(0, 282, 16));
    /** userName, mobileIMSI, mobileMSISDN, httpRequestHost, httpRequestTarget, the packet's sections, a DNS query. */
    private static final TemplateSpec PERSONAL = common(TemplateSpec.data(258)
            .field(Slot.SOURCE_IPV4_ADDRESS, 4)
            .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
            .variable(0, 371)
            .variable(0, 455)
            .variable(0, 456)
            .variable(0, 460)
            .variable(0, 461)
            .variable(0, 313)
            .variable(0, 314)
            .variable(NTOP, DNS_QUERY));
    /** dataLinkFrameSize, sectionOffset, dataLinkFrameSection (RFC 7133). */
    private static final TemplateSpec FRAME = TemplateSpec.data(259)
            .field(0, 312, 2)
            .field(0, 409, 2)
            .variable(0, 315)
            .field(Slot.INGRESS_INTERFACE, 4)
            .field(Slot.EGRESS_INTERFACE, 4)
            .field(Slot.FLOW_END_MILLISECONDS, 8);

    private final Marks marks;
    private final long nowMillis;
    private int next;

    MarkedExport(Marks marks, long nowMillis) {
        this.marks = marks;
        this.nowMillis = nowMillis;
    }

    private static TemplateSpec common(TemplateSpec spec) {
        return spec.field(0, 56, 6)
                .field(0, 80, 6)
                .field(Slot.OCTET_DELTA_COUNT, 8)
                .field(Slot.PACKET_DELTA_COUNT, 8)
                .field(Slot.PROTOCOL_IDENTIFIER, 1)
                .field(Slot.INGRESS_INTERFACE, 4)
                .field(Slot.EGRESS_INTERFACE, 4)
                .field(Slot.FLOW_START_MILLISECONDS, 8)
                .field(Slot.FLOW_END_MILLISECONDS, 8);
    }

    /** Version 5: header of 24 octets, records of 48. */
    byte[] netflow5(int sequence) {
        ByteBuffer out = ByteBuffer.allocate(24 + 48 * RECORDS);
        out.putShort((short) 5).putShort((short) RECORDS).putInt(1_000_000);
        out.putInt((int) (nowMillis / 1_000)).putInt(0).putInt(sequence).putInt(0);
        for (int i = 0; i < RECORDS; i++) {
            out.put(marks.pair(next++)).putInt(0).putShort((short) 1).putShort((short) 2);
            out.putInt(3).putInt(4_000).putInt(999_000).putInt(999_900);
            out.putInt(0x01BB_CAFE).putInt(0x0010_0600).putLong(0);
        }
        return out.array();
    }

    /** Templates, then data of both IP versions; {@code hasTemplates} where the first datagram defines them. */
    List<byte[]> netflow9(long domain, boolean hasTemplates, int count) {
        Netflow9Encoder encoder = new Netflow9Encoder(room(), domain);
        List<byte[]> datagrams = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            encoder.begin(nowMillis, 1_000_000);
            if (hasTemplates && n == 0) {
                encoder.template(IPV4).template(IPV6);
            }
            for (int i = 0; i < RECORDS; i++) {
                fill(i < RECORDS / 2 ? IPV4 : IPV6, encoder.record(i < RECORDS / 2 ? IPV4 : IPV6));
            }
            datagrams.add(octets(encoder.end()));
        }
        return datagrams;
    }

    /** What a datagram of data waits for. */
    byte[] netflow9Templates(long domain) {
        Netflow9Encoder encoder = new Netflow9Encoder(room(), domain);
        encoder.begin(nowMillis, 1_000_000).template(IPV4).template(IPV6);
        return octets(encoder.end());
    }

    List<byte[]> ipfix(long domain, boolean hasTemplates, int count) {
        IpfixEncoder encoder = new IpfixEncoder(room(), domain);
        List<byte[]> messages = new ArrayList<>();
        TemplateSpec[] specs = {IPV4, IPV6, PERSONAL, FRAME};
        for (int n = 0; n < count; n++) {
            encoder.begin(nowMillis);
            if (hasTemplates && n == 0) {
                for (TemplateSpec spec : specs) {
                    encoder.template(spec);
                }
            }
            for (int i = 0; i < RECORDS; i++) {
                TemplateSpec spec = specs[i * specs.length / RECORDS];
                fill(spec, encoder.record(spec));
            }
            messages.add(octets(encoder.end()));
        }
        return messages;
    }

    private void fill(TemplateSpec spec, RecordWriter record) {
        int i = next++;
        if (spec == FRAME) {
            byte[] frame = frame(marks, i);
            record.number(1_000).number(0).octets(segment(frame)).number(1).number(2);
            record.number(nowMillis);
            return;
        }
        if (spec == IPV6) {
            for (int field = 0; field < 4; field++) {
                record.octets(segment(marks.address6(i * 4 + field)));
            }
        } else {
            record.octets(segment(marks.address4(i))).octets(segment(Arrays.copyOfRange(marks.pair(i), 4, 8)));
        }
        if (spec == IPV4) {
            record.octets(segment(marks.address4(i + 3))).octets(segment(marks.address4(i + 7)));
        }
        if (spec == PERSONAL) {
            record.octets(text("សុភា " + marks.name(i)));
            record.octets(text(marks.name(i + 1))).octets(text(marks.name(i + 2)));
            record.octets(text(marks.name(i + 3) + ".example")).octets(text("/" + marks.name(i + 4) + "?q=1"));
            byte[] frame = frame(marks, i);
            record.octets(segment(Arrays.copyOfRange(frame, 14, frame.length)));
            record.octets(segment(marks.payload(i))).octets(text(marks.name(i + 5) + ".example."));
        }
        record.octets(segment(marks.mac(i))).octets(segment(marks.mac(i + 1)));
        record.number(4_000).number(3).number(6).number(1).number(2);
        record.number(nowMillis - 900).number(nowMillis);
    }

    /** Ethernet, IPv4 or IPv6, TCP, and payload behind it. */
    static byte[] frame(Marks marks, int i) {
        boolean isV4 = i % 2 == 0;
        ByteBuffer out = ByteBuffer.allocate(14 + (isV4 ? 20 : 40) + 20 + 48);
        out.put(marks.mac(i)).put(marks.mac(i + 1)).putShort((short) (isV4 ? 0x0800 : 0x86DD));
        if (isV4) {
            out.putInt(0x4500_03DE).putInt(0).putInt(0x4006_0000).put(marks.pair(i));
        } else {
            out.putInt(0x6000_0000).putShort((short) 950).putShort((short) 0x0640);
            out.put(marks.address6(i)).put(marks.address6(i + 1));
        }
        out.putInt(0xCAFE_01BB).putLong(1).putLong(0x5018_1000_0000_0000L);
        out.put(marks.payload(i)).put(text("GET /" + marks.name(i)).toArray(ValueLayout.JAVA_BYTE));
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Ends cut off, sets that say wrong lengths, unknown versions: with the marks still inside. */
    static List<byte[]> damaged(byte[] dataOnly, int firstLengthAt, int lengthOctets) {
        List<byte[]> damaged = new ArrayList<>();
        for (int part = 1; part < 8; part++) {
            damaged.add(Arrays.copyOf(dataOnly, dataOnly.length * part / 8 + part));
        }
        for (int value : new int[] {0, 3, 0x7FFF_FFF0, -1}) {
            byte[] wrong = dataOnly.clone();
            for (int i = 0; i < lengthOctets; i++) {
                wrong[firstLengthAt + i] = (byte) (value >>> 8 * (lengthOctets - 1 - i));
            }
            damaged.add(wrong);
        }
        byte[] unknown = dataOnly.clone();
        unknown[1] = 77;
        damaged.add(unknown);
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.writeBytes(dataOnly);
        longer.writeBytes(Arrays.copyOfRange(dataOnly, 24, Math.min(dataOnly.length, 90)));
        damaged.add(longer.toByteArray());
        return damaged;
    }

    static MemorySegment text(String text) {
        return segment(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MemorySegment segment(byte[] octets) {
        return MemorySegment.ofArray(octets);
    }

    private static MemorySegment room() {
        return segment(new byte[16_384]);
    }

    private static byte[] octets(MemorySegment message) {
        return message.toArray(ValueLayout.JAVA_BYTE);
    }
}
