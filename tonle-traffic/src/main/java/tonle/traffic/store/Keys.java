// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tonle.traffic.Bins;
import tonle.traffic.Direction;
import tonle.traffic.ProtocolClass;

/**
 * Dimensions as numbers in SQL and as text outside. Whatever a question says becomes a number here, by the store's own
 * dictionaries, or matches nothing: no text of a question ever stands in SQL.
 *
 * <p>Each dimension is an expression over {@code v} (a row of volumes), {@code p} (the place of its link) and {@code c}
 * (the country of its remote AS). There is none that is finer than the key of {@link VolumeRow}.
 */
final class Keys {
    private static final int NO_MATCH = Integer.MIN_VALUE;
    private static final int HOURS = 24;

    private final Names names;
    private final Places places;

    Keys(Names names, Places places) {
        this.names = names;
        this.places = places;
    }

    static boolean ofLink(Dimension dimension) {
        return switch (dimension) {
            case SITE, LINK, LINK_KIND -> true;
            case DIRECTION, MEMBER, REMOTE_AS, COUNTRY, IP_VERSION, PROTOCOL, HOUR -> false;
        };
    }

    /** Whether the dimension decides which samples there can be at all: where nothing came of a link is a gap. */
    static boolean ofPresence(Dimension dimension) {
        return ofLink(dimension) || dimension == Dimension.HOUR;
    }

    static String expression(Dimension dimension) {
        return switch (dimension) {
            case SITE -> "coalesce(p.site, 0)";
            case LINK -> "v.link_id";
            case LINK_KIND -> "coalesce(p.kind, 0)";
            case DIRECTION -> "v.direction";
            case MEMBER -> "v.member_id";
            case REMOTE_AS -> "v.remote_asn";
            case COUNTRY -> "coalesce(c.country, 0)";
            case IP_VERSION -> "v.ip_version";
            case PROTOCOL -> "v.protocol";
            case HOUR -> "v.start_seconds % 86400 // 3600";
        };
    }

    /** The key's text in answers. */
    String text(Dimension dimension, long key) {
        return switch (dimension) {
            case SITE -> places.siteText((int) key);
            case LINK, MEMBER -> names.text((int) key);
            case LINK_KIND -> places.kindText((int) key);
            case DIRECTION -> Codes.direction((int) key).key();
            case REMOTE_AS -> key == 0 ? "unknown" : key == VolumeRow.OTHER_ASN ? "other" : Long.toString(key);
            case COUNTRY -> Countries.text((int) key);
            case IP_VERSION -> key == 0 ? "unknown" : Long.toString(key);
            case PROTOCOL -> protocolText((int) key);
            case HOUR -> (key < 10 ? "0" : "") + key;
        };
    }

    private static String protocolText(int code) {
        for (ProtocolClass protocol : ProtocolClass.values()) {
            if (Codes.of(protocol) == code) {
                return protocol.key();
            }
        }
        return ProtocolClass.OTHER.key();
    }

    /** The number that {@code text} names; {@link #NO_MATCH} where it names none. */
    long key(Dimension dimension, String text) {
        return switch (dimension) {
            case SITE -> place(text, true);
            case LINK, MEMBER -> names.id(text) == Names.UNKNOWN_ID ? NO_MATCH : names.id(text);
            case LINK_KIND -> place(text, false);
            case DIRECTION ->
                text.equals(Direction.IN.key())
                        ? Codes.of(Direction.IN)
                        : text.equals(Direction.OUT.key()) ? Codes.of(Direction.OUT) : NO_MATCH;
            case REMOTE_AS -> text.equals("other") ? VolumeRow.OTHER_ASN : number(text, 0xFFFF_FFFFL);
            case COUNTRY -> country(text);
            case IP_VERSION -> number(text, 6);
            case PROTOCOL -> protocol(text);
            case HOUR -> number(text, HOURS - 1);
        };
    }

    private long place(String text, boolean site) {
        if (text.equals("none")) {
            return Places.NONE;
        }
        for (Places.Place place : places.all()) {
            int key = site ? place.site() : place.kind();
            if (text.equals(site ? places.siteText(key) : places.kindText(key))) {
                return key;
            }
        }
        return NO_MATCH;
    }

    private static long country(String text) {
        int code = Countries.code(text);
        return code != Countries.UNKNOWN || text.equals("unknown") || text.equals("ZZ") ? code : NO_MATCH;
    }

    private static long protocol(String text) {
        for (ProtocolClass protocol : ProtocolClass.values()) {
            if (protocol.key().equals(text)) {
                return Codes.of(protocol);
            }
        }
        return NO_MATCH;
    }

    private static long number(String text, long max) {
        if (text.equals("unknown")) {
            return 0;
        }
        if (!text.matches("[0-9]{1,10}")) {
            return NO_MATCH;
        }
        long number = Long.parseLong(text);
        return number <= max ? number : NO_MATCH;
    }

    /** {@code true} where there is no condition. */
    String where(List<Filter> filters) {
        List<String> conditions = new ArrayList<>();
        for (Filter filter : filters) {
            String keys = filter.values().stream()
                    .map(value -> Long.toString(key(filter.dimension(), value)))
                    .collect(Collectors.joining(", "));
            String in = keys.isEmpty() ? "false" : expression(filter.dimension()) + " IN (" + keys + ")";
            conditions.add(filter.negated() ? "NOT (" + in + ")" : in);
        }
        return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
    }

    /** The joins that {@code dimensions} need behind a source named {@code v}. */
    String joins(Iterable<Dimension> dimensions, String countries) {
        boolean place = false;
        boolean country = false;
        for (Dimension dimension : dimensions) {
            place |= dimension == Dimension.SITE || dimension == Dimension.LINK_KIND;
            country |= dimension == Dimension.COUNTRY;
        }
        return (place ? " LEFT JOIN " + placeTable() + " p(link_id, site, kind) ON p.link_id = v.link_id" : "")
                + (country ? " LEFT JOIN " + countries + " c ON c.remote_asn = v.remote_asn" : "");
    }

    private String placeTable() {
        StringBuilder rows = new StringBuilder("(VALUES (" + NO_MATCH + ", 0, 0)");
        for (Places.Place place : places.all()) {
            int id = names.id(place.link());
            if (id != Names.UNKNOWN_ID) {
                rows.append(", (").append(id).append(", ").append(place.site()).append(", ");
                rows.append(place.kind()).append(')');
            }
        }
        return rows.append(") ").toString();
    }

    /** Capacity of the links that meet the conditions on links and have these keys; 0 where none is known. */
    double capacityBitsPerSecond(List<Filter> linkFilters, List<Dimension> by, long[] keys) {
        double capacity = 0;
        for (Places.Place place : places.all()) {
            boolean fits = true;
            for (Filter filter : linkFilters) {
                long own = keyOf(filter.dimension(), place);
                boolean among = filter.values().stream().anyMatch(value -> key(filter.dimension(), value) == own);
                fits &= among != filter.negated();
            }
            for (int i = 0; i < by.size() && keys.length > 0; i++) {
                fits &= !ofLink(by.get(i)) || keyOf(by.get(i), place) == keys[i];
            }
            capacity += fits ? place.capacityBitsPerSecond() : 0;
        }
        return capacity;
    }

    /** {@code WHEN link THEN 1 / capacity} for each known link. */
    String inverseCapacities() {
        StringBuilder cases = new StringBuilder(" WHEN " + NO_MATCH + " THEN 0");
        for (Places.Place place : places.all()) {
            cases.append(" WHEN ").append(names.id(place.link()));
            cases.append(" THEN ").append(1.0 / place.capacityBitsPerSecond());
        }
        return cases.toString();
    }

    private long keyOf(Dimension dimension, Places.Place place) {
        return switch (dimension) {
            case SITE -> place.site();
            case LINK_KIND -> place.kind();
            case LINK, DIRECTION, MEMBER, REMOTE_AS, COUNTRY, IP_VERSION, PROTOCOL, HOUR -> names.id(place.link());
        };
    }

    /** Hours of the day need a step of an hour or finer. */
    static boolean answerable(Grain grain, boolean byHour) {
        return !byHour || grain.seconds <= Bins.HOUR_SECONDS;
    }
}
