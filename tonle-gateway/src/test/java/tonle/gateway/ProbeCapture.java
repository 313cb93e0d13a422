// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import tonle.base.power.Seed;

/**
 * A capture of packets whose octets are known, for probes of others to export.
 *
 * @param octets as IPv4 total lengths say them, of all its packets
 */
record ProbeCapture(Path file, long octets) {
    static final int FLOWS = 40;
    static final int PACKETS = 2_000;

    /**
     * A pcap of UDP packets in one direction each, within the last minute, with networks for documentation (RFC 5737).
     */
    static ProbeCapture write(Path path, long seedNumber) throws IOException {
        Seed seed = new Seed(seedNumber);
        long seconds = new tonle.base.power.SystemClock().unixMillis() / 1_000 - 30;
        ByteBuffer file = ByteBuffer.allocate(24 + PACKETS * (16 + 14 + 1_500)).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(65_535)
                .putInt(1);
        long octets = 0;
        for (int i = 0; i < PACKETS; i++) {
            int flow = i % FLOWS;
            int total = 28 + seed.below(1_400);
            octets += total;
            file.putInt((int) (seconds + i / 200))
                    .putInt(i % 200 * 5_000)
                    .putInt(14 + total)
                    .putInt(14 + total);
            file.order(ByteOrder.BIG_ENDIAN);
            file.putLong(0x0200_0000_0001_0200L).putInt(2).putShort((short) 0x0800);
            file.putShort((short) 0x4500).putShort((short) total).putInt(i << 16);
            file.putShort((short) 0x4011).putShort((short) 0);
            file.putInt(0xC633_6401 + flow).putInt(0xCB00_7101);
            file.putShort((short) (20_000 + flow))
                    .putShort((short) 443)
                    .putShort((short) (total - 20))
                    .putShort((short) 0);
            file.position(file.position() + total - 28);
            file.order(ByteOrder.LITTLE_ENDIAN);
        }
        Files.write(path, java.util.Arrays.copyOf(file.array(), file.position()));
        return new ProbeCapture(path, octets);
    }

    /** Settings by which pmacctd exports the capture to {@code port}. */
    Path pmacctSettings(Path settings, String version, int port) throws IOException {
        return Files.writeString(settings, """
                pcap_savefile: %s
                pcap_savefile_delay: 1
                plugins: nfprobe
                aggregate: src_host, dst_host, src_port, dst_port, proto
                nfprobe_version: %s
                nfprobe_receiver: 127.0.0.1:%d
                nfprobe_timeouts: maxlife=3600:expint=3600
                """.formatted(file, version, port));
    }
}
