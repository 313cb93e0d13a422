// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.util.ArrayList;
import java.util.List;
import tonle.base.power.Seed;
import tonle.gateway.demo.Demand.Kind;
import tonle.gateway.demo.DemoMember.Use;
import tonle.gateway.demo.DemoRemote.Cable;
import tonle.traffic.Bins;
import tonle.traffic.Direction;

/**
 * What flows in the demonstration country: a pure function of seed, anchor and time. It says for each demand how many
 * octets pass in any part of a bin, in whole octets, so that parts add up to the bin and a simulated exporter, the
 * filled-in past and a test all mean the same volume.
 *
 * <p>Homes peak at half past eight in the evening, offices before noon on weekdays; everything grows by three percent a
 * month. Around the anchor, the moment at which the demo was first started, things happen:
 *
 * <pre>
 *   sea cable to Hong Kong cut    9 days before, for 31 hours; and each day from 45 minutes after, for half an hour
 *   reflection attack             26 hours before, for 40 minutes; and from 3 minutes after, 10 of every 360 minutes
 *   ppt-edge-1 counts a quarter   from 3 hours before: it says 1 in 8,192 and takes 1 in 32,768
 * </pre>
 */
public final class TrafficModel {
    static final Cable CUT_CABLE = Cable.SHV_HKG_1;
    static final DemoMember VICTIM = DemoMember.CRANE;

    /** So much of what went by the cut cable gets through elsewhere. */
    private static final double DETOUR_SHARE = 0.7;

    private static final double PEAK_BITS_PER_SECOND = 260e9;
    private static final double UPSTREAM_SHARE = 0.22;
    private static final double EXCHANGE_SHARE = 0.10;
    private static final double CACHE_BITS_PER_SECOND = 16e9;
    private static final double ATTACK_BITS_PER_SECOND = 24e9;
    /** Smaller streams join their pair's largest: they would be merged by the rule of ten flows anyway. */
    private static final double DEMAND_BITS_PER_SECOND_MIN = 60e6;

    private static final int DOWN_PACKET_OCTETS = 1_400;
    private static final int UP_PACKET_OCTETS = 560;
    private static final int EVEN_PACKET_OCTETS = 980;

    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;
    private static final int DAY = 86_400;
    /** Cambodia: UTC+7, no summer time. */
    private static final int ZONE_SECONDS = 7 * HOUR;

    private final long seed;
    private final long anchorSeconds;
    private final List<Demand> demands = new ArrayList<>();

    /** @param anchorSeconds when the demo was first started, since 1970 */
    public TrafficModel(long seed, long anchorSeconds) {
        this.seed = seed;
        this.anchorSeconds = anchorSeconds;
        double remoteWeights = 0;
        for (DemoRemote remote : DemoRemote.values()) {
            remoteWeights += remote.weight;
        }
        double memberWeights = 0;
        for (DemoMember member : DemoMember.values()) {
            memberWeights += member.weight;
        }
        for (DemoMember member : DemoMember.values()) {
            for (DemoRemote remote : DemoRemote.values()) {
                double share = member.weight / memberWeights * remote.weight / remoteWeights;
                addPair(member, remote, PEAK_BITS_PER_SECOND * share);
            }
        }
        addExchange(memberWeights);
        addCache();
        addAttack();
    }

    List<Demand> demands() {
        return List.copyOf(demands);
    }

    long anchorSeconds() {
        return anchorSeconds;
    }

    /** Octets of a demand in one whole bin. */
    long octets(Demand demand, long binSeconds) {
        double rate = demand.peakBitsPerSecond() * shape(demand, binSeconds);
        return Math.round(rate * Bins.SECONDS / 8);
    }

    /** Octets of the part of a bin that lies between two seconds: parts that touch add up exactly. */
    static long part(long binOctets, int fromSecond, int toSecond) {
        return binOctets * toSecond / Bins.SECONDS - binOctets * fromSecond / Bins.SECONDS;
    }

    boolean isCut(long seconds) {
        long since = seconds - anchorSeconds;
        boolean before = since >= -9L * DAY && since < -9L * DAY + 31L * HOUR;
        return before || since >= 45 * MINUTE && (since - 45 * MINUTE) % DAY < 30 * MINUTE;
    }

    boolean isAttack(long seconds) {
        long since = seconds - anchorSeconds;
        boolean before = since >= -26L * HOUR && since < -26L * HOUR + 40 * MINUTE;
        return before || since >= 3 * MINUTE && (since - 3 * MINUTE) % (6 * HOUR) < 10 * MINUTE;
    }

    /** Whether {@code exporter} takes one packet in four of those that it says. */
    boolean countsAQuarter(String exporter, long seconds) {
        return exporter.equals("ppt-edge-1") && seconds >= anchorSeconds - 3L * HOUR;
    }

    /** A bin's load between 0 and about 1.1, with some noise of its own. */
    private double shape(Demand demand, long binSeconds) {
        double part = switch (demand.kind()) {
            case STEADY -> 1;
            case BY_THE_CABLE -> 1 - cutShare(binSeconds);
            case ROUND_THE_CUT -> DETOUR_SHARE * cutShare(binSeconds);
            case ATTACK -> attackShare(binSeconds);
        };
        if (part == 0) {
            return 0;
        }
        if (demand.kind() == Kind.ATTACK) {
            return part;
        }
        long local = binSeconds + ZONE_SECONDS;
        double hour = local % DAY / (double) HOUR;
        long day = Math.floorDiv(local, (long) DAY);
        boolean isWeekend = day % 7 == 2 || day % 7 == 3; // 1 January 1970 was a Thursday
        double curve = curve(demand.use(), hour, isWeekend);
        double months = (binSeconds - anchorSeconds) / (30.0 * DAY);
        double noise = 0.95 + 0.06 * chance(demand.index(), binSeconds) + 0.04 * chance(-1 - demand.index(), day);
        return part * curve * Math.pow(1.03, months) * noise;
    }

    private static double curve(Use use, double hour, boolean isWeekend) {
        return switch (use) {
            case HOMES ->
                Math.max(hump(hour, 20.5, 4, 0.22), 0.68 * hump(hour, 13.5, 4.5, 0.2)) + (isWeekend ? 0.06 : 0);
            case OFFICES -> isWeekend ? 0.25 : hump(hour, 10.8, 4.5, 0.15);
            case SERVERS -> 0.7 + 0.3 * hump(hour, 17, 7, 0);
        };
    }

    /** A smooth hill over the day: 1 at its top, {@code floor} in the dead of night. */
    private static double hump(double hour, double top, double width, double floor) {
        double distance = Math.abs(hour - top);
        distance = Math.min(distance, 24 - distance);
        return floor + (1 - floor) * Math.exp(-(distance * distance) / (2 * width * width));
    }

    private double cutShare(long binSeconds) {
        return shareOfBin(binSeconds, this::isCut);
    }

    private double attackShare(long binSeconds) {
        return shareOfBin(binSeconds, this::isAttack);
    }

    /** An event that begins within a bin counts for that part of it, minute by minute. */
    private static double shareOfBin(long binSeconds, java.util.function.LongPredicate happens) {
        int minutes = 0;
        for (int second = 30; second < Bins.SECONDS; second += MINUTE) {
            minutes += happens.test(binSeconds + second) ? 1 : 0;
        }
        return minutes * MINUTE / (double) Bins.SECONDS;
    }

    private double chance(long stream, long time) {
        return new Seed(seed ^ stream * 0x9E3779B97F4A7C15L ^ time * 0xC2B2AE3D27D4EB4FL).unit();
    }

    private void addPair(DemoMember member, DemoRemote remote, double bitsPerSecond) {
        double v6 = bitsPerSecond * remote.ipv6Share;
        double udp = (bitsPerSecond - v6) * remote.udpShare;
        if (v6 < DEMAND_BITS_PER_SECOND_MIN) {
            v6 = 0;
        }
        if (udp < DEMAND_BITS_PER_SECOND_MIN) {
            udp = 0;
        }
        boolean byCable = remote.entry == CUT_CABLE;
        Kind kind = byCable ? Kind.BY_THE_CABLE : Kind.STEADY;
        addBothWays(member, remote, remote.entry, kind, 4, 6, bitsPerSecond - v6 - udp);
        addBothWays(member, remote, remote.entry, kind, 4, 17, udp);
        addBothWays(member, remote, remote.entry, kind, 6, 6, v6);
        if (byCable) {
            addBothWays(member, remote, Cable.SHV_SIN_1, Kind.ROUND_THE_CUT, 4, 6, bitsPerSecond);
        }
    }

    private void addBothWays(
            DemoMember member, DemoRemote remote, Cable cable, Kind kind, int ipVersion, int protocol, double rate) {
        if (rate <= 0) {
            return;
        }
        boolean serves = member.use == Use.SERVERS;
        double down = serves ? rate * UPSTREAM_SHARE : rate;
        double up = serves ? rate : rate * UPSTREAM_SHARE;
        Way inward = Way.in(member, remote.asn(), cable);
        add(remote::network, member::network, ipVersion, protocol, DOWN_PACKET_OCTETS, down, member, kind, inward);
        Way outward = inward.reversed();
        add(member::network, remote::network, ipVersion, protocol, UP_PACKET_OCTETS, up, member, kind, outward);
    }

    /** Members with each other, over the exchange. */
    private void addExchange(double memberWeights) {
        for (DemoMember from : DemoMember.values()) {
            for (DemoMember to : DemoMember.values()) {
                double share = from.weight / memberWeights * to.weight / memberWeights;
                double rate = PEAK_BITS_PER_SECOND * EXCHANGE_SHARE * share;
                if (from != to
                        && from.place == Place.PNH
                        && to.place == Place.PNH
                        && rate >= DEMAND_BITS_PER_SECOND_MIN) {
                    Way way = new Way(
                            List.of(new Hop(from.portExporter(), from.portInterface(), to.portInterface())),
                            List.of(
                                    new Booking(from.portExporter(), from.port(), Direction.IN, from.id(), to.asn()),
                                    new Booking(to.portExporter(), to.port(), Direction.OUT, to.id(), from.asn())));
                    add(from::network, to::network, 4, 6, EVEN_PACKET_OCTETS, rate, from, Kind.STEADY, way);
                }
            }
        }
    }

    /** The cache of a video network, one step from its largest member. */
    private void addCache() {
        DemoMember member = DemoMember.LOTUS;
        DemoRemote remote = DemoRemote.HERON;
        Booking booking =
                new Booking(Place.PNH.edge, DemoCountry.PRIVATE_LINK, Direction.OUT, member.id(), remote.asn());
        Hop hop = new Hop(Place.PNH.edge, 151, DemoCountry.PRIVATE_LINK_INTERFACE);
        Way way = new Way(List.of(hop), List.of(booking));
        double rate = CACHE_BITS_PER_SECOND;
        add(remote::network, member::network, 4, 17, DOWN_PACKET_OCTETS, rate, member, Kind.STEADY, way);
    }

    /** Answers to questions that the victim never asked, from everywhere. */
    private void addAttack() {
        for (DemoRemote remote : List.of(DemoRemote.WILLOW, DemoRemote.SAMBAR, DemoRemote.MACAQUE)) {
            Way way = Way.in(VICTIM, remote.asn(), Cable.SHV_SIN_1);
            double rate = ATTACK_BITS_PER_SECOND / 3;
            add(
                    remote::network,
                    (version, _) -> VICTIM.network(version, 7),
                    4,
                    17,
                    1_480,
                    rate,
                    VICTIM,
                    Kind.ATTACK,
                    way);
        }
    }

    private void add(
            Demand.Networks source,
            Demand.Networks target,
            int ipVersion,
            int protocol,
            int packetOctets,
            double bitsPerSecond,
            DemoMember member,
            Kind kind,
            Way way) {
        demands.add(new Demand(
                demands.size(),
                source,
                target,
                ipVersion,
                protocol,
                packetOctets,
                bitsPerSecond,
                member.use,
                kind,
                way.hops(),
                way.bookings()));
    }
}
