// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rights;

import static tonle.registry.rights.Right.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tonle.base.EnumWord;

/**
 * A role: a named set of rights. This is the only table of roles; docs/RIGHTS.md and the page on which each person sees
 * the own rights are made from it.
 */
public enum Role {
    /** Looks after people and rights; holds no right over orders, money or routes. */
    ADMINISTRATOR(
            Side.GATEWAY,
            true,
            MAY_READ_GATEWAY,
            MAY_READ_AUDIT,
            MAY_READ_PEOPLE,
            MAY_INVITE_PERSON,
            MAY_GRANT_ROLE,
            MAY_REVOKE_ROLE,
            MAY_CONFIRM_AS_SECOND,
            MAY_PROPOSE_CLOSED_LIST,
            MAY_MAKE_CLIENT),
    /** Keeps the registry true. */
    REGISTRAR(
            Side.GATEWAY,
            false,
            MAY_READ_GATEWAY,
            MAY_READ_REGISTRY,
            MAY_PROPOSE_CHANGE,
            MAY_CONFIRM_CHANGE,
            MAY_CONFIRM_LICENCE,
            MAY_IMPORT_REGISTRY),
    /** Proposes licences and follows their duties. */
    LICENSING_OFFICER(
            Side.GATEWAY,
            false,
            MAY_READ_GATEWAY,
            MAY_READ_REGISTRY,
            MAY_PROPOSE_CHANGE,
            MAY_PROPOSE_LICENCE,
            MAY_CONFIRM_CHANGE,
            MAY_PROPOSE_RULE,
            MAY_ANSWER_RULE),
    /** Compares declarations with what was measured and closes months. */
    REVENUE_OFFICER(
            Side.GATEWAY,
            false,
            MAY_READ_GATEWAY,
            MAY_READ_REGISTRY,
            MAY_READ_REVENUE,
            MAY_CLOSE_MONTH,
            MAY_PROPOSE_RULE),
    /** Runs the gateway's devices and brings links up. */
    ENGINEER(
            Side.GATEWAY,
            false,
            MAY_READ_GATEWAY,
            MAY_READ_REGISTRY,
            MAY_PROPOSE_CHANGE,
            MAY_TAKE_IN_EXPORTER,
            MAY_BRING_UP_LINK,
            MAY_READ_CASES,
            MAY_PROPOSE_RULE),
    /** Studies incidents and cases, and drafts protective orders. */
    ANALYST(Side.GATEWAY, false, MAY_READ_GATEWAY, MAY_READ_REGISTRY, MAY_READ_CASES, MAY_DRAFT_ORDER),
    /** Asks of each order whether law, necessity and scope hold. */
    LEGAL_REVIEWER(
            Side.GATEWAY, true, MAY_READ_GATEWAY, MAY_READ_CASES, MAY_REVIEW_ORDER, MAY_ANSWER_RULE, MAY_APPROVE_RULE),
    /** Approves orders as the third person. */
    APPROVER(
            Side.GATEWAY,
            true,
            MAY_READ_GATEWAY,
            MAY_READ_CASES,
            MAY_APPROVE_ORDER,
            MAY_CONFIRM_AS_SECOND,
            MAY_APPROVE_RULE),
    /** Reads who did what; changes nothing. */
    AUDITOR(
            Side.GATEWAY,
            false,
            MAY_READ_GATEWAY,
            MAY_READ_REGISTRY,
            MAY_READ_REVENUE,
            MAY_READ_CASES,
            MAY_READ_AUDIT,
            MAY_EXPORT_AUDIT,
            MAY_READ_PEOPLE),
    /** An operator's engineer: the own links, devices and prefixes. */
    OPERATOR_ENGINEER(Side.OPERATOR, false, MAY_READ_OWN_OPERATOR, MAY_PROPOSE_OWN_CHANGE, MAY_BRING_UP_LINK),
    /** An operator's finance clerk: the own declarations and invoices. */
    OPERATOR_CLERK(Side.OPERATOR, false, MAY_READ_OWN_OPERATOR, MAY_FILE_OWN_DECLARATION),
    /** An independent witness's person: reads what the public log rests on. */
    WITNESS(Side.GATEWAY, false, MAY_READ_AUDIT);

    /** On whose side a role stands. */
    public enum Side {
        GATEWAY,
        OPERATOR
    }

    private final Side side;
    private final boolean isGuarded;
    private final Set<Right> rights;

    Role(Side side, boolean isGuarded, Right first, Right... others) {
        this.side = side;
        this.isGuarded = isGuarded;
        this.rights = java.util.Collections.unmodifiableSet(EnumSet.of(first, others));
    }

    public Side side() {
        return side;
    }

    /** Whether granting this role takes two people: who holds it could weaken a promise alone. */
    public boolean isGuarded() {
        return isGuarded;
    }

    public Set<Right> rights() {
        return rights;
    }

    /** The word in files, addresses and the database: {@code legal-reviewer}. */
    public String key() {
        return EnumWord.of(this);
    }

    public static Optional<Role> ofKey(String key) {
        return EnumWord.find(Role.class, key);
    }

    /** The roles that hold a right, in the order of the table. */
    public static List<Role> holding(Right right) {
        return Arrays.stream(values()).filter(r -> r.rights.contains(right)).toList();
    }
}
