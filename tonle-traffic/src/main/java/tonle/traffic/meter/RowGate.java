// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import java.util.ArrayList;
import java.util.List;
import tonle.traffic.store.RowKind;
import tonle.traffic.store.VolumeRow;

/**
 * The only way from cells to rows, and the keeper of the rule of ten: what leaves holds ten flows or more; a rest joins
 * the link's {@code other}; an {@code other} below ten waits here for the next bin (architecture, section 7).
 */
final class RowGate {
    static final int FLOWS_MIN = 10;

    private final CellNames names;
    /** What waits, by link and direction: the keys are those of {@code other}. */
    private CellTable waiting = new CellTable(2 * CellNames.LINKS_MAX + 2);

    private List<VolumeRow> rows = new ArrayList<>();
    private long rawInRows;

    RowGate(CellNames names) {
        this.names = names;
    }

    /** Lets out of an open bin what may leave. */
    void flush(long binSeconds, RowKind kind, CellTable table) {
        table.visit(FLOWS_MIN, (t, offset) -> {
            leave(binSeconds, kind, t, offset);
            t.clear(offset);
        });
    }

    /**
     * Ends a bin: all of it leaves, merged as far as the rule asks; what still may not leave waits for the next bin.
     */
    void close(long binSeconds, RowKind kind, CellTable table) {
        flush(binSeconds, kind, table);
        CellTable others = new CellTable(waiting.size() + table.size() + 1);
        table.visit(1, (t, offset) -> {
            join(others, CellNames.otherKey(t.key(offset)), t, offset);
            t.clear(offset);
        });
        if (kind == RowKind.MEASURED) {
            // A correction adds to the wait and takes nothing from it: newer traffic never lands in an old bin.
            waiting.visit(1, (t, offset) -> join(others, t.key(offset), t, offset));
            waiting = new CellTable(2 * CellNames.LINKS_MAX + 2);
        }
        flush(binSeconds, kind, others);
        others.visit(1, (t, offset) -> join(waiting, t.key(offset), t, offset));
    }

    private static void join(CellTable into, long key, CellTable from, int offset) {
        into.add(
                key,
                from.at(offset, CellTable.OCTETS),
                from.at(offset, CellTable.PACKETS),
                from.at(offset, CellTable.FLOWS),
                from.variance(offset),
                from.at(offset, CellTable.UNSCALED),
                from.at(offset, CellTable.RAW));
    }

    private void leave(long binSeconds, RowKind kind, CellTable table, int offset) {
        long key = table.key(offset);
        rows.add(new VolumeRow(
                binSeconds,
                names.link(key),
                CellNames.direction(key),
                names.member(key),
                CellNames.asn(key),
                CellNames.ipVersion(key),
                CellNames.protocol(key),
                table.at(offset, CellTable.OCTETS),
                table.at(offset, CellTable.PACKETS),
                table.at(offset, CellTable.FLOWS),
                table.variance(offset),
                table.at(offset, CellTable.UNSCALED),
                kind));
        rawInRows += table.at(offset, CellTable.RAW);
    }

    /** The rows that left since the last call. */
    List<VolumeRow> takeRows() {
        List<VolumeRow> taken = rows;
        rows = new ArrayList<>();
        rawInRows = 0;
        return taken;
    }

    /** Unscaled octets in the rows that {@link #takeRows} will give. */
    long rawInRows() {
        return rawInRows;
    }

    long rawWaiting() {
        return waiting.rawHeld();
    }

    long flowsWaiting() {
        return waiting.flowsHeld();
    }
}
