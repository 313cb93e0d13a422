-- SPDX-License-Identifier: Apache-2.0
--
-- People of the gateway and of operators, how they sign in, and what they may do. These accounts are the only data about
-- persons that Tonle keeps: the closed class "staff". What is deleted with an account is gone; the pseudonym stays.

-- Whoever acted, for ever: a word made by chance, and nothing about the person.
CREATE TABLE people.pseudonym (
    pseudonym text PRIMARY KEY CHECK (pseudonym ~ '^[pc]-[a-z2-9]{4}-[a-z2-9]{4}$'),
    made_on date NOT NULL
);
CALL tonle.make_append_only('people.pseudonym');

-- A person while employed. name is what colleagues call them; it need not be a civil name. handle is the user handle of
-- WebAuthn (Level 3, section 5.4.3): by chance, so that an authenticator learns nothing.
CREATE TABLE people.account (
    pseudonym text PRIMARY KEY REFERENCES people.pseudonym,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    name_key text NOT NULL UNIQUE,
    language text NOT NULL CHECK (language IN ('km', 'en')),
    operator_id text CHECK (length(operator_id) BETWEEN 1 AND 60),
    state text NOT NULL CHECK (state IN ('invited', 'active', 'suspended')),
    suspended_at timestamptz,
    handle bytea NOT NULL UNIQUE CHECK (octet_length(handle) = 32),
    made_at timestamptz NOT NULL,
    CHECK ((state = 'suspended') = (suspended_at IS NOT NULL))
);
CREATE INDEX account_by_operator ON people.account (operator_id);

-- Acts that are dangerous in one pair of hands: one person proposes, another confirms.
CREATE TABLE people.proposal (
    id text PRIMARY KEY CHECK (id ~ '^TWO-[0-9]{4}-[0-9]{4,}$'),
    kind text NOT NULL CHECK
        (kind IN ('grant-role', 'recover-passkey', 'delete-account', 'restore-account', 'change-closed-list')),
    subject text NOT NULL CHECK (length(subject) <= 120),
    detail text NOT NULL CHECK (length(detail) <= 4000),
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > proposed_at),
    state text NOT NULL CHECK (state IN ('open', 'confirmed', 'refused', 'withdrawn')),
    decided_by text,
    decided_at timestamptz,
    CONSTRAINT decided_whole CHECK ((state = 'open') = (decided_by IS NULL) AND (state = 'open') = (decided_at IS NULL)),
    -- The two-person rule: who proposed does not confirm, nor does whom it favours. Everybody may withdraw their own.
    CONSTRAINT two_persons CHECK (state NOT IN ('confirmed', 'refused') OR decided_by <> proposed_by),
    CONSTRAINT not_the_subject CHECK (state <> 'confirmed' OR decided_by <> subject),
    CONSTRAINT withdrawn_by_its_author CHECK (state <> 'withdrawn' OR decided_by = proposed_by),
    CONSTRAINT in_time CHECK (state <> 'confirmed' OR decided_at < expires_at)
);
CREATE INDEX proposal_open ON people.proposal (subject) WHERE state = 'open';
GRANT UPDATE ON people.proposal TO tonle_server, tonle_web;

CREATE FUNCTION people.hold_proposal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a proposal is kept' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' THEN
            RAISE EXCEPTION 'a proposal begins open' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.proposed_by IS DISTINCT FROM tonle.actor() THEN
            RAISE EXCEPTION 'one proposes under the own pseudonym' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'open' OR NEW.state = 'open' OR NEW.decided_by IS DISTINCT FROM tonle.actor()
        OR (NEW.id, NEW.kind, NEW.subject, NEW.detail, NEW.reason, NEW.proposed_by, NEW.proposed_at, NEW.expires_at)
            IS DISTINCT FROM
            (OLD.id, OLD.kind, OLD.subject, OLD.detail, OLD.reason, OLD.proposed_by, OLD.proposed_at, OLD.expires_at)
    THEN
        RAISE EXCEPTION 'an open proposal is decided once, by whoever decides it' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER hold_proposal BEFORE INSERT OR UPDATE OR DELETE ON people.proposal
    FOR EACH ROW EXECUTE FUNCTION people.hold_proposal();

-- Whether two people agreed to this act, and it was not carried out yet.
CREATE FUNCTION people.is_confirmed(proposal_id text, act_kind text, act_subject text, act_detail text)
    RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM people.proposal p
        WHERE p.id = proposal_id AND p.kind = act_kind AND p.subject = act_subject AND p.state = 'confirmed'
            AND (act_detail IS NULL OR p.detail = act_detail));
$$;

-- Roles held now and before. founding marks the first two administrators: the owner of the machine makes the first, who
-- appoints the second, for there is nobody yet who could confirm. There are never more than two such rows.
CREATE TABLE people.role_grant (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    pseudonym text NOT NULL REFERENCES people.pseudonym,
    role text NOT NULL CHECK (length(role) <= 40),
    granted_by text NOT NULL CHECK (granted_by <> pseudonym),
    granted_at timestamptz NOT NULL,
    is_founding boolean NOT NULL DEFAULT false,
    proposal_id text UNIQUE REFERENCES people.proposal,
    ended_by text,
    ended_at timestamptz,
    CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX role_grant_held ON people.role_grant (pseudonym, role) WHERE ended_at IS NULL;
GRANT UPDATE (ended_by, ended_at) ON people.role_grant TO tonle_server, tonle_web;

CREATE FUNCTION people.hold_grant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a grant is ended, not deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
            OR (NEW.id, NEW.pseudonym, NEW.role, NEW.granted_by, NEW.granted_at, NEW.is_founding, NEW.proposal_id)
                IS DISTINCT FROM
                (OLD.id, OLD.pseudonym, OLD.role, OLD.granted_by, OLD.granted_at, OLD.is_founding, OLD.proposal_id)
        THEN
            RAISE EXCEPTION 'a grant is only ended, and once' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.is_founding THEN
        IF NEW.role <> 'administrator' OR (SELECT count(*) FROM people.role_grant WHERE is_founding) >= 2 THEN
            RAISE EXCEPTION 'only the first two administrators are founding' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF NEW.role IN ('administrator', 'legal-reviewer', 'approver')
        AND NOT people.is_confirmed(NEW.proposal_id, 'grant-role', NEW.pseudonym, NEW.role) THEN
        RAISE EXCEPTION 'granting % takes two people', NEW.role USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER hold_grant BEFORE INSERT OR UPDATE OR DELETE ON people.role_grant
    FOR EACH ROW EXECUTE FUNCTION people.hold_grant();

-- Deleting an account and restoring a suspended one take two people; suspending takes one, at once.
CREATE FUNCTION people.hold_account() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT 1 FROM people.proposal p
                WHERE p.kind = 'delete-account' AND p.subject = OLD.pseudonym AND p.state = 'confirmed') THEN
            RAISE EXCEPTION 'deleting an account takes two people' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF (NEW.pseudonym, NEW.handle, NEW.made_at, NEW.operator_id)
        IS DISTINCT FROM (OLD.pseudonym, OLD.handle, OLD.made_at, OLD.operator_id) THEN
        RAISE EXCEPTION 'name, language and state of an account change, nothing else' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'suspended' AND NEW.state <> 'suspended' AND NOT EXISTS (SELECT 1 FROM people.proposal p
            WHERE p.kind = 'restore-account' AND p.subject = NEW.pseudonym AND p.state = 'confirmed'
                AND p.decided_at >= OLD.suspended_at) THEN
        RAISE EXCEPTION 'restoring a suspended account takes two people' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER hold_account BEFORE UPDATE OR DELETE ON people.account
    FOR EACH ROW EXECUTE FUNCTION people.hold_account();
GRANT UPDATE (name, name_key, language, state, suspended_at), DELETE ON people.account TO tonle_server, tonle_web;

-- Whether another account is called so: also for those who may not see other accounts.
CREATE FUNCTION people.is_name_taken(key text, except_pseudonym text) RETURNS boolean LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM people.account a WHERE a.name_key = key AND a.pseudonym <> except_pseudonym);
$$;

-- One-time links: what is kept is the SHA-256 of 256 bits by chance.
CREATE TABLE people.one_time_link (
    hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    kind text NOT NULL CHECK (kind IN ('first', 'invitation', 'recovery')),
    pseudonym text NOT NULL REFERENCES people.account ON DELETE CASCADE,
    proposal_id text UNIQUE REFERENCES people.proposal,
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT recovery_by_two CHECK (kind <> 'recovery' OR proposal_id IS NOT NULL)
);
CREATE INDEX one_time_link_by_pseudonym ON people.one_time_link (pseudonym);
GRANT UPDATE (used_at), DELETE ON people.one_time_link TO tonle_server, tonle_web;

CREATE FUNCTION people.hold_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.used_at IS NOT NULL OR NEW.used_at IS NULL OR NEW.used_at >= OLD.expires_at THEN
            RAISE EXCEPTION 'a one-time link is used once, in time' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF NEW.kind = 'recovery'
        AND NOT people.is_confirmed(NEW.proposal_id, 'recover-passkey', NEW.pseudonym, NULL) THEN
        RAISE EXCEPTION 'recovery takes two people' USING ERRCODE = 'restrict_violation';
    ELSIF NEW.kind = 'first' AND (NEW.made_by <> 'owner' OR session_user = 'tonle_web') THEN
        RAISE EXCEPTION 'the first link is the gateway''s own to make' USING ERRCODE = 'restrict_violation';
    ELSIF NEW.kind = 'invitation' AND EXISTS (SELECT 1 FROM people.account a
            WHERE a.pseudonym = NEW.pseudonym AND a.state <> 'invited') THEN
        RAISE EXCEPTION 'who has been here is not invited again: recovery takes two people'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER hold_link BEFORE INSERT OR UPDATE ON people.one_time_link
    FOR EACH ROW EXECUTE FUNCTION people.hold_link();

-- Passkeys: a public key is no secret. attestation is the authenticator's own statement with the key in it (WebAuthn
-- Level 3, section 6.5); Tonle asks for none of its maker.
CREATE TABLE people.passkey (
    credential_id bytea PRIMARY KEY CHECK (octet_length(credential_id) BETWEEN 16 AND 1023),
    pseudonym text NOT NULL REFERENCES people.account ON DELETE CASCADE,
    label text NOT NULL CHECK (length(label) BETWEEN 1 AND 40),
    public_key bytea NOT NULL CHECK (octet_length(public_key) <= 2048),
    attestation bytea NOT NULL CHECK (octet_length(attestation) <= 8192),
    sign_count bigint NOT NULL CHECK (sign_count >= 0),
    is_user_verified boolean NOT NULL,
    is_backup_eligible boolean NOT NULL,
    is_backed_up boolean NOT NULL,
    transports text NOT NULL CHECK (length(transports) <= 200),
    made_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX passkey_by_pseudonym ON people.passkey (pseudonym);
GRANT UPDATE (sign_count, is_user_verified, is_backed_up, used_at), DELETE ON people.passkey TO tonle_server, tonle_web;

-- Whom an institution's sign-in (OpenID Connect) names: only accounts that were invited before.
CREATE TABLE people.identity (
    issuer text NOT NULL CHECK (length(issuer) <= 300),
    subject text NOT NULL CHECK (length(subject) <= 255),
    pseudonym text NOT NULL REFERENCES people.account ON DELETE CASCADE,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_by_pseudonym ON people.identity (pseudonym);
GRANT DELETE ON people.identity TO tonle_server, tonle_web;

-- Sessions of browsers: no address, no name of a browser. The cookie is 256 bits by chance; its SHA-256 is kept.
CREATE TABLE people.session (
    hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    id text NOT NULL UNIQUE CHECK (id ~ '^s-[a-z2-9]{6}$'),
    pseudonym text NOT NULL REFERENCES people.account ON DELETE CASCADE,
    method text NOT NULL CHECK (method IN ('passkey', 'institution', 'link')),
    made_at timestamptz NOT NULL,
    used_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX session_by_pseudonym ON people.session (pseudonym);
CREATE INDEX session_by_expiry ON people.session (expires_at);
GRANT UPDATE (used_at), DELETE ON people.session TO tonle_server, tonle_web;

-- Personal tokens for the API: some of one's rights, until a day.
CREATE TABLE people.api_token (
    id text PRIMARY KEY CHECK (id ~ '^t-[a-z2-9]{6}$'),
    hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    pseudonym text NOT NULL REFERENCES people.account ON DELETE CASCADE,
    label text NOT NULL CHECK (length(label) BETWEEN 1 AND 40),
    rights text NOT NULL CHECK (length(rights) <= 2000),
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at <= made_at + interval '366 days'),
    used_on date
);
CREATE INDEX api_token_by_pseudonym ON people.api_token (pseudonym);
GRANT UPDATE (used_on), DELETE ON people.api_token TO tonle_server, tonle_web;

-- Programs (OAuth 2.0 client credentials, RFC 6749 section 4.4), and the short-lived tokens that they are given.
CREATE TABLE people.client (
    pseudonym text PRIMARY KEY REFERENCES people.pseudonym,
    label text NOT NULL CHECK (length(label) BETWEEN 1 AND 60),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    rights text NOT NULL CHECK (length(rights) <= 2000),
    operator_id text CHECK (length(operator_id) BETWEEN 1 AND 60),
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at <= made_at + interval '366 days'),
    ended_at timestamptz
);
GRANT UPDATE (ended_at) ON people.client TO tonle_server, tonle_web;

CREATE TABLE people.access_token (
    hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    client text NOT NULL REFERENCES people.client ON DELETE CASCADE,
    rights text NOT NULL CHECK (length(rights) <= 2000),
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at <= made_at + interval '1 hour')
);
CREATE INDEX access_token_by_client ON people.access_token (client, expires_at);
GRANT DELETE ON people.access_token TO tonle_server, tonle_web;

-- Row-level security -------------------------------------------------------------------------------------------------
-- Staff see all of this schema (the domain asks for the right to). Everybody else sees what is their own; and a stranger
-- at the door the one row whose secret they hold, named by tonle.key for the transaction that opens it.

CREATE FUNCTION people.is_shown(row_pseudonym text, row_key bytea) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN tonle.is_system() OR tonle.is_staff() OR coalesce(row_pseudonym = tonle.actor(), false)
        OR coalesce(encode(row_key, 'hex') = nullif(current_setting('tonle.key', true), ''), false);

ALTER TABLE people.pseudonym ENABLE ROW LEVEL SECURITY;
CREATE POLICY pseudonym_all ON people.pseudonym USING (people.is_shown(pseudonym, NULL));

ALTER TABLE people.account ENABLE ROW LEVEL SECURITY;
CREATE POLICY account_all ON people.account USING (people.is_shown(pseudonym, handle));

ALTER TABLE people.proposal ENABLE ROW LEVEL SECURITY;
CREATE POLICY proposal_all ON people.proposal
    USING (tonle.is_system() OR tonle.is_staff() OR proposed_by = tonle.actor());

ALTER TABLE people.role_grant ENABLE ROW LEVEL SECURITY;
CREATE POLICY role_grant_read ON people.role_grant FOR SELECT USING (people.is_shown(pseudonym, NULL));
CREATE POLICY role_grant_add ON people.role_grant FOR INSERT
    WITH CHECK (tonle.is_system() OR tonle.is_staff() AND granted_by = tonle.actor());
CREATE POLICY role_grant_end ON people.role_grant FOR UPDATE USING (people.is_shown(pseudonym, NULL))
    WITH CHECK (tonle.is_system() OR ended_by = tonle.actor());

ALTER TABLE people.one_time_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_time_link_all ON people.one_time_link USING (people.is_shown(NULL, hash));

ALTER TABLE people.passkey ENABLE ROW LEVEL SECURITY;
CREATE POLICY passkey_all ON people.passkey USING (people.is_shown(pseudonym, credential_id));

ALTER TABLE people.identity ENABLE ROW LEVEL SECURITY;
CREATE POLICY identity_all ON people.identity
    USING (people.is_shown(pseudonym, sha256(convert_to(issuer || ' ' || subject, 'UTF8'))));

ALTER TABLE people.session ENABLE ROW LEVEL SECURITY;
CREATE POLICY session_all ON people.session USING (people.is_shown(pseudonym, hash));

ALTER TABLE people.api_token ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_token_all ON people.api_token USING (people.is_shown(pseudonym, hash));

ALTER TABLE people.client ENABLE ROW LEVEL SECURITY;
CREATE POLICY client_all ON people.client USING (people.is_shown(pseudonym, hash));

ALTER TABLE people.access_token ENABLE ROW LEVEL SECURITY;
CREATE POLICY access_token_all ON people.access_token USING (people.is_shown(client, hash));
