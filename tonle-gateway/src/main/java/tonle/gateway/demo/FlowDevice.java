// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tonle.base.DeviceAddress;
import tonle.base.power.Seed;

/**
 * A router that exports flow records. Each demand that passes gives one record for each quarter of a minute, a little
 * after its end; a record never crosses a bin, so that bins hold what the model says, to the octet where the rate is 1.
 */
final class FlowDevice implements DemoDevice {
    static final int SLICE_SECONDS = 15;
    private static final int ANNOUNCE_SECONDS = 30;
    private static final int DAMAGE_SECONDS = 45;
    /** After a longer pause (a machine that slept) the missed slices are left out instead of sent in one burst. */
    private static final int PAUSE_SECONDS_MAX = 120;

    private static final int NETFLOW9_FIRST_SET_LENGTH_OFFSET = 22;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final DeviceAddress address;
    private final BinLoad load;
    private final FlowExport export;
    private final long rate;
    private final boolean isDamagedAtTimes;
    private final Seed chance;
    private final List<Stream> streams = new ArrayList<>();
    private long announceSeconds;
    private long damageSeconds;
    private boolean isOpen;

    /** One demand at this device, and what of it is not sent yet. */
    private static final class Stream {
        final Demand demand;
        final Hop hop;
        long sliceSeconds;
        long owedOctets;

        Stream(Demand demand, Hop hop, long sliceSeconds) {
            this.demand = demand;
            this.hop = hop;
            this.sliceSeconds = sliceSeconds;
        }
    }

    /** @param firstSliceSeconds what passes from then on is exported: a multiple of {@link #SLICE_SECONDS} */
    FlowDevice(
            DemoCountry.Device device,
            TrafficModel model,
            BinLoad load,
            FlowExport export,
            long rate,
            boolean isDamagedAtTimes,
            Seed chance,
            long firstSliceSeconds) {
        this.address = device.address;
        this.load = load;
        this.export = export;
        this.rate = rate;
        this.isDamagedAtTimes = isDamagedAtTimes;
        this.chance = chance;
        for (Demand demand : model.demands()) {
            for (Hop hop : demand.hops()) {
                if (hop.exporter().equals(device.id)) {
                    streams.add(new Stream(demand, hop, firstSliceSeconds));
                }
            }
        }
        damageSeconds = firstSliceSeconds + DAMAGE_SECONDS;
    }

    @Override
    public DeviceAddress address() {
        return address;
    }

    @Override
    public void tick(long nowMillis, Consumer<MemorySegment> out) {
        long now = nowMillis / 1000;
        if (now >= announceSeconds) {
            announceSeconds = now + ANNOUNCE_SECONDS;
            export.begin(nowMillis);
            export.announce();
            out.accept(export.end());
        }
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            if (now - stream.sliceSeconds > PAUSE_SECONDS_MAX) {
                stream.sliceSeconds = now / SLICE_SECONDS * SLICE_SECONDS - SLICE_SECONDS;
            }
            // Each stream has its own moment after the slice, so that datagrams come evenly.
            long due = i % SLICE_SECONDS;
            while (stream.sliceSeconds + SLICE_SECONDS + due <= now) {
                send(stream, nowMillis, out);
                stream.sliceSeconds += SLICE_SECONDS;
            }
        }
        close(out);
        if (isDamagedAtTimes && now >= damageSeconds) {
            damageSeconds = now + DAMAGE_SECONDS;
            export.begin(nowMillis);
            export.announce();
            MemorySegment datagram = export.end();
            datagram.set(U16, NETFLOW9_FIRST_SET_LENGTH_OFFSET, (short) 0xFFF0);
            out.accept(datagram);
        }
    }

    private void send(Stream stream, long nowMillis, Consumer<MemorySegment> out) {
        Demand demand = stream.demand;
        stream.owedOctets += load.part(demand, stream.sliceSeconds, stream.sliceSeconds + SLICE_SECONDS);
        long counted = stream.owedOctets / rate;
        if (counted == 0) {
            return;
        }
        stream.owedOctets -= counted * rate;
        if (isOpen && !export.fits(demand.ipVersion())) {
            close(out);
        }
        if (!isOpen) {
            export.begin(nowMillis);
            isOpen = true;
        }
        long startMillis = stream.sliceSeconds * 1000;
        export.flow(new ExportedFlow(
                demand.ipVersion(),
                demand.source().network(demand.ipVersion(), chance.below(16)),
                demand.target().network(demand.ipVersion(), chance.below(16)),
                1 + chance.below(254),
                1 + chance.below(254),
                stream.hop,
                demand.protocol(),
                443,
                1024 + chance.below(60_000),
                counted,
                Math.max(1, counted / demand.packetOctets()),
                startMillis,
                startMillis + SLICE_SECONDS * 1000L - 1));
    }

    private void close(Consumer<MemorySegment> out) {
        if (isOpen) {
            isOpen = false;
            out.accept(export.end());
        }
    }
}
