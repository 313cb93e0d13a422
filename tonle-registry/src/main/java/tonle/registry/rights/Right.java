// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rights;

import java.util.Optional;
import tonle.base.EnumWord;

/** A right: one verb on one kind of object. What has no right here cannot be done by anybody. */
public enum Right {
    /** Overview, traffic, links, sites and exporters of the whole gateway. */
    MAY_READ_GATEWAY,
    /** What is registered and measured of one's own operator, and nothing of others. */
    MAY_READ_OWN_OPERATOR,
    /** The registry of all operators, with licences. */
    MAY_READ_REGISTRY,
    /** Take in an exporter that sends without being known, and change its site or kind. */
    MAY_TAKE_IN_EXPORTER,
    /** Propose a change to any record of the registry. */
    MAY_PROPOSE_CHANGE,
    /** Propose a change to the records of one's own operator. */
    MAY_PROPOSE_OWN_CHANGE,
    /** Confirm or refuse a change that another person proposed. */
    MAY_CONFIRM_CHANGE,
    /** Propose to grant, vary, migrate or end a licence. */
    MAY_PROPOSE_LICENCE,
    /** Confirm or refuse what another person proposed about a licence. */
    MAY_CONFIRM_LICENCE,
    /** Read files of other registries in, as proposed changes. */
    MAY_IMPORT_REGISTRY,
    /** Tick off the tasks that bring a link into service. */
    MAY_BRING_UP_LINK,
    /** Declarations, measured volumes and invoices of all operators. */
    MAY_READ_REVENUE,
    /** Close a month, so that its invoices can be issued. */
    MAY_CLOSE_MONTH,
    /** File the declaration of one's own operator. */
    MAY_FILE_OWN_DECLARATION,
    /** Incidents of routing and cases of unregistered transit. */
    MAY_READ_CASES,
    /** Draft a protective order. */
    MAY_DRAFT_ORDER,
    /** Review a drafted order for law, necessity and scope. */
    MAY_REVIEW_ORDER,
    /** Approve a reviewed order that one neither drafted nor reviewed. */
    MAY_APPROVE_ORDER,
    /** Who did what, when and why. */
    MAY_READ_AUDIT,
    /** Export a month of audit events or more at once. */
    MAY_EXPORT_AUDIT,
    /** Accounts of staff and the roles that they hold. */
    MAY_READ_PEOPLE,
    /** Make an account and its one-time link. */
    MAY_INVITE_PERSON,
    /** Grant a role; a guarded role waits for a second person. */
    MAY_GRANT_ROLE,
    /** End a role of another person, suspend an account, end its sessions: at once, alone. */
    MAY_REVOKE_ROLE,
    /** Stand as the second person of an act that needs two. */
    MAY_CONFIRM_AS_SECOND,
    /** Propose another content of a closed list: protected names, categories, dimensions. */
    MAY_PROPOSE_CLOSED_LIST,
    /** Propose another version of a rule, and open it to comments. */
    MAY_PROPOSE_RULE,
    /** Answer what was said about a proposed rule. */
    MAY_ANSWER_RULE,
    /** Approve an answered rule that one did not propose; two must. */
    MAY_APPROVE_RULE,
    /** Make a client of the API for a program, and end it. */
    MAY_MAKE_CLIENT;

    /** The word in files, addresses and the database: {@code may-read-audit}. */
    public String key() {
        return EnumWord.of(this);
    }

    /** The right of that word. */
    public static Optional<Right> ofKey(String key) {
        return EnumWord.find(Right.class, key);
    }
}
