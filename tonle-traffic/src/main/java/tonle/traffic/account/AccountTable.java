// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One table of an account, read to the end: its groups, largest octets first. */
public final class AccountTable {
    /** A group by member or AS is shown from so many records on; smaller ones are merged (docs/ARCHITECTURE.md). */
    public static final int RECORD_COUNT_MIN = 10;

    private static final long OTHER = -2;

    private final Grouping grouping;
    private final AccountTables tables;
    private final SessionTable sessions;
    private final long[] keys;
    private final long[] sums;
    private final int[] order;

    AccountTable(Grouping grouping, GroupTable read, AccountTables tables, SessionTable sessions) {
        this.grouping = grouping;
        this.tables = tables;
        this.sessions = sessions;
        GroupTable table = merged(grouping, read);
        int keyCount = table.keyCount();
        keys = new long[table.size() * keyCount];
        sums = new long[table.size() * 3];
        int[] filled = {0};
        table.forEach((key, records, octets, packets) -> {
            int row = filled[0]++;
            System.arraycopy(key, 0, keys, row * keyCount, keyCount);
            sums[row * 3] = records;
            sums[row * 3 + 1] = octets;
            sums[row * 3 + 2] = packets;
        });
        order = RowOrder.descending(sums, 3, 1, keys, keyCount);
    }

    /** The table with its small groups merged: their guarded keys become {@link AccountRow#OTHER}, the others stay. */
    private static GroupTable merged(Grouping grouping, GroupTable read) {
        boolean[] isGuarded = new boolean[grouping.keys().size()];
        boolean hasGuarded = false;
        for (int i = 0; i < isGuarded.length; i++) {
            isGuarded[i] = grouping.keys().get(i).isGuarded();
            hasGuarded |= isGuarded[i];
        }
        if (!hasGuarded) {
            return read;
        }
        GroupTable merged = new GroupTable(read.keyCount());
        read.forEach((key, records, octets, packets) -> {
            for (int i = 0; i < isGuarded.length && records < RECORD_COUNT_MIN; i++) {
                key[i] = isGuarded[i] && key[i] != AccountTables.ABSENT ? OTHER : key[i];
            }
            merged.add(key, records, octets, packets);
        });
        return merged;
    }

    public Grouping grouping() {
        return grouping;
    }

    public int size() {
        return order.length;
    }

    /** The first {@code countMax} rows by octets. */
    public List<AccountRow> top(int countMax) {
        List<AccountRow> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(countMax, order.length); i++) {
            rows.add(row(order[i]));
        }
        return rows;
    }

    /** All rows, by octets; one at a time, as there may be millions. */
    public void forEach(Consumer<AccountRow> reader) {
        for (int row : order) {
            reader.accept(row(row));
        }
    }

    private AccountRow row(int row) {
        int keyCount = grouping.keys().size();
        List<String> texts = new ArrayList<>(keyCount);
        for (int i = 0; i < keyCount; i++) {
            texts.add(text(grouping.keys().get(i), keys[row * keyCount + i]));
        }
        return new AccountRow(texts, sums[row * 3], sums[row * 3 + 1], sums[row * 3 + 2]);
    }

    private String text(AccountKey key, long value) {
        if (value == AccountTables.ABSENT) {
            return AccountRow.NONE;
        }
        if (value == OTHER && key.isGuarded()) {
            return AccountRow.OTHER;
        }
        return switch (key) {
            case INGRESS, EGRESS -> AccountTables.interfaceText(value);
            case EXPORTER -> sessions.exporter((int) value).text();
            case PROTOCOL, IP_VERSION, SOURCE_AS, DESTINATION_AS, REMOTE_AS -> Long.toString(value);
            case LINK, MEMBER -> tables.name(value);
            case DIRECTION -> tonle.traffic.Direction.values()[(int) value].key();
            case BIN -> Instant.ofEpochSecond(value).toString();
        };
    }
}
