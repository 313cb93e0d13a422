// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The store's dictionaries, in memory: names of links, members and exporters as numbers, and the AS numbers seen. Only
 * what is committed is in here; {@link Pending} holds what a batch adds until then. Safe to read from any thread.
 */
final class Names {
    static final int NONE_ID = 0;
    static final int OTHER_ID = 1;
    /** Stands for a name that the store has never met: no row has it. */
    static final int UNKNOWN_ID = -1;

    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, String> texts = new ConcurrentHashMap<>();
    private final Set<Long> asns = ConcurrentHashMap.newKeySet();

    static Names read(Connection connection) throws SQLException {
        Names names = new Names();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name_id, name FROM names")) {
            while (rows.next()) {
                names.put(rows.getString(2), rows.getInt(1));
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT remote_asn FROM remote_asns")) {
            while (rows.next()) {
                names.asns.add(rows.getLong(1));
            }
        }
        return names;
    }

    private void put(String name, int id) {
        ids.put(name, id);
        texts.put(id, name);
    }

    int id(String name) {
        return ids.getOrDefault(name, UNKNOWN_ID);
    }

    String text(int id) {
        return texts.getOrDefault(id, "");
    }

    Set<Long> asns() {
        return asns;
    }

    Pending pending() {
        return new Pending();
    }

    /** What one batch adds. Single-threaded, as writing is. */
    final class Pending {
        private final Map<String, Integer> newIds = new java.util.LinkedHashMap<>();
        private final List<Long> newAsns = new ArrayList<>();
        private final Set<Long> seenAsns = new java.util.HashSet<>();

        int id(String name) {
            Integer known = ids.get(name);
            if (known != null) {
                return known;
            }
            return newIds.computeIfAbsent(name, _ -> ids.size() + newIds.size());
        }

        void asn(long asn) {
            if (!asns.contains(asn) && seenAsns.add(asn)) {
                newAsns.add(asn);
            }
        }

        Map<String, Integer> newNames() {
            return newIds;
        }

        List<Long> newAsns() {
            return newAsns;
        }

        void committed() {
            newIds.forEach(Names.this::put);
            asns.addAll(newAsns);
        }
    }
}
