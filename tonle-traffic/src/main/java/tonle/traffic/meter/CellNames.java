// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tonle.traffic.Direction;
import tonle.traffic.ProtocolClass;
import tonle.traffic.topology.Member;

/**
 * Numbers for the names in a cell's key, so that a key is one {@code long}. A name keeps its number for as long as the
 * worker lives, so that open bins outlast a change of topology.
 * <pre>
 *   bit  63..52  link (1 to 4,095)
 *        51      direction
 *        50..36  member (0 to 32,767)
 *        35..4   remote AS; all ones for merged small groups
 *        3..2    IP version: 0, 1 for IPv4, 2 for IPv6
 *        1..0    protocol class
 * </pre>
 */
final class CellNames {
    static final int MEMBER_NONE = 0;
    static final int MEMBER_OTHER = 1;
    /** Beyond the bound: the name has no number; ports of such a link are as if unknown. */
    static final int NO_ROOM = 0;

    static final int LINKS_MAX = 4_095;
    static final int MEMBERS_MAX = 32_767;
    private static final long ASN_OTHER = 0xFFFF_FFFFL;
    private static final Direction[] DIRECTIONS = Direction.values();
    private static final ProtocolClass[] PROTOCOLS = ProtocolClass.values();
    private static final int[] IP_VERSIONS = {0, 4, 6};

    private final Map<String, Integer> links = new HashMap<>();
    private final List<String> linkIds = new ArrayList<>(List.of(""));
    private final Map<String, Integer> members = new HashMap<>();
    private final List<String> memberIds = new ArrayList<>(List.of(Member.NONE, Member.OTHER));
    private final Map<String, Integer> exporters = new HashMap<>();
    private final List<String> exporterIds = new ArrayList<>();

    int link(String id) {
        Integer number = links.get(id);
        if (number != null) {
            return number;
        }
        if (linkIds.size() > LINKS_MAX) {
            return NO_ROOM;
        }
        linkIds.add(id);
        links.put(id, linkIds.size() - 1);
        return linkIds.size() - 1;
    }

    /** Beyond the bound a member is counted among those that belong to none. */
    int member(String id) {
        Integer number = members.get(id);
        if (number != null) {
            return number;
        }
        if (memberIds.size() > MEMBERS_MAX) {
            return MEMBER_NONE;
        }
        memberIds.add(id);
        members.put(id, memberIds.size() - 1);
        return memberIds.size() - 1;
    }

    int exporter(String id) {
        return exporters.computeIfAbsent(id, name -> {
            exporterIds.add(name);
            return exporterIds.size() - 1;
        });
    }

    String exporterId(int number) {
        return exporterIds.get(number);
    }

    static long key(int link, Direction direction, int member, long asn, int ipVersion, ProtocolClass protocol) {
        return (long) link << 52
                | (long) direction.ordinal() << 51
                | (long) member << 36
                | (asn & 0xFFFF_FFFFL) << 4
                | (ipVersion == 4 ? 1L : ipVersion == 6 ? 2L : 0L) << 2
                | protocol.ordinal();
    }

    /** The key of {@code other} for the same link and direction. */
    static long otherKey(long key) {
        return key & 0xFFF8_0000_0000_0000L
                | (long) MEMBER_OTHER << 36
                | ASN_OTHER << 4
                | ProtocolClass.OTHER.ordinal();
    }

    static boolean isOther(long key) {
        return key == otherKey(key);
    }

    String link(long key) {
        return linkIds.get((int) (key >>> 52));
    }

    static Direction direction(long key) {
        return DIRECTIONS[(int) (key >>> 51) & 1];
    }

    String member(long key) {
        return memberIds.get((int) (key >>> 36) & 0x7FFF);
    }

    /** -1 for merged small groups: {@link tonle.traffic.store.VolumeRow#OTHER_ASN}. */
    static long asn(long key) {
        long asn = key >>> 4 & 0xFFFF_FFFFL;
        return isOther(key) ? -1 : asn;
    }

    static int ipVersion(long key) {
        return IP_VERSIONS[(int) (key >>> 2) & 3];
    }

    static ProtocolClass protocol(long key) {
        return PROTOCOLS[(int) key & 3];
    }
}
