// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import tonle.base.DeviceAddress;
import tonle.base.power.Seed;
import tonle.wire.flow.Slot;
import tonle.wire.flow.encode.IpfixEncoder;
import tonle.wire.flow.encode.Netflow5Encoder;
import tonle.wire.flow.encode.Netflow5Flow;
import tonle.wire.flow.encode.TemplateSpec;

/** Devices that show what a gateway's staff must deal with: one says too much, one nobody has taken in. */
final class OddDevices {
    private OddDevices() {}

    /**
     * A translator that sends a user name (371) with each record. Tonle steps over it unread and raises an alarm that
     * tells its owner what to switch off. Its interfaces carry no metered link.
     */
    static final class SaysTooMuch implements DemoDevice {
        private static final int USER_NAME_ELEMENT = 371;
        private static final int EVERY_SECONDS = 5;
        private static final int ANNOUNCE_SECONDS = 30;

        private final IpfixEncoder encoder;
        private final Seed chance;
        private final MemorySegment name =
                MemorySegment.ofArray("nobody-at-all".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        private final TemplateSpec template = TemplateSpec.data(300)
                .field(Slot.SOURCE_IPV4_ADDRESS, 4)
                .field(Slot.DESTINATION_IPV4_ADDRESS, 4)
                .field(Slot.INGRESS_INTERFACE, 4)
                .field(Slot.EGRESS_INTERFACE, 4)
                .field(Slot.OCTET_DELTA_COUNT, 8)
                .field(Slot.PACKET_DELTA_COUNT, 8)
                .field(Slot.FLOW_START_MILLISECONDS, 8)
                .field(Slot.FLOW_END_MILLISECONDS, 8)
                .variable(0, USER_NAME_ELEMENT);
        private long nextSeconds;
        private long announceSeconds;

        SaysTooMuch(MemorySegment into, Seed chance) {
            this.encoder = new IpfixEncoder(into, 42);
            this.chance = chance;
        }

        @Override
        public DeviceAddress address() {
            return DemoCountry.Device.BVT_NAT_1.address;
        }

        @Override
        public void tick(long nowMillis, Consumer<MemorySegment> out) {
            long now = nowMillis / 1000;
            if (now < nextSeconds) {
                return;
            }
            nextSeconds = now + EVERY_SECONDS;
            encoder.begin(nowMillis);
            if (now >= announceSeconds) {
                announceSeconds = now + ANNOUNCE_SECONDS;
                encoder.template(template);
            }
            for (int i = 0; i < 3; i++) {
                encoder.record(template)
                        .address(DemoMember.BELL.network(4, chance.below(16)), 1 + chance.below(254))
                        .address(DemoRemote.REEDS.network(4, chance.below(16)), 1 + chance.below(254))
                        .number(1)
                        .number(2)
                        .number(1_000 + chance.below(100_000))
                        .number(1 + chance.below(90))
                        .number(nowMillis - EVERY_SECONDS * 1000L)
                        .number(nowMillis)
                        .octets(name);
            }
            out.accept(encoder.end());
        }
    }

    /**
     * A router that sends NetFlow version 5 from an address that nobody has taken in: it waits on the page of
     * exporters.
     */
    static final class Stranger implements DemoDevice {
        private static final int EVERY_SECONDS = 2;
        private static final int UPTIME_MILLIS_AT_START = 3_600_000;

        private final Netflow5Encoder encoder;
        private final Netflow5Flow flow = new Netflow5Flow();
        private final Seed chance;
        private final long bootMillis;
        private long nextSeconds;

        Stranger(MemorySegment into, Seed chance, long startMillis) {
            this.encoder = new Netflow5Encoder(into, 0, 0);
            this.chance = chance;
            this.bootMillis = startMillis - UPTIME_MILLIS_AT_START;
        }

        @Override
        public DeviceAddress address() {
            return DemoCountry.STRANGER;
        }

        @Override
        public void tick(long nowMillis, Consumer<MemorySegment> out) {
            if (nowMillis / 1000 < nextSeconds) {
                return;
            }
            nextSeconds = nowMillis / 1000 + EVERY_SECONDS;
            long uptime = nowMillis - bootMillis;
            encoder.begin(nowMillis, uptime);
            for (int i = 0; i < 5; i++) {
                encoder.flow(flow.networks(
                                DemoRemote.KAPOK.network(4, chance.below(16)),
                                DemoMember.MONSOON.network(4, chance.below(16)))
                        .hosts(1 + chance.below(254), 1 + chance.below(254))
                        .interfaces(1, 2)
                        .volume(10 + chance.below(1_000), 10_000 + chance.below(1_000_000))
                        .uptimes(uptime - EVERY_SECONDS * 1000L, uptime - 1)
                        .transport(6, 443, 1024 + chance.below(60_000))
                        .asns(DemoRemote.KAPOK.asn(), DemoMember.MONSOON.asn()));
            }
            out.accept(encoder.end());
        }
    }
}
