// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import tonle.base.Network;
import tonle.base.power.Seed;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.IpfixEncoder;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.RecordWriter;
import tonle.wire.flow.encode.TemplateSpec;

/** Makes export messages whose sums are known. */
final class FlowSender {
    private static final TemplateSpec FLOWS = TemplateSpec.data(256)
            .field(Slot.OCTET_DELTA_COUNT, 8)
            .field(Slot.PACKET_DELTA_COUNT, 8)
            .field(Slot.SOURCE_IPV4_ADDRESS, 4)
            .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
            .field(Slot.PROTOCOL_IDENTIFIER, 1)
            .field(Slot.INGRESS_INTERFACE, 4)
            .field(Slot.EGRESS_INTERFACE, 4)
            .field(Slot.FLOW_START_MILLISECONDS, 8)
            .field(Slot.FLOW_END_MILLISECONDS, 8);
    static final int RECORDS_PER_MESSAGE = 20;

    private final Seed seed;
    private final MemorySegment room = Arena.ofAuto().allocate(1_452);
    private final Netflow9Encoder netflow9 = new Netflow9Encoder(room, 7);
    private final IpfixEncoder ipfix = new IpfixEncoder(room, 8);
    private boolean hasSentTemplate;
    long octets;
    long records;

    FlowSender(long seed) {
        this.seed = new Seed(seed);
    }

    byte[] netflow9(long nowMillis) {
        netflow9.begin(nowMillis, 1_000_000);
        if (!hasSentTemplate) {
            netflow9.template(FLOWS);
            hasSentTemplate = true;
        }
        for (int i = 0; i < RECORDS_PER_MESSAGE; i++) {
            fill(netflow9.record(FLOWS), nowMillis);
        }
        return netflow9.end().toArray(ValueLayout.JAVA_BYTE);
    }

    byte[] ipfix(long nowMillis) {
        ipfix.begin(nowMillis);
        if (!hasSentTemplate) {
            ipfix.template(FLOWS);
            hasSentTemplate = true;
        }
        for (int i = 0; i < RECORDS_PER_MESSAGE; i++) {
            fill(ipfix.record(FLOWS), nowMillis);
        }
        return ipfix.end().toArray(ValueLayout.JAVA_BYTE);
    }

    private void fill(RecordWriter record, long nowMillis) {
        long size = 40 + seed.below(1_000_000);
        octets += size;
        records++;
        record.number(size)
                .number(1 + size / 1_400)
                .address(Network.ofIpv4(0xC63364))
                .address(Network.ofIpv4(0xCB0071))
                .number(6)
                .number(1)
                .number(2)
                .number(nowMillis - 1_000)
                .number(nowMillis);
    }

    static void send(DatagramSocket socket, byte[] datagram, int port) throws IOException {
        socket.send(new DatagramPacket(datagram, datagram.length, InetAddress.ofLiteral("127.0.0.1"), port));
    }
}
