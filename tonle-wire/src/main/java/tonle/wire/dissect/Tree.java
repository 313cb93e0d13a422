// SPDX-License-Identifier: Apache-2.0
package tonle.wire.dissect;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tonle.base.Network;

/**
 * A field tree that grows. The one place where a dissector reads octets: each way to add a field checks that its octets
 * are there, and no way exists to show an address whole or octets as they are.
 */
final class Tree {
    /** More fields than this are not shown: a datagram of tiny records is as readable without its end. */
    static final int FIELD_COUNT_MAX = 8_192;

    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /** A field under construction. */
    static final class Node {
        private final String name;
        private final long offset;
        private final long size;
        private String value;
        private final List<Node> children = new ArrayList<>();
        private Mark mark;

        private Node(String name, long offset, long size, String value) {
            this.name = name;
            this.offset = offset;
            this.size = size;
            this.value = value;
        }

        void say(String text) {
            value = text;
        }

        private boolean covers(long place) {
            return place >= offset && place < offset + size;
        }

        private Field toField() {
            return new Field(
                    name,
                    (int) offset,
                    (int) size,
                    value,
                    children.stream().map(Node::toField).toList(),
                    Optional.ofNullable(mark));
        }
    }

    private final MemorySegment octets;
    private final Node root;
    private int fieldCountLeft = FIELD_COUNT_MAX;

    Tree(MemorySegment octets, String name) {
        this.octets = octets;
        this.root = new Node(name, 0, octets.byteSize(), "");
    }

    Node root() {
        return root;
    }

    long end() {
        return octets.byteSize();
    }

    /** A field that holds others; its size is cut where the datagram ends. */
    Node group(Node parent, String name, long offset, long sizeOctets) {
        return add(parent, name, offset, sizeOctets, "");
    }

    /** An unsigned number of 1 to 8 octets; 0 where its octets are not all there. */
    long number(Node parent, String name, long offset, int sizeOctets) {
        if (!isThere(parent, name, offset, sizeOctets)) {
            return 0;
        }
        long value = read(offset, sizeOctets);
        add(parent, name, offset, sizeOctets, Long.toUnsignedString(value));
        return value;
    }

    /** A number with words for what it means. */
    void meaning(Node parent, String name, long offset, int sizeOctets, String words) {
        if (isThere(parent, name, offset, sizeOctets)) {
            add(parent, name, offset, sizeOctets, words);
        }
    }

    void seconds(Node parent, String name, long offset) {
        if (isThere(parent, name, offset, 4)) {
            add(parent, name, offset, 4, Instant.ofEpochSecond(read(offset, 4)).toString());
        }
    }

    void millis(Node parent, String name, long offset) {
        if (isThere(parent, name, offset, 8)) {
            add(parent, name, offset, 8, Instant.ofEpochMilli(read(offset, 8)).toString());
        }
    }

    /** An address of a host: of its octets only the network's are read. */
    void network(Node parent, String name, long offset, int ipVersion) {
        int sizeOctets = ipVersion == 4 ? 4 : 16;
        if (isThere(parent, name, offset, sizeOctets)) {
            long network = ipVersion == 4
                    ? Network.ofIpv4((int) read(offset, 3))
                    : Network.ofIpv6(read(offset, 4) << 16 | read(offset + 4, 2));
            add(parent, name, offset, sizeOctets, Network.text(network));
        }
    }

    /** Octets that are not read at all. */
    void hidden(Node parent, String name, long offset, long sizeOctets) {
        long size = Math.min(sizeOctets, end() - offset);
        if (size > 0) {
            add(parent, name, offset, size, "hidden, " + octets(size));
        }
    }

    static String octets(long count) {
        return count == 1 ? "1 octet" : count + " octets";
    }

    /** Puts a mark on the outermost field that begins at {@code offset}, else on the innermost one that covers it. */
    void mark(Mark mark, long offset) {
        Node at = root;
        boolean deeper = true;
        while (deeper) {
            Node parent = at;
            at = parent.children.stream()
                    .filter(n -> n.covers(offset))
                    .findFirst()
                    .orElse(parent);
            deeper = at != parent && at.offset != offset;
        }
        if (at.mark == null && at != root) {
            at.mark = mark;
        } else {
            Node damage = new Node("damage", Math.min(offset, end()), 0, "");
            damage.mark = mark;
            at.children.add(damage);
        }
    }

    Field toField() {
        if (fieldCountLeft <= 0) {
            root.children.add(new Node("more than " + FIELD_COUNT_MAX + " fields", end(), 0, "the rest is not shown"));
        }
        return root.toField();
    }

    boolean has(long offset, long sizeOctets) {
        return offset + sizeOctets <= end();
    }

    /** Octets that the caller knows to be there. */
    long read(long offset, int sizeOctets) {
        long value = 0;
        for (int i = 0; i < sizeOctets; i++) {
            value = value << 8 | Byte.toUnsignedLong(octets.get(U8, offset + i));
        }
        return value;
    }

    int u8(long offset) {
        return Byte.toUnsignedInt(octets.get(U8, offset));
    }

    int u16(long offset) {
        return Short.toUnsignedInt(octets.get(U16, offset));
    }

    long u32(long offset) {
        return Integer.toUnsignedLong(octets.get(U32, offset));
    }

    private boolean isThere(Node parent, String name, long offset, int sizeOctets) {
        if (has(offset, sizeOctets)) {
            return true;
        }
        if (offset < end()) {
            add(parent, name, offset, end() - offset, "cut off");
        }
        return false;
    }

    private Node add(Node parent, String name, long offset, long sizeOctets, String value) {
        Node node = new Node(name, offset, Math.max(0, Math.min(sizeOctets, end() - offset)), value);
        if (fieldCountLeft > 0) {
            fieldCountLeft--;
            parent.children.add(node);
        }
        return node;
    }
}
