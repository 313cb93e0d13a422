// SPDX-License-Identifier: Apache-2.0
package tonle.registry.people;

/** Why an act on people and their keys is refused: each has its sentence in both languages. */
public enum Reason {
    /** A name has 1 to 60 characters. */
    NAME_LENGTH,
    /** A name is letters, marks, digits, blanks and a few signs. */
    NAME_CHARACTERS,
    /** Another account is called so, or looks so. */
    NAME_TAKEN,
    /** A label has 1 to 40 characters. */
    LABEL_LENGTH,
    /** No operator of that id. */
    OPERATOR_UNKNOWN,
    /** No role of that name. */
    ROLE_UNKNOWN,
    /** An operator's role for one of the gateway, or the other way round. */
    ROLE_OF_OTHER_SIDE,
    /** The role is held already. */
    ROLE_HELD,
    /** The role is not held. */
    ROLE_NOT_HELD,
    /** No account under that pseudonym. */
    ACCOUNT_UNKNOWN,
    /** The account is invited, active or suspended, and the act needs another state. */
    ACCOUNT_STATE,
    /** Nobody acts on the own rights, or on the own suspension. */
    OWN_ACCOUNT,
    /** The last administrator who can sign in stays. */
    LAST_ADMINISTRATOR,
    /** An act on people gives its reason, in 1 to 500 characters. */
    REASON_LENGTH,
    /** A reason names no mailbox of a person, no telephone number and no host. */
    REASON_OF_A_PERSON,
    /** No proposal of that id. */
    PROPOSAL_UNKNOWN,
    /** The proposal is decided. */
    PROPOSAL_CLOSED,
    /** The proposal waited too long. */
    PROPOSAL_EXPIRED,
    /** The same is proposed already. */
    PROPOSAL_OPEN,
    /** Who proposed cannot confirm. */
    SAME_PERSON,
    /** Whom it is about cannot confirm. */
    SUBJECT_CONFIRMS,
    /** No such link. */
    LINK_UNKNOWN,
    /** The link was used. */
    LINK_USED,
    /** The link waited too long. */
    LINK_EXPIRED,
    /** The passkey is registered already. */
    PASSKEY_KNOWN,
    /** An account has at most so many passkeys. */
    PASSKEYS_MANY,
    /** The last passkey stays: without it nobody could sign in. */
    PASSKEY_LAST,
    /** No passkey of that kind. */
    PASSKEY_UNKNOWN,
    /** The sign-in is not one of anybody who may come in. */
    SIGN_IN_REFUSED,
    /** That identity of an institution belongs to another account. */
    IDENTITY_TAKEN,
    /** No such session. */
    SESSION_UNKNOWN,
    /** So many tokens at most. */
    TOKENS_MANY,
    /** No such token. */
    TOKEN_UNKNOWN,
    /** A token or client has at least one right, and none that its maker lacks. */
    TOKEN_RIGHTS,
    /** A token or client ends in 1 to 365 days. */
    TOKEN_DAYS,
    /** No such client, or another secret. */
    CLIENT_UNKNOWN,
    /** A client asks for rights that it does not have. */
    CLIENT_SCOPE
}
