// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import tonle.traffic.topology.OriginTable;

/**
 * The country of each remote AS as a table to join with, in memory, never in the file: it follows from the origin table
 * of the day. Each origin table has a table of its own, so that a question under way keeps the one it began with.
 */
final class Countries {
    static final int UNKNOWN = 0;
    static final int OTHER = 1;
    private static final int LETTER_BITS = 8;

    private final Database database;
    private OriginTable origins;
    private int version;
    private int generation = -1;
    private final Set<Long> loaded = new HashSet<>();

    Countries(Database database) {
        this.database = database;
    }

    /** The name of a table (remote_asn, country) that knows every AS number in {@code names}. */
    synchronized String table(Names names, OriginTable current) throws IOException {
        if (origins != current || generation != database.generation()) {
            int next = version + 1;
            database.write(connection -> {
                Database.execute(connection, "CREATE TABLE " + name(next) + " (remote_asn BIGINT, country INTEGER)");
                Database.execute(connection, "DROP TABLE IF EXISTS " + name(Math.max(0, next - 2)));
                return true;
            });
            version = next;
            loaded.clear();
            origins = current;
            generation = database.generation();
        }
        Set<Long> fresh = new HashSet<>(names.asns());
        fresh.removeAll(loaded);
        if (!fresh.isEmpty()) {
            database.write(connection -> {
                try (DuckDBAppender appender = connection.createAppender("derived", "main", "countries_" + version)) {
                    for (long asn : fresh) {
                        appender.beginRow().append(asn).append(country(asn)).endRow();
                    }
                    appender.flush();
                }
                return true;
            });
            loaded.addAll(fresh);
        }
        return name(version);
    }

    private static String name(int version) {
        return "derived.main.countries_" + version;
    }

    private int country(long asn) {
        if (asn == VolumeRow.OTHER_ASN) {
            return OTHER;
        }
        return asn == 0 ? UNKNOWN : code(origins.country(asn));
    }

    /** A number for a two-letter country code; {@link #UNKNOWN} for {@code ZZ} and whatever is no code. */
    static int code(String text) {
        if (text.equals("other")) {
            return OTHER;
        }
        boolean letters =
                text.length() == 2 && Character.isLetter(text.charAt(0)) && Character.isLetter(text.charAt(1));
        if (!letters || text.charAt(0) > 0x7F || text.charAt(1) > 0x7F || text.equals("ZZ")) {
            return UNKNOWN;
        }
        return text.charAt(0) << LETTER_BITS | text.charAt(1);
    }

    static String text(int code) {
        if (code == OTHER) {
            return "other";
        }
        return code == UNKNOWN ? "unknown" : "" + (char) (code >> LETTER_BITS) + (char) (code & 0xFF);
    }
}
