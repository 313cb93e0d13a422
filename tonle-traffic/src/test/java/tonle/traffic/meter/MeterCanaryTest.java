// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.Seed;
import tonle.wire.flow.encode.Netflow9Encoder;
import tonle.wire.flow.encode.PacketSpec;
import tonle.wire.flow.encode.SflowEncoder;
import tonle.wire.flow.encode.TemplateSpec;

/**
 * Promises 1 and 2 in this room: after flows with addresses that can be recognised, of which some waited for their
 * template and some were damaged, none is in rows, snapshots, the remembered file or the heap.
 */
class MeterCanaryTest {
    private static final int HOST = 0xD7;
    private static final int FLOWS = 20;

    @TempDir
    Path folder;

    @Test
    void noHostAddressOutlivesItsDatagram() throws IOException {
        Bench bench = new Bench(MeterSettings.DEFAULT.rememberingIn(folder));
        Seed seed = new Seed(2026);
        // Addresses that nobody else in this process has: their /24 is random, too.
        int top24 = 0x0A0000 | seed.below(0x10000);
        byte[] marked = {(byte) (top24 >>> 16), (byte) (top24 >>> 8), (byte) top24, (byte) HOST};
        feed(bench, top24);
        bench.leap(2_000);
        bench.meter.stop();

        assertThat(bench.volumes()).isNotEmpty();
        String said = bench.batches.toString() + bench.meter.snapshot();
        String dotted = (top24 >>> 16) + "." + (top24 >>> 8 & 0xFF) + "." + (top24 & 0xFF) + "." + HOST;
        assertThat(said).doesNotContain(dotted).contains("SET_LENGTH_INVALID");
        assertThat(Files.readString(folder.resolve("exporter-memory-0.txt"))).doesNotContain(dotted);
        bench.room.fill((byte) 0);

        Path dump = folder.resolve("heap.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        assertThat(count(dump, marked))
                .as("octets of a host address in the heap")
                .isLessThanOrEqualTo(1);
        assertThat(count(dump, dotted.getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .as("the same as text; once is this test's own")
                .isLessThanOrEqualTo(1);
    }

    private static void feed(Bench bench, int top24) {
        long marked = tonle.base.Network.ofIpv4(top24);
        Netflow9Encoder encoder = bench.netflow9();
        TemplateSpec named = Bench.FLOW.field(0, 371, 8);
        for (int round = 0; round < 3; round++) {
            encoder.begin(bench.now(), 1_000_000);
            if (round == 1) {
                encoder.template(Bench.FLOW);
            }
            for (int i = 0; i < FLOWS; i++) {
                encoder.record(Bench.FLOW)
                        .address(Bench.NET_ABROAD, HOST)
                        .address(marked, HOST)
                        .number(Bench.PORT_ABROAD)
                        .number(Bench.PORT_ALPHA)
                        .number(6)
                        .number(100)
                        .number(1)
                        .number(bench.now())
                        .number(bench.now());
            }
            bench.receive(encoder.end());
        }
        // One that never gets its template, one that is damaged behind valid records.
        encoder.begin(bench.now(), 1_000_000);
        encoder.record(named)
                .address(marked, HOST)
                .address(marked, HOST)
                .number(1)
                .number(2)
                .number(6)
                .number(100)
                .number(1)
                .number(bench.now())
                .number(bench.now())
                .octets(Arena.ofAuto().allocate(8));
        bench.receive(encoder.end(), Bench.ROUTER, 2_056);
        MemorySegment whole = bench.flows(encoder, true, 5, 100, 0);
        MemorySegment longer = bench.room.asSlice(0, whole.byteSize() + 4);
        longer.set(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, whole.byteSize(), -1);
        bench.receive(longer);
        SflowEncoder sflow = new SflowEncoder(bench.room, Bench.ROUTER, 0);
        sflow.begin(1_000);
        for (int i = 0; i < FLOWS; i++) {
            sflow.flowSample(new SflowEncoder.Sampling(i, 1, 10, 10L * i, 0), Bench.PORT_ABROAD, Bench.PORT_ALPHA)
                    .rawHeader(new PacketSpec()
                            .networks(marked, marked)
                            .hosts(HOST, HOST)
                            .ipTotalOctets(900));
        }
        bench.receive(sflow.end());
    }

    private static int count(Path file, byte[] needle) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        int found = 0;
        for (int i = 0; i + needle.length <= octets.length; i++) {
            int j = 0;
            while (j < needle.length && octets[i + j] == needle[j]) {
                j++;
            }
            found += j == needle.length ? 1 : 0;
        }
        return found;
    }
}
