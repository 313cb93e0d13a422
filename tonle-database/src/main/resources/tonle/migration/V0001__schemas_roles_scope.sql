-- SPDX-License-Identifier: Apache-2.0
--
-- Schemas, what each database role may do, the scope of a transaction, and append-only tables.
--
-- Roles exist before this file runs, because a role belongs to a whole cluster: tonle_owner runs migrations and owns
-- all objects, tonle_server does the gateway's own work, tonle_web serves pages and the API.

REVOKE CREATE ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA registry;
CREATE SCHEMA people;
CREATE SCHEMA audit;

GRANT USAGE ON SCHEMA tonle, registry, people, audit TO tonle_server, tonle_web;

-- A new table may be read and added to. UPDATE and DELETE are granted table by table, where a row may change.
ALTER DEFAULT PRIVILEGES IN SCHEMA registry GRANT SELECT, INSERT ON TABLES TO tonle_server, tonle_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA people GRANT SELECT, INSERT ON TABLES TO tonle_server, tonle_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA audit GRANT SELECT, INSERT ON TABLES TO tonle_server, tonle_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA registry GRANT USAGE ON SEQUENCES TO tonle_server, tonle_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA people GRANT USAGE ON SEQUENCES TO tonle_server, tonle_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA audit GRANT USAGE ON SEQUENCES TO tonle_server, tonle_web;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO tonle_server, tonle_web;

-- The scope that a transaction runs in, set for that transaction alone by tonle.database.Work. Outside of one, all of
-- these are null and every policy below says no.

-- 'system', 'staff', 'operator', 'stranger' or null.
CREATE FUNCTION tonle.scope() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('tonle.scope', true), '');

-- The operator whose person acts, or null.
CREATE FUNCTION tonle.operator() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('tonle.operator', true), '');

-- The pseudonym of who acts, or null.
CREATE FUNCTION tonle.actor() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('tonle.actor', true), '');

-- The gateway's own work: the web's credentials cannot claim it, whatever they set.
CREATE FUNCTION tonle.is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('tonle.scope', true) = 'system', false) AND current_user <> 'tonle_web';

CREATE FUNCTION tonle.is_staff() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('tonle.scope', true) = 'staff', false);

-- For the policy of a row that belongs to one operator: the gateway itself, its staff, and that operator see it.
CREATE FUNCTION tonle.may_see_operator(operator_id text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN tonle.is_system() OR tonle.is_staff()
        OR coalesce(tonle.scope() = 'operator' AND tonle.operator() = operator_id, false);

-- Append-only tables -------------------------------------------------------------------------------------------------

CREATE FUNCTION tonle.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%.% is append-only: % is refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END;
$$;

-- Called by a migration once for each append-only table: takes the rights and sets the triggers, which hold for the
-- owner too.
CREATE PROCEDURE tonle.make_append_only(target regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM PUBLIC, tonle_server, tonle_web', target);
    EXECUTE format('CREATE TRIGGER append_only_rows BEFORE UPDATE OR DELETE ON %s'
        ' FOR EACH ROW EXECUTE FUNCTION tonle.refuse_change()', target);
    EXECUTE format('CREATE TRIGGER append_only_table BEFORE TRUNCATE ON %s'
        ' FOR EACH STATEMENT EXECUTE FUNCTION tonle.refuse_change()', target);
END;
$$;
REVOKE EXECUTE ON PROCEDURE tonle.make_append_only(regclass) FROM PUBLIC, tonle_server, tonle_web;

-- Which gateway this is ----------------------------------------------------------------------------------------------

CREATE TABLE tonle.instance (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    made_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO tonle.instance DEFAULT VALUES;
GRANT SELECT ON tonle.instance TO tonle_server, tonle_web;
CALL tonle.make_append_only('tonle.instance');
