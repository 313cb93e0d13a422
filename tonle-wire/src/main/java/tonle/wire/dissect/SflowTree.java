// SPDX-License-Identifier: Apache-2.0
package tonle.wire.dissect;

import tonle.base.DeviceAddress;

/** Trees of sFlow version 5 datagrams: header, samples, records; sampled packets down to their IP header. */
final class SflowTree {
    private static final String[] FLOW_SAMPLE = {"samplingRate", "samplePool", "drops"};
    private static final String[] INTERFACE_COUNTERS_IN = {
        "ifInUcastPkts", "ifInMulticastPkts", "ifInBroadcastPkts", "ifInDiscards", "ifInErrors", "ifInUnknownProtos"
    };
    private static final String[] INTERFACE_COUNTERS_OUT = {
        "ifOutUcastPkts",
        "ifOutMulticastPkts",
        "ifOutBroadcastPkts",
        "ifOutDiscards",
        "ifOutErrors",
        "ifPromiscuousMode"
    };

    private final Tree tree;
    private final boolean isForKeeping;

    SflowTree(Tree tree, boolean isForKeeping) {
        this.tree = tree;
        this.isForKeeping = isForKeeping;
    }

    void grow() {
        Tree.Node root = tree.root();
        int addressType = tree.has(4, 4) ? (int) tree.u32(4) : 0;
        boolean isKnown = addressType == 1 || addressType == 2;
        int addressOctets = addressType == 1 ? 4 : 16;
        long after = 8L + (isKnown ? addressOctets : 0);
        Tree.Node header = tree.group(root, "header", 0, isKnown ? after + 16 : 8);
        tree.number(header, "version", 0, 4);
        tree.number(header, "agentAddressType", 4, 4);
        if (!isKnown) {
            tree.hidden(root, "not read", 8, tree.end());
            return;
        }
        agentAddress(header, addressOctets);
        tree.number(header, "subAgentId", after, 4);
        tree.number(header, "sequenceNumber", after + 4, 4);
        tree.number(header, "uptime", after + 8, 4);
        long count = tree.number(header, "sampleCount", after + 12, 4);
        samples(root, after + 16, count);
    }

    /** The agent is a device: its address is shown whole. */
    private void agentAddress(Tree.Node header, int sizeOctets) {
        if (!tree.has(8, sizeOctets)) {
            tree.hidden(header, "agentAddress", 8, sizeOctets);
            return;
        }
        DeviceAddress agent = sizeOctets == 4
                ? DeviceAddress.ofIpv4((int) tree.u32(8))
                : DeviceAddress.ofIpv6(tree.read(8, 8), tree.read(16, 8));
        tree.meaning(header, "agentAddress", 8, sizeOctets, agent.text());
    }

    private void samples(Tree.Node root, long first, long count) {
        long at = first;
        for (long index = 0; index < count && tree.has(at, 8); index++) {
            long length = tree.u32(at + 4);
            if (length > tree.end() - at - 8) {
                break;
            }
            long tag = tree.u32(at);
            if (isForKeeping && headOctets(tag) == 0) {
                // Behind a damaged length these may be octets of a packet.
                tree.hidden(root, sampleName(tag), at, 8 + length);
            } else {
                Tree.Node sample = tree.group(root, sampleName(tag), at, 8 + length);
                tag(sample, at);
                sample(sample, tag, at + 8, at + 8 + length);
            }
            at = padded(at + 8, length, tree.end());
            if (length < headOctets(tag)) {
                break; // As the decoder: such a length is no way to the next sample.
            }
        }
        tree.hidden(root, "not read", at, tree.end() - at);
    }

    private void tag(Tree.Node parent, long at) {
        long tag = tree.u32(at);
        tree.meaning(parent, "format", at, 4, (tag >>> 12) + ":" + (tag & 0xFFF));
        tree.number(parent, "length", at + 4, 4);
    }

    private static String sampleName(long tag) {
        return switch ((int) tag) {
            case 1 -> "flow sample";
            case 2 -> "counter sample";
            case 3 -> "expanded flow sample";
            case 4 -> "expanded counter sample";
            case 5 -> "discarded packet";
            default -> "unknown sample";
        };
    }

    private void sample(Tree.Node sample, long tag, long at, long end) {
        int headOctets = headOctets(tag);
        if (headOctets == 0 || end - at < headOctets) {
            tree.hidden(sample, "not read", at, end - at);
            return;
        }
        boolean isExpanded = tag == 3 || tag == 4 || tag == 5;
        tree.number(sample, "sequenceNumber", at, 4);
        if (isExpanded) {
            tree.number(sample, "sourceIdType", at + 4, 4);
            tree.number(sample, "sourceIdIndex", at + 8, 4);
        } else {
            long source = tree.u32(at + 4);
            tree.meaning(sample, "sourceId", at + 4, 4, (source >>> 24) + ":" + (source & 0xFF_FFFF));
        }
        long next = at + (isExpanded ? 12 : 8);
        switch ((int) tag) {
            case 1 -> {
                numbers(sample, next, FLOW_SAMPLE);
                compactInterface(sample, "input", next + 12);
                compactInterface(sample, "output", next + 16);
            }
            case 3 -> {
                numbers(sample, next, FLOW_SAMPLE);
                numbers(sample, next + 12, "inputFormat", "inputValue", "outputFormat", "outputValue");
            }
            case 5 -> numbers(sample, next, "drops", "input", "output", "reason");
            default -> {
                // Counter samples have their records at once.
            }
        }
        long count = tree.number(sample, "recordCount", at + headOctets - 4, 4);
        records(sample, at + headOctets, end, count, tag == 2 || tag == 4);
    }

    private static int headOctets(long tag) {
        return switch ((int) tag) {
            case 1, 5 -> 32;
            case 2 -> 12;
            case 3 -> 44;
            case 4 -> 16;
            default -> 0;
        };
    }

    private void compactInterface(Tree.Node sample, String name, long at) {
        long word = tree.u32(at);
        long value = word & 0x3FFF_FFFFL;
        String words = switch ((int) (word >>> 30)) {
            case 0 -> value == 0x3FFF_FFFFL ? "internal" : Long.toString(value);
            case 1 -> "discarded, reason " + value;
            case 2 -> "multiple, " + value;
            default -> "format 3, " + value;
        };
        tree.meaning(sample, name, at, 4, words);
    }

    private void records(Tree.Node sample, long first, long end, long count, boolean isCounters) {
        long at = first;
        for (long index = 0; index < count && end - at >= 8; index++) {
            long length = tree.u32(at + 4);
            if (length > end - at - 8) {
                break;
            }
            long tag = tree.u32(at);
            String name = recordName(tag, isCounters);
            if (isForKeeping) {
                tree.hidden(sample, name, at, 8 + length);
                at = padded(at + 8, length, end);
                continue;
            }
            Tree.Node record = tree.group(sample, name, at, 8 + length);
            tag(record, at);
            if (isCounters && tag == 1 && length >= 88) {
                interfaceCounters(record, at + 8);
            } else if (isCounters) {
                tree.hidden(record, "body", at + 8, length);
            } else {
                flowRecord(record, tag, at + 8, at + 8 + length);
            }
            at = padded(at + 8, length, end);
        }
        tree.hidden(sample, "rest", at, end - at);
    }

    private static String recordName(long tag, boolean isCounters) {
        if (isCounters) {
            return tag == 1 ? "generic interface counters" : "counter record";
        }
        return switch ((int) tag) {
            case 1 -> "raw packet header";
            case 2 -> "Ethernet frame";
            case 3 -> "IPv4";
            case 4 -> "IPv6";
            case 1001 -> "extended switch";
            case 1002 -> "extended router";
            case 1003 -> "extended gateway";
            default -> "flow record";
        };
    }

    private void flowRecord(Tree.Node record, long tag, long at, long end) {
        long size = end - at;
        if (tag == 1 && size >= 16) {
            rawHeader(record, at, end);
        } else if (tag == 2 && size >= 4) {
            tree.number(record, "length", at, 4);
            tree.hidden(record, "MAC addresses and type", at + 4, size - 4);
        } else if (tag == 3 && size >= 16) {
            numbers(record, at, "length", "protocol");
            tree.network(record, "sourceAddress", at + 8, 4);
            tree.network(record, "destinationAddress", at + 12, 4);
            tree.hidden(record, "ports and flags", at + 16, size - 16);
        } else if (tag == 4 && size >= 40) {
            numbers(record, at, "length", "protocol");
            tree.network(record, "sourceAddress", at + 8, 6);
            tree.network(record, "destinationAddress", at + 24, 6);
            tree.hidden(record, "ports and flags", at + 40, size - 40);
        } else if (tag == 1001 && size >= 16) {
            numbers(record, at, "sourceVlan", "sourcePriority", "destinationVlan", "destinationPriority");
        } else if (tag == 1002 && size >= 4 + nextHopOctets(at) + 8) {
            nextHop(record, at);
            numbers(record, at + 4 + nextHopOctets(at), "sourceMaskLength", "destinationMaskLength");
        } else if (tag == 1003 && size >= 4 + nextHopOctets(at) + 16) {
            nextHop(record, at);
            long numbers = at + 4 + nextHopOctets(at);
            numbers(record, numbers, "as", "sourceAs", "sourcePeerAs", "destinationPathSegmentCount");
            tree.hidden(record, "path and communities", numbers + 16, end - numbers - 16);
        } else {
            tree.hidden(record, "body", at, size);
        }
    }

    private int nextHopOctets(long at) {
        if (!tree.has(at, 4)) {
            return 0;
        }
        return switch ((int) tree.u32(at)) {
            case 1 -> 4;
            case 2 -> 16;
            default -> 0;
        };
    }

    private void nextHop(Tree.Node record, long at) {
        tree.number(record, "nextHopType", at, 4);
        tree.hidden(record, "nextHop", at + 4, nextHopOctets(at));
    }

    private void rawHeader(Tree.Node record, long at, long end) {
        long protocol = tree.u32(at);
        numbers(record, at, "headerProtocol", "frameLength", "stripped", "headerSize");
        long headerEnd = Math.min(end, at + 16 + tree.u32(at + 12));
        HeaderTree headers = new HeaderTree(tree);
        switch ((int) Math.min(protocol, 99)) {
            case 1 -> headers.ethernet(record, at + 16, headerEnd);
            case 11, 12 -> headers.ip(record, at + 16, headerEnd);
            case 13 -> headers.mpls(record, at + 16, headerEnd);
            default -> tree.hidden(record, "header", at + 16, headerEnd - at - 16);
        }
    }

    private void interfaceCounters(Tree.Node record, long at) {
        numbers(record, at, "ifIndex", "ifType");
        tree.number(record, "ifSpeed", at + 8, 8);
        numbers(record, at + 16, "ifDirection", "ifStatus");
        tree.number(record, "ifInOctets", at + 24, 8);
        numbers(record, at + 32, INTERFACE_COUNTERS_IN);
        tree.number(record, "ifOutOctets", at + 56, 8);
        numbers(record, at + 64, INTERFACE_COUNTERS_OUT);
    }

    private void numbers(Tree.Node parent, long at, String... names) {
        for (int index = 0; index < names.length; index++) {
            tree.number(parent, names[index], at + 4L * index, 4);
        }
    }

    private static long padded(long at, long sizeOctets, long end) {
        return Math.min(at + (sizeOctets + 3 & ~3L), end);
    }
}
