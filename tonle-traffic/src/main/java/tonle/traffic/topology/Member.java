// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

import java.util.List;
import tonle.base.Prefix;

/** An operator as a party connected here: the traffic key {@code member}. */
public record Member(String id, String nameEnglish, String nameKhmer, List<Long> asns, List<Prefix> prefixes) {
    /** Stands for networks that belong to no member. */
    public static final String NONE = "none";
    /** Stands for merged small groups (architecture promise: rows below ten flows never leave memory). */
    public static final String OTHER = "other";

    public Member {
        asns = List.copyOf(asns);
        prefixes = List.copyOf(prefixes);
    }
}
