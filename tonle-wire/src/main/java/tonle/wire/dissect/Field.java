// SPDX-License-Identifier: Apache-2.0
package tonle.wire.dissect;

import java.util.List;
import java.util.Optional;

/**
 * One field of a dissected datagram, with the fields inside it.
 *
 * @param offsetOctets from the start of the datagram
 * @param sizeOctets never past the datagram's end
 * @param valueText empty where the children say everything
 * @param mark what is wrong here, where something is
 */
public record Field(
        String name, int offsetOctets, int sizeOctets, String valueText, List<Field> children, Optional<Mark> mark) {
    public Field {
        children = List.copyOf(children);
    }

    /**
     * The tree as indented lines: offset, size, name, value, and {@code !} with the fault where there is one. Nothing
     * in it comes from the datagram but numbers and networks.
     */
    public String text() {
        StringBuilder lines = new StringBuilder();
        write(lines, 0);
        return lines.toString();
    }

    private void write(StringBuilder lines, int depth) {
        lines.append(String.format("%6d %6d  %s%s", offsetOctets, sizeOctets, "  ".repeat(depth), name));
        if (!valueText.isEmpty()) {
            lines.append(": ").append(valueText);
        }
        mark.ifPresent(m -> lines.append("   ! ").append(m.fault()).append(", ").append(m.reference()));
        lines.append('\n');
        for (Field child : children) {
            child.write(lines, depth + 1);
        }
    }
}
