// SPDX-License-Identifier: Apache-2.0
package tonle.wire.dissect;

/**
 * Trees of the headers of a sampled packet, down to the outermost IP header. What lies behind it is hidden; so are
 * checksums, identifications and flow labels, from which hosts could be told.
 */
final class HeaderTree {
    private static final int TAG_COUNT_MAX = 16;

    private final Tree tree;
    private int stepsLeft = TAG_COUNT_MAX;

    HeaderTree(Tree tree) {
        this.tree = tree;
    }

    void ethernet(Tree.Node parent, long frame, long end) {
        tree.hidden(parent, "destinationMacAddress", frame, Math.min(6, end - frame));
        tree.hidden(parent, "sourceMacAddress", frame + 6, Math.min(6, end - frame - 6));
        long at = frame + 12;
        while (at + 2 <= end && stepsLeft-- > 0) {
            int type = tree.u16(at);
            tree.meaning(parent, "etherType", at, 2, String.format("0x%04X", type));
            boolean isVlanTag = type == 0x8100 || type == 0x88A8 || type == 0x9100 || type == 0x9200;
            if (!isVlanTag) {
                byEtherType(parent, type, at + 2, end);
                return;
            }
            if (at + 4 > end) {
                return;
            }
            tree.meaning(parent, "vlanId", at + 2, 2, Integer.toString(tree.u16(at + 2) & 0xFFF));
            at += 4;
        }
    }

    private void byEtherType(Tree.Node parent, int type, long at, long end) {
        switch (type) {
            case 0x0800, 0x86DD -> ip(parent, at, end);
            case 0x8847, 0x8848 -> mpls(parent, at, end);
            default -> tree.hidden(parent, "payload", at, end - at);
        }
    }

    void mpls(Tree.Node parent, long stack, long end) {
        long at = stack;
        boolean isBottom = false;
        while (!isBottom) {
            if (at + 4 > end || stepsLeft-- <= 0) {
                return;
            }
            long entry = tree.u32(at);
            isBottom = (entry & 0x100) != 0;
            tree.meaning(parent, "mplsLabel", at, 4, Long.toString(entry >>> 12));
            at += 4;
        }
        if (at >= end) {
            return;
        }
        int nibble = tree.u8(at) >>> 4;
        if (nibble == 4 || nibble == 6) {
            ip(parent, at, end);
        } else if (nibble == 0 && at + 4 <= end) {
            tree.meaning(parent, "controlWord", at, 4, "pseudowire");
            ethernet(parent, at + 4, end);
        } else {
            tree.hidden(parent, "payload", at, end - at);
        }
    }

    void ip(Tree.Node parent, long at, long end) {
        int version = at < end ? tree.u8(at) >>> 4 : 0;
        int headerOctets = version == 6 ? 40 : 20;
        if (version != 4 && version != 6 || at + headerOctets > end) {
            tree.hidden(parent, "payload", at, end - at);
            return;
        }
        Tree.Node header = tree.group(parent, version == 4 ? "IPv4" : "IPv6", at, headerOctets);
        if (version == 4) {
            tree.number(header, "totalLength", at + 2, 2);
            tree.number(header, "timeToLive", at + 8, 1);
            tree.number(header, "protocol", at + 9, 1);
            tree.network(header, "sourceAddress", at + 12, 4);
            tree.network(header, "destinationAddress", at + 16, 4);
        } else {
            tree.number(header, "payloadLength", at + 4, 2);
            tree.number(header, "nextHeader", at + 6, 1);
            tree.number(header, "hopLimit", at + 7, 1);
            tree.network(header, "sourceAddress", at + 8, 6);
            tree.network(header, "destinationAddress", at + 24, 6);
        }
        tree.hidden(parent, "behind the IP header", at + headerOctets, end - at - headerOctets);
    }
}
