// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tonle.base.DeviceAddress;
import tonle.base.power.Clock;
import tonle.base.power.Seed;
import tonle.gateway.demo.DemoCountry.Device;

/**
 * The demo's devices, running: each sends real datagrams over UDP from its own address of the loopback network
 * (127.1.0.0/16) to the gateway's listener, once a second. They stop with {@link #close}.
 */
public final class DemoExporters implements AutoCloseable {
    /** What fits an Ethernet frame with its headers. */
    private static final int DATAGRAM_OCTETS = 1_400;

    private static final long BOOT_MILLIS_BEFORE_START = 3L * 86_400_000;
    private static final long STOP_SECONDS_MAX = 5;

    private final Arena arena = Arena.ofShared();
    private final List<Sender> senders = new ArrayList<>();
    private final AtomicLong unsent = new AtomicLong();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().name("tonle-demo").daemon().unstarted(work));

    private record Sender(DemoDevice device, DatagramChannel channel) {}

    private DemoExporters() {}

    /**
     * Starts all devices. What passes from {@code firstSliceSeconds} on is exported; what was before is
     * {@link DemoBackfill}'s.
     *
     * @param port of the gateway's UDP listener on 127.0.0.1
     * @throws IOException where the system gives no further loopback addresses: this needs Linux
     */
    public static DemoExporters start(TrafficModel model, int port, long firstSliceSeconds, Clock clock)
            throws IOException {
        DemoExporters exporters = new DemoExporters();
        try {
            for (DemoDevice device : devices(model, firstSliceSeconds, exporters.arena)) {
                exporters.senders.add(new Sender(device, open(device.address(), port)));
            }
        } catch (IOException e) {
            exporters.close();
            throw e;
        }
        exporters.thread.scheduleAtFixedRate(() -> exporters.tick(clock.unixMillis()), 0, 1, TimeUnit.SECONDS);
        return exporters;
    }

    /** Datagrams that the system would not take, because nobody listened. */
    public long unsentCount() {
        return unsent.get();
    }

    @Override
    public void close() throws IOException {
        thread.shutdown();
        try {
            thread.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        for (Sender sender : senders) {
            sender.channel.close();
        }
        arena.close();
    }

    static List<DemoDevice> devices(TrafficModel model, long firstSliceSeconds, Arena arena) {
        BinLoad load = new BinLoad(model);
        Seed chance = new Seed(model.anchorSeconds());
        long startMillis = firstSliceSeconds * 1000;
        long boot = startMillis - BOOT_MILLIS_BEFORE_START;
        return List.of(
                new FlowDevice(
                        Device.PNH_EDGE_1,
                        model,
                        load,
                        new FlowExport.Ipfix(room(arena), 1, 2_048),
                        2_048,
                        false,
                        chance.fork("pnh-edge-1"),
                        firstSliceSeconds),
                new FlowDevice(
                        Device.SHV_EDGE_1,
                        model,
                        load,
                        new FlowExport.Netflow9(room(arena), 7, boot, 1_000),
                        1_000,
                        true,
                        chance.fork("shv-edge-1"),
                        firstSliceSeconds),
                new FlowDevice(
                        Device.BVT_EDGE_1,
                        model,
                        load,
                        new FlowExport.Netflow9(room(arena), 1, boot, 1),
                        1,
                        false,
                        chance.fork("bvt-edge-1"),
                        firstSliceSeconds),
                sflow(Device.PNH_IX_1, model, load, room(arena), 65_536, chance, firstSliceSeconds, boot),
                sflow(Device.PPT_EDGE_1, model, load, room(arena), 8_192, chance, firstSliceSeconds, boot),
                new OddDevices.SaysTooMuch(room(arena), chance.fork("too-much")),
                new OddDevices.Stranger(room(arena), chance.fork("stranger"), startMillis));
    }

    private static DemoDevice sflow(
            Device device,
            TrafficModel model,
            BinLoad load,
            MemorySegment into,
            long rate,
            Seed chance,
            long startSeconds,
            long bootMillis) {
        return new SflowDevice(device, model, load, into, rate, chance.fork(device.id), startSeconds, bootMillis);
    }

    private static MemorySegment room(Arena arena) {
        return arena.allocate(DATAGRAM_OCTETS, 8);
    }

    private static DatagramChannel open(DeviceAddress address, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(address.octets()), 0));
            channel.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new IOException(
                    "the demo's devices need addresses of their own on the loopback network, and this system does not give "
                            + address + "; on Linux they are there without any setting",
                    e);
        }
    }

    private void tick(long nowMillis) {
        for (Sender sender : senders) {
            sender.device.tick(nowMillis, datagram -> {
                try {
                    sender.channel.write(datagram.asByteBuffer());
                } catch (IOException _) {
                    unsent.incrementAndGet(); // The gateway is stopping, or not there yet: an exporter does not wait.
                }
            });
        }
    }
}
