// SPDX-License-Identifier: Apache-2.0
package tonle.wire.dissect;

import java.lang.foreign.MemorySegment;
import tonle.wire.flow.FlowDecoder;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.TemplateLookup;

/**
 * Makes a field tree of a flow export datagram. What is damaged, and which template rules which data set, the decoder
 * itself says in a pass of its own, so that a page never shows another fault than the one that was counted. Templates
 * that the datagram itself defines are known behind their definition. Thread-safe: nothing is kept.
 */
public final class Dissector {
    private Dissector() {}

    /** The whole tree: host bits, MAC addresses, ports, personal elements and unknown octets hidden. */
    public static Field dissect(MemorySegment datagram, TemplateLookup templates) {
        return dissect(datagram, templates, false);
    }

    /**
     * The tree as it may be kept in memory: header fields, templates, offsets and faults; the octets of data sets, of
     * version 5 records and of sampled packets are hidden altogether.
     */
    public static Field dissectForKeeping(MemorySegment datagram, TemplateLookup templates) {
        return dissect(datagram, templates, true);
    }

    private static Field dissect(MemorySegment datagram, TemplateLookup templates, boolean isForKeeping) {
        Findings findings = new Findings(templates);
        new FlowDecoder(findings, findings).decode(datagram);
        FlowProtocol protocol = protocol(datagram);
        Tree tree = new Tree(datagram, protocol == null ? "unknown" : name(protocol));
        if (protocol == null) {
            tree.number(tree.root(), "version", 0, 2);
            tree.hidden(tree.root(), "octets", 2, tree.end());
        } else {
            switch (protocol) {
                case NETFLOW5, NETFLOW9, IPFIX -> new SetTree(tree, findings, protocol, isForKeeping).grow();
                case SFLOW5 -> new SflowTree(tree, isForKeeping).grow();
            }
        }
        // Without a version there is no protocol whose section could be named; IPFIX is today's.
        findings.markOn(tree, protocol == null ? FlowProtocol.IPFIX : protocol);
        return tree.toField();
    }

    /** What the first octets say, or {@code null} for none that Tonle reads. */
    private static FlowProtocol protocol(MemorySegment datagram) {
        Tree first = new Tree(datagram, "");
        if (!first.has(0, 4)) {
            return null;
        }
        return switch (first.u16(0)) {
            case 5 -> FlowProtocol.NETFLOW5;
            case 9 -> FlowProtocol.NETFLOW9;
            case 10 -> FlowProtocol.IPFIX;
            default -> first.u32(0) == 5 ? FlowProtocol.SFLOW5 : null;
        };
    }

    private static String name(FlowProtocol protocol) {
        return switch (protocol) {
            case NETFLOW5 -> "NetFlow version 5";
            case NETFLOW9 -> "NetFlow version 9";
            case IPFIX -> "IPFIX";
            case SFLOW5 -> "sFlow version 5";
        };
    }
}
