// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.util.Locale;
import java.util.Set;

/** Tells a mailbox of a role (noc@, peering@) from one that may be a person's, by the words in front of the at sign. */
final class RoleMailbox {
    private static final Set<String> ROLE_WORDS = Set.of(
            "abuse",
            "admin",
            "backbone",
            "bgp",
            "billing",
            "capacity",
            "carrier",
            "cert",
            "contact",
            "contracts",
            "core",
            "csirt",
            "desk",
            "engineering",
            "eng",
            "finance",
            "hostmaster",
            "help",
            "info",
            "ip",
            "isp",
            "ix",
            "ixp",
            "ixops",
            "interconnection",
            "legal",
            "netops",
            "nmc",
            "noc",
            "net",
            "network",
            "networks",
            "operations",
            "ops",
            "peer",
            "peering",
            "peerings",
            "policy",
            "postmaster",
            "registry",
            "routing",
            "sales",
            "security",
            "service",
            "soc",
            "support",
            "team",
            "tech",
            "technical",
            "telecom",
            "traffic",
            "transit");

    private RoleMailbox() {}

    /** {@code peering-noc@example.net} is one; {@code sok.dara@example.net} is not. */
    static boolean is(String mailbox) {
        int at = mailbox.indexOf('@');
        if (at <= 0 || at != mailbox.lastIndexOf('@') || mailbox.indexOf('.', at) < 0) {
            return false;
        }
        for (String word : mailbox.substring(0, at).toLowerCase(Locale.ROOT).split("[^a-z]+")) {
            if (!word.isEmpty() && !ROLE_WORDS.contains(word) && !word.equals("as")) {
                return false;
            }
        }
        return true;
    }
}
