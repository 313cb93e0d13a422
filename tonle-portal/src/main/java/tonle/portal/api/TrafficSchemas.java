// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import tonle.portal.table.Kind;

/** Objects about traffic and about what measures it: the rows of the tables of the pages, by the names of columns. */
final class TrafficSchemas {
    private TrafficSchemas() {}

    /** A column of a page's table. */
    private static Member column(String name, Kind kind, String description, Object example) {
        Shape shape = switch (kind) {
            case TEXT, ID -> new Shape.Text(2_000);
            case COUNT -> Shape.COUNT;
            case MILLIS -> new Shape.Whole(Long.MIN_VALUE, Long.MAX_VALUE);
            case BITS_PER_SECOND, PACKETS_PER_SECOND, OCTETS, SHARE, RATIO -> new Shape.Figure();
            case TIME -> Schemas.MOMENT;
            case FLAG -> Schemas.TRUTH;
            case SPARK -> new Shape.Many(new Shape.Figure(), 1_000);
        };
        return Member.sometimes(name, shape, description, example);
    }

    static void add(Consumer<Schema> add) {
        links(add);
        traffic(add);
        exporters(add);
        status(add);
    }

    private static void links(Consumer<Schema> add) {
        add.accept(Schema.of(
                "LinkLoad",
                "A link in a month, and how full it is now.",
                column("link", Kind.ID, "The link.", "PNH-SHV-1"),
                column("kind", Kind.TEXT, "Its kind.", "international"),
                column("between", Kind.TEXT, "Its two ends.", "PNH – SIN"),
                column("capacityBitsPerSecond", Kind.BITS_PER_SECOND, "Its capacity.", 100_000_000_000L),
                column(
                        "inBitsPerSecond",
                        Kind.BITS_PER_SECOND,
                        "In from the link, in the newest bin.",
                        41_000_000_000L),
                column("inLoad", Kind.SHARE, "The same as a part of the capacity.", 0.41),
                column(
                        "outBitsPerSecond",
                        Kind.BITS_PER_SECOND,
                        "Out to the link, in the newest bin.",
                        12_000_000_000L),
                column("outLoad", Kind.SHARE, "The same as a part of the capacity.", 0.12),
                column(
                        "inPercentile95BitsPerSecond",
                        Kind.BITS_PER_SECOND,
                        "95th percentile of the month.",
                        55_000_000_000L),
                column(
                        "outPercentile95BitsPerSecond",
                        Kind.BITS_PER_SECOND,
                        "95th percentile of the month.",
                        17_000_000_000L),
                column("source", Kind.TEXT, "Counters, or an estimate from flows.", "counters"),
                column("state", Kind.TEXT, "How it is.", "up")));
        add.accept(Schemas.list("LinkLoadList", "LinkLoad"));
        add.accept(Schema.of(
                "LinkPercentile",
                "One direction of a link in a month.",
                column("direction", Kind.TEXT, "In or out.", "in"),
                column("percentile95BitsPerSecond", Kind.BITS_PER_SECOND, "The 95th percentile.", 55_000_000_000L),
                column("percentileBin", Kind.TIME, "The bin that it is.", "2026-11-12T13:05:00Z"),
                column("samples", Kind.COUNT, "Bins of the month so far.", 8_640L),
                column("discarded", Kind.COUNT, "Bins above it.", 432L),
                column("rank", Kind.COUNT, "Its place among the bins, the smallest first.", 8_208L),
                column("meanBitsPerSecond", Kind.BITS_PER_SECOND, "The mean.", 31_000_000_000L),
                column("maxBitsPerSecond", Kind.BITS_PER_SECOND, "The largest bin.", 78_000_000_000L),
                column("source", Kind.TEXT, "Counters, or an estimate from flows.", "counters")));
        add.accept(Schema.of(
                "LinkMonth",
                "A link in a month.",
                Member.of("link", Schemas.ID, "The link.", "PNH-SHV-1"),
                Member.of("month", new Shape.Month(), "The month.", "2026-11"),
                Member.of(
                        "percentiles",
                        new Shape.Many(new Shape.Of("LinkPercentile"), 2),
                        "Each direction.",
                        Schemas.WITHIN)));
        add.accept(Schema.of(
                "LinkSample",
                "Five minutes of a link.",
                column("time", Kind.TIME, "The bin.", "2026-11-12T13:05:00Z"),
                column("inBitsPerSecond", Kind.BITS_PER_SECOND, "In from the link.", 41_000_000_000L),
                column("outBitsPerSecond", Kind.BITS_PER_SECOND, "Out to the link.", 12_000_000_000L),
                column("whole", Kind.FLAG, "Whether all of it was counted.", true)));
        add.accept(Schemas.list("LinkSampleList", "LinkSample"));
    }

    private static void traffic(Consumer<Schema> add) {
        List<Member> columns = new ArrayList<>(List.of(
                column("direction", Kind.TEXT, "In or out.", "in"),
                column("site", Kind.TEXT, "The site.", null),
                column("link", Kind.TEXT, "The link.", null),
                column("linkKind", Kind.TEXT, "The kind of link.", null),
                column("member", Kind.TEXT, "The operator connected here.", "alpha"),
                column("remoteAs", Kind.TEXT, "The AS at the far end.", null),
                column("country", Kind.TEXT, "The country of the remote AS.", null),
                column("ipVersion", Kind.TEXT, "4 or 6.", null),
                column("protocol", Kind.TEXT, "The protocol.", null),
                column("hour", Kind.TEXT, "The hour.", null)));
        for (String unit : List.of("BitsPerSecond", "PacketsPerSecond", "Octets", "ShareOfLink")) {
            boolean isUsual = unit.equals("BitsPerSecond");
            for (String statistic : List.of("mean", "percentile95", "max", "last", "previousMean")) {
                columns.add(column(
                        statistic + unit,
                        Kind.RATIO,
                        "By the measure that was asked for.",
                        isUsual && !statistic.equals("previousMean") ? 1_000_000_000L : null));
            }
        }
        columns.addAll(Arrays.asList(
                column("change", Kind.SHARE, "Against the span before.", null),
                column("octets", Kind.OCTETS, "The volume.", 125_000_000_000L),
                column("share", Kind.SHARE, "Its part of the total.", 0.25),
                column("uncertainty", Kind.SHARE, "One standard error of sampling.", 0.01),
                column("unscaledShare", Kind.SHARE, "The part without a known sampling rate.", null)));
        add.accept(new Schema("TrafficRow", "A group of traffic; it has the columns that were asked for.", columns));
        add.accept(Schema.of(
                "TrafficAnswer",
                "The answer to a question about traffic.",
                Member.of("question", new Shape.Text(4_000), "What was asked, in words.", "Bits per second by member"),
                Member.of("groups", Shape.COUNT, "How many groups there are in truth.", 12L),
                Member.orNull("freshness", Schemas.MOMENT, "The end of the newest whole bin.", "2026-11-23T03:40:00Z"),
                Member.of("rows", new Shape.Many(new Shape.Of("TrafficRow"), 1_000), "The groups.", Schemas.WITHIN),
                Member.of(
                        "totals", new Shape.Many(new Shape.Of("TrafficRow"), 10), "All groups together.", List.of())));
    }

    private static void exporters(Consumer<Schema> add) {
        add.accept(Schema.of(
                "Exporter",
                "A device that sends flow data.",
                column("exporter", Kind.ID, "Its id; empty while it is unknown.", "pnh-edge-1"),
                column("address", Kind.ID, "The device's address.", "192.0.2.1"),
                column("state", Kind.TEXT, "How it is.", "heard"),
                column("site", Kind.TEXT, "Where it stands.", "PNH"),
                column("protocols", Kind.TEXT, "What it speaks.", "ipfix"),
                column("lastHeard", Kind.TIME, "When it was heard last.", "2026-11-23T03:41:59Z"),
                column("datagrams", Kind.COUNT, "Datagrams since the start.", 1_000L),
                column("records", Kind.COUNT, "Flow records.", 20_000L),
                column("samples", Kind.COUNT, "Flow samples.", 0L),
                column("lost", Kind.COUNT, "Datagrams lost on the way.", 0L),
                column("lossShare", Kind.SHARE, "The same as a part.", 0.0),
                column("malformed", Kind.COUNT, "Datagrams that were damaged.", 0L)));
        add.accept(Schemas.list("ExporterList", "Exporter"));
    }

    private static void status(Consumer<Schema> add) {
        add.accept(Schema.of(
                "Listener",
                "A socket that receives.",
                column("listener", Kind.ID, "Its name.", "netflow"),
                column("transport", Kind.TEXT, "UDP, TCP or TLS.", "udp"),
                column("received", Kind.COUNT, "Datagrams or messages.", 1_213_345L),
                column("bufferGotOctets", Kind.OCTETS, "The receive buffer that the system gave.", 33_554_432L),
                column("kernelDropped", Kind.COUNT, "Dropped by the system.", 0L),
                column("queueDropped", Kind.COUNT, "Dropped before decoding.", 0L),
                column("queueLength", Kind.COUNT, "Waiting to be decoded.", 3L),
                column("connections", Kind.COUNT, "Open connections.", 0L),
                column("state", Kind.TEXT, "How it is.", "listens")));
        add.accept(Schema.of(
                "Conservation",
                "Where every decoded octet is.",
                column("decodedOctets", Kind.COUNT, "Decoded.", 1_000_000L),
                column("bookedOctets", Kind.COUNT, "Written.", 880_000L),
                column("underWayOctets", Kind.COUNT, "On the way to the store.", 20_000L),
                column("heldOctets", Kind.COUNT, "In open bins.", 60_000L),
                column("setAsideOctets", Kind.COUNT, "Set aside.", 0L),
                column("rejectedOctets", Kind.COUNT, "Rejected.", 30_000L),
                column("refusedOctets", Kind.COUNT, "Refused.", 10_000L),
                column("holds", Kind.FLAG, "Whether the sums agree.", true)));
        add.accept(Schema.of(
                "StoreStatus",
                "The traffic store.",
                column("writable", Kind.FLAG, "Whether it takes rows.", true),
                column("sizeOctets", Kind.OCTETS, "Its size.", 5_000_000L),
                column("volumeRows", Kind.COUNT, "Its rows.", 100_000L),
                column("oldestBin", Kind.TIME, "The oldest bin.", "2026-08-23T00:00:00Z"),
                column("newestBin", Kind.TIME, "The newest bin.", "2026-11-23T03:35:00Z"),
                column("writtenBatches", Kind.COUNT, "Batches written.", 4_000L),
                column("repeatedBatches", Kind.COUNT, "Batches that came twice and count once.", 0L),
                column("shedRows", Kind.COUNT, "Rows that were shed.", 0L)));
        add.accept(Schema.of(
                "Status",
                "The gateway itself.",
                Member.of("version", new Shape.Text(40), "Of the software.", "0.1.0"),
                Member.of("isDemo", Schemas.TRUTH, "Whether it shows a made-up country.", false),
                Member.of(
                        "listeners",
                        new Shape.Many(new Shape.Of("Listener"), 100),
                        "Sockets that receive.",
                        Schemas.WITHIN),
                Member.of("conservation", new Shape.Of("Conservation"), "Where every octet is.", Schemas.WITHIN),
                Member.of("store", new Shape.Of("StoreStatus"), "The traffic store.", Schemas.WITHIN)));
    }
}
