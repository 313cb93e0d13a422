// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The rule that keeps persons out of the book: a contact is the mailbox of a role, and each word before the {@code @}
 * must be a word of the trade (RFC 2142 and the usual ones). What is not known to be a role is taken for a person.
 */
public final class RoleMailbox {
    private static final int LETTERS_MAX = 120;
    private static final Pattern LOCAL = Pattern.compile("[a-z0-9][a-z0-9._+-]{0,62}");
    private static final Pattern WRITTEN = Pattern.compile("[\\p{L}0-9._+-]{1,64}@[\\p{L}0-9.-]{1,250}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** RFC 2142 sections 3 to 6, then the roles that operators of networks have. */
    private static final Set<String> ROLE_WORDS =
            Set.of(("info marketing sales support abuse noc security postmaster hostmaster usenet "
                            + "news webmaster www 247 24x7 accounting accounts admin administrator ap ar as asn "
                            + "backbone bgp billing business cables capacity care carrier cert change changes "
                            + "circuits claims communications compliance contact contracts core csirt customer "
                            + "cyber dc delivery desk dns domestic duty emergency eng engineering enquiries "
                            + "exchange facilities facility fault faults finance ftp gateway global group hello "
                            + "help helpdesk incident incidents interconnect interconnection international "
                            + "invoice invoices invoicing ip ipam irr isp ix ixops ixp legal licence licences "
                            + "licensing mail maintenance net netops network networks nmc notice notices notify "
                            + "office operations operator operators ops oss payments peer peering peerings "
                            + "planning policy privacy procurement provisioning public purchasing registry "
                            + "regulatory relations report reports response role route routes routing rpki "
                            + "service services settlement soc tax team tech technical technik telecom traffic "
                            + "transit transmission treasury trouble uucp vendor wholesale")
                    .split(" "));

    private RoleMailbox() {}

    /** Whether a mailbox is a role's. */
    public static boolean isRole(String mailbox) {
        return check(mailbox) instanceof Checked.Good;
    }

    static Checked check(String text) {
        String mailbox = text.toLowerCase(Locale.ROOT);
        int at = mailbox.indexOf('@');
        if (at <= 0 || mailbox.length() > LETTERS_MAX) {
            return Checked.bad(Reason.MAILBOX_INVALID, text);
        }
        String local = mailbox.substring(0, at);
        String domain;
        try {
            domain = IDN.toASCII(mailbox.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException _) {
            return Checked.bad(Reason.MAILBOX_INVALID, text);
        }
        if (!LOCAL.matcher(local).matches() || !isDomain(domain)) {
            return Checked.bad(Reason.MAILBOX_INVALID, text);
        }
        String stranger = firstNoRole(local, domain);
        return stranger.isEmpty()
                ? new Checked.Good(local + "@" + domain)
                : Checked.bad(Reason.MAILBOX_OF_A_PERSON, text, stranger);
    }

    /** A mailbox inside other words that is no role's. */
    static Optional<String> firstOfAPerson(String text) {
        return WRITTEN.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(mailbox -> !(check(mailbox) instanceof Checked.Good))
                .findFirst();
    }

    private static boolean isDomain(String domain) {
        String[] labels = domain.split("\\.", -1);
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return labels.length >= 2 && domain.length() <= 253 && !labels[labels.length - 1].matches("[0-9]+");
    }

    /** The first word that is neither a role, nor a number, nor the company's own name from its domain. */
    private static String firstNoRole(String local, String domain) {
        boolean hasRole = false;
        for (String word : local.split("[._+-]+")) {
            String bare = word.replaceAll("[0-9]+$", "");
            boolean isRole = ROLE_WORDS.contains(word) || ROLE_WORDS.contains(bare);
            boolean isCompany = domain.substring(0, domain.indexOf('.')).equals(word);
            if (!isRole && !isCompany && !word.matches("(as)?[0-9]+")) {
                return word;
            }
            hasRole |= isRole;
        }
        return hasRole ? "" : local;
    }
}
