// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tonle.base.DeviceAddress;
import tonle.traffic.Direction;
import tonle.traffic.EvenSpread;
import tonle.wire.flow.FlowRecord;
import tonle.wire.flow.InterfaceFormat;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;

/**
 * The tables of one reading. A record's keys are written side by side into one array of numbers, once for all tables;
 * each table then adds under the few that it asks for. Tables count the forward direction as it was sent, unscaled;
 * those with bins count both directions, spread evenly over the time that the record covers.
 */
final class AccountTables {
    /** What a record has no value for: under "None" in tables. */
    static final long ABSENT = FlowRecord.ABSENT;

    /** sFlow's interface formats stand in the top bits, past any ifIndex. */
    private static final int FORMAT_SHIFT = 60;

    private static final AccountKey[] KEYS = AccountKey.values();
    /** The element that answers a key, for keys that an element answers. */
    private static final Map<AccountKey, Slot> SLOTS = Map.of(
            AccountKey.PROTOCOL, Slot.PROTOCOL_IDENTIFIER,
            AccountKey.INGRESS, Slot.INGRESS_INTERFACE,
            AccountKey.EGRESS, Slot.EGRESS_INTERFACE,
            AccountKey.SOURCE_AS, Slot.BGP_SOURCE_AS_NUMBER,
            AccountKey.DESTINATION_AS, Slot.BGP_DESTINATION_AS_NUMBER);

    private final List<Grouping> groupings;
    private final GroupTable[] tables;
    /** For tables of two keys without bins, else {@code null}. */
    private final PairTable[] pairs;

    private final int[][] keyOrdinals;
    private final boolean[] hasBin;
    private final boolean[] hasSides;
    private final Slot[] slots;
    private final int[] slotOrdinals;
    private final boolean needsIpVersion;
    private final boolean needsTimes;
    private final boolean needsSides;
    private final Placement placement;
    private final EvenSpread spread;
    private final long[] values = new long[KEYS.length];
    private final long[] tuple = new long[KEYS.length];
    private final List<String> names = new ArrayList<>();
    private final Map<String, Long> nameIndices = new HashMap<>();
    private final Side side = new Side();

    AccountTables(AccountQuestion question) {
        groupings = question.groupings();
        placement = question.placement();
        int count = groupings.size();
        tables = new GroupTable[count];
        pairs = new PairTable[count];
        keyOrdinals = new int[count][];
        hasBin = new boolean[count];
        hasSides = new boolean[count];
        for (int i = 0; i < count; i++) {
            Grouping grouping = groupings.get(i);
            tables[i] = new GroupTable(grouping.keys().size());
            keyOrdinals[i] =
                    grouping.keys().stream().mapToInt(AccountKey::ordinal).toArray();
            hasBin[i] = grouping.has(AccountKey.BIN);
            hasSides[i] = grouping.needsTopology();
            pairs[i] = grouping.keys().size() == 2 && !hasBin[i] ? new PairTable() : null;
        }
        needsIpVersion = isAsked(AccountKey.IP_VERSION);
        needsTimes = isAsked(AccountKey.BIN);
        needsSides = groupings.stream().anyMatch(Grouping::needsTopology);
        spread = new EvenSpread(question.binSeconds());
        List<AccountKey> bySlot = SLOTS.keySet().stream()
                .filter(key -> isAsked(key) || needsSides && (key == AccountKey.INGRESS || key == AccountKey.EGRESS))
                .sorted()
                .toList();
        slots = bySlot.stream().map(SLOTS::get).toArray(Slot[]::new);
        slotOrdinals = bySlot.stream().mapToInt(AccountKey::ordinal).toArray();
    }

    /** All that follows is of this exporter. */
    void exporter(int exporterIndex) {
        values[AccountKey.EXPORTER.ordinal()] = exporterIndex;
    }

    /** Whether a table asks when traffic flowed. */
    boolean needsTimes() {
        return needsTimes;
    }

    /** Whether there is anything to do at all. */
    boolean isEmpty() {
        return tables.length == 0;
    }

    /**
     * One flow record.
     *
     * @param octets forward
     * @param packets forward
     * @param defaultMillis stands where the record has no times: when it was exported
     * @param initMillis when the exporter started, where its times count from there; else -1
     */
    void flow(
            FlowRecord record,
            DeviceAddress exporter,
            long octets,
            long packets,
            long reverseOctets,
            long reversePackets,
            long defaultMillis,
            long initMillis) {
        for (int i = 0; i < slots.length; i++) {
            values[slotOrdinals[i]] = record.value(slots[i]);
        }
        if (needsIpVersion) {
            int version = record.ipVersion();
            values[AccountKey.IP_VERSION.ordinal()] = version == 0 ? ABSENT : version;
        }
        if (needsTimes) {
            long start = startMillis(record, initMillis);
            long end = endMillis(record, initMillis);
            long known = start >= 0 ? start : end >= 0 ? end : defaultMillis;
            spread.over(known, end >= 0 ? end : known);
        }
        add(octets, packets, octets + reverseOctets, packets + reversePackets, false);
        if (needsSides) {
            Template template = record.template();
            int flowDirection = template.has(Slot.FLOW_DIRECTION) ? (int) record.value(Slot.FLOW_DIRECTION) : -1;
            side.set(octets, packets, octets + reverseOctets, packets + reversePackets);
            placement.place(
                    exporter,
                    values[AccountKey.INGRESS.ordinal()],
                    values[AccountKey.EGRESS.ordinal()],
                    flowDirection,
                    record.sourceNetwork(),
                    record.destinationNetwork(),
                    side);
            side.unplaced();
        }
    }

    private static long startMillis(FlowRecord record, long initMillis) {
        long start = record.startMillis();
        long uptime = start < 0 && initMillis >= 0 ? record.value(Slot.FLOW_START_SYS_UP_TIME) : ABSENT;
        return uptime >= 0 ? initMillis + uptime : start;
    }

    private static long endMillis(FlowRecord record, long initMillis) {
        long end = record.endMillis();
        long uptime = end < 0 && initMillis >= 0 ? record.value(Slot.FLOW_END_SYS_UP_TIME) : ABSENT;
        return uptime >= 0 ? initMillis + uptime : end;
    }

    /** One sFlow sample: {@code values} that are no element have been set by the caller through {@link #set}. */
    void sample(DeviceAddress exporter, long sourceNetwork, long destinationNetwork, long octets, long captureMillis) {
        if (needsTimes) {
            spread.over(captureMillis, captureMillis);
        }
        add(octets, 1, octets, 1, false);
        if (needsSides) {
            side.set(octets, 1, octets, 1);
            placement.place(
                    exporter,
                    values[AccountKey.INGRESS.ordinal()],
                    values[AccountKey.EGRESS.ordinal()],
                    -1,
                    sourceNetwork,
                    destinationNetwork,
                    side);
            side.unplaced();
        }
    }

    void set(AccountKey key, long value) {
        values[key.ordinal()] = value;
    }

    /** An interface as sFlow writes it, as one number. */
    static long interfaceValue(InterfaceFormat format, long value) {
        return switch (format) {
            case INDEX -> value;
            case DISCARD -> 1L << FORMAT_SHIFT | value;
            case MULTIPLE -> 2L << FORMAT_SHIFT | value;
            case INTERNAL -> 3L << FORMAT_SHIFT;
        };
    }

    static String interfaceText(long value) {
        long number = value & (1L << FORMAT_SHIFT) - 1;
        return switch ((int) (value >>> FORMAT_SHIFT)) {
            case 1 -> "discard:" + number;
            case 2 -> "multiple:" + number;
            case 3 -> "internal";
            default -> Long.toString(value);
        };
    }

    GroupTable table(int index) {
        return pairs[index] == null ? tables[index] : pairs[index].groups();
    }

    /** A name that a key's number stands for. */
    String name(long index) {
        return names.get((int) index);
    }

    private boolean isAsked(AccountKey key) {
        return groupings.stream().anyMatch(grouping -> grouping.has(key));
    }

    /** Adds to all tables that have sides, or to all that have none. */
    private void add(long octets, long packets, long bothOctets, long bothPackets, boolean ofSides) {
        for (int i = 0; i < tables.length; i++) {
            if (hasSides[i] != ofSides) {
                continue;
            }
            int[] ordinals = keyOrdinals[i];
            if (hasBin[i]) {
                addBins(tables[i], ordinals, bothOctets, bothPackets);
            } else if (ordinals.length == 1) {
                tables[i].add(values[ordinals[0]], 1, octets, packets);
            } else if (ordinals.length == 2) {
                pairs[i].add(values[ordinals[0]], values[ordinals[1]], 1, octets, packets);
            } else {
                tables[i].add(tuple(ordinals), 1, octets, packets);
            }
        }
    }

    private void addBins(GroupTable table, int[] ordinals, long octets, long packets) {
        int count = spread.binCount();
        if (count == 1) {
            values[AccountKey.BIN.ordinal()] = spread.binStartSeconds(0);
            table.add(tuple(ordinals), 1, octets, packets);
            return;
        }
        // The first walk leaves no room for the second amount's parts: octets go in first, packets after them.
        long[] parts = spread.split(octets);
        for (int i = 0; i < count; i++) {
            values[AccountKey.BIN.ordinal()] = spread.binStartSeconds(i);
            table.add(tuple(ordinals), 1, parts[i], 0);
        }
        parts = spread.split(packets);
        for (int i = 0; i < count; i++) {
            values[AccountKey.BIN.ordinal()] = spread.binStartSeconds(i);
            table.add(tuple(ordinals), 0, 0, parts[i]);
        }
    }

    private long[] tuple(int[] ordinals) {
        for (int i = 0; i < ordinals.length; i++) {
            tuple[i] = values[ordinals[i]];
        }
        return tuple;
    }

    /** Adds once for each side of a record that the placement names. */
    private final class Side implements Placement.Sides {
        private long octets;
        private long packets;
        private long bothOctets;
        private long bothPackets;
        private boolean isPlaced;

        void set(long octets, long packets, long bothOctets, long bothPackets) {
            this.octets = octets;
            this.packets = packets;
            this.bothOctets = bothOctets;
            this.bothPackets = bothPackets;
            isPlaced = false;
        }

        @Override
        public void side(String link, Direction direction, String member, long remoteAsn) {
            isPlaced = true;
            count(index(link), direction.ordinal(), index(member), remoteAsn);
        }

        /** A record that crosses no known link is counted once, under "None". */
        void unplaced() {
            if (!isPlaced) {
                count(ABSENT, ABSENT, ABSENT, ABSENT);
            }
        }

        private void count(long link, long direction, long member, long remoteAsn) {
            values[AccountKey.LINK.ordinal()] = link;
            values[AccountKey.DIRECTION.ordinal()] = direction;
            values[AccountKey.MEMBER.ordinal()] = member;
            values[AccountKey.REMOTE_AS.ordinal()] = remoteAsn;
            add(octets, packets, bothOctets, bothPackets, true);
        }

        private long index(String name) {
            Long known = nameIndices.get(name);
            if (known == null) {
                known = (long) names.size();
                names.add(name);
                nameIndices.put(name, known);
            }
            return known;
        }
    }
}
