// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.canary;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tonle.base.DeviceAddress;
import tonle.wire.flow.encode.SflowEncoder;

/** sFlow datagrams whose sampled packets and records about people are marks. */
final class MarkedSamples {
    private static final int SAMPLES = 16;

    private final Marks marks;
    private final SflowEncoder encoder;
    private int next;

    MarkedSamples(Marks marks, DeviceAddress agent) {
        this.marks = marks;
        this.encoder = new SflowEncoder(MemorySegment.ofArray(new byte[16_384]), agent, 0);
    }

    byte[] datagram() {
        encoder.begin(1_000);
        for (int n = 0; n < SAMPLES; n++) {
            int i = next++;
            encoder.flowSample(new SflowEncoder.Sampling(i + 1, 1, 10, 10L * i + 10, 0), 1, 2);
            switch (n % 4) {
                case 0, 1 -> encoder.record(1, rawHeader(i));
                case 2 -> addresses(i);
                default -> people(i);
            }
        }
        return encoder.end().toArray(ValueLayout.JAVA_BYTE);
    }

    private MemorySegment rawHeader(int i) {
        byte[] frame = MarkedExport.frame(marks, i);
        ByteBuffer out = ByteBuffer.allocate(16 + (frame.length + 3 & ~3));
        out.putInt(1).putInt(1_008).putInt(4).putInt(frame.length).put(frame);
        return MemorySegment.ofArray(out.array());
    }

    /** Records 2 (Ethernet), 3 (IPv4), 4 (IPv6), 1007 (translated addresses), 2100 (a server's socket). */
    private void addresses(int i) {
        ByteBuffer ethernet = ByteBuffer.allocate(24).putInt(1_000);
        ethernet.put(marks.mac(i)).putShort((short) 0).put(marks.mac(i + 1)).putShort((short) 0);
        encoder.record(2, segment(ethernet.putInt(0x0800)));
        ByteBuffer ipv4 = ByteBuffer.allocate(32).putInt(986).putInt(6).put(marks.pair(i));
        encoder.record(3, segment(ipv4.putInt(443).putInt(51_966).putInt(0).putInt(0)));
        ByteBuffer ipv6 = ByteBuffer.allocate(56).putInt(946).putInt(6).put(marks.address6(i));
        encoder.record(
                4,
                segment(ipv6.put(marks.address6(i + 1))
                        .putInt(443)
                        .putInt(51_966)
                        .putInt(0)
                        .putInt(0)));
        ByteBuffer nat =
                ByteBuffer.allocate(28).putInt(1).put(marks.address4(i)).putInt(2);
        encoder.record(1_007, segment(nat.put(marks.address6(i))));
        ByteBuffer socket = ByteBuffer.allocate(20).putInt(6).put(marks.pair(i));
        encoder.record(2_100, segment(socket.putInt(443).putInt(51_966)));
    }

    /** Records 1004 (users), 1005 (a URL), 2206 (a request of HTTP) beside the sampled packet. */
    private void people(int i) {
        encoder.record(1, rawHeader(i));
        ByteBuffer users = ByteBuffer.allocate(128).putInt(106);
        string(users, "សុភា " + marks.name(i)).putInt(106);
        encoder.record(1_004, segment(string(users, marks.name(i + 1))));
        ByteBuffer url = ByteBuffer.allocate(160).putInt(1);
        string(url, "http://" + marks.name(i + 2) + ".example/" + marks.name(i + 3));
        encoder.record(1_005, segment(string(url, marks.name(i + 2) + ".example")));
        ByteBuffer request = ByteBuffer.allocate(256).putInt(1).putInt(1_001);
        string(request, "/" + marks.name(i + 4));
        string(request, marks.name(i + 5) + ".example");
        encoder.record(2_206, segment(string(request, marks.name(i + 6))));
    }

    /** XDR: its length, its octets, zeros to four. */
    private static ByteBuffer string(ByteBuffer out, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return out.putInt(octets.length).put(Arrays.copyOf(octets, octets.length + 3 & ~3));
    }

    private static MemorySegment segment(ByteBuffer filled) {
        return MemorySegment.ofArray(Arrays.copyOf(filled.array(), filled.position()));
    }
}
