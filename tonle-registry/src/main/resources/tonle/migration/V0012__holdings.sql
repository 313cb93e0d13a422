-- SPDX-License-Identifier: Apache-2.0
--
-- Who holds an AS number or a prefix on which days, worked out from the versions of operators whenever one is added.
-- The constraints are the last line: whatever a program forgets, no two operators hold one number or one prefix on one
-- day. Prefixes inside another operator's are a question of policy and judged above.

CREATE TABLE registry.asn_holding (
    asn bigint NOT NULL,
    operator_id text NOT NULL,
    held daterange NOT NULL,
    CONSTRAINT asn_held_once EXCLUDE USING gist (int8range(asn, asn, '[]') WITH &&, held WITH &&)
        DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX asn_holding_operator ON registry.asn_holding (operator_id);

CREATE TABLE registry.prefix_holding (
    prefix cidr NOT NULL,
    operator_id text NOT NULL,
    held daterange NOT NULL,
    CONSTRAINT prefix_held_once EXCLUDE USING gist (prefix inet_ops WITH =, held WITH &&)
        DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX prefix_holding_operator ON registry.prefix_holding (operator_id);

CREATE FUNCTION registry.derive_holdings() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    touched text[] := ARRAY(SELECT DISTINCT id FROM fresh);
BEGIN
    DELETE FROM registry.asn_holding WHERE operator_id = ANY (touched);
    DELETE FROM registry.prefix_holding WHERE operator_id = ANY (touched);
    WITH edge AS (
        SELECT id, valid_from AS day FROM registry.operator WHERE id = ANY (touched)
        UNION
        SELECT id, valid_until FROM registry.operator WHERE id = ANY (touched) AND valid_until IS NOT NULL
    ), stretch AS (
        SELECT id, day, lead(day) OVER (PARTITION BY id ORDER BY day) AS next FROM edge
    ), ruling AS (
        SELECT s.id, daterange(s.day, s.next) AS held, v.asns, v.prefixes
        FROM stretch s CROSS JOIN LATERAL (
            SELECT o.is_ended, o.asns, o.prefixes FROM registry.operator o
            WHERE o.id = s.id AND o.valid_from <= s.day AND (o.valid_until IS NULL OR s.day < o.valid_until)
            ORDER BY o.version DESC LIMIT 1) v
        WHERE NOT v.is_ended
    ), of_asn AS (
        INSERT INTO registry.asn_holding (asn, operator_id, held)
        SELECT a.asn, r.id, r.held FROM ruling r CROSS JOIN LATERAL unnest(r.asns) AS a (asn)
    )
    INSERT INTO registry.prefix_holding (prefix, operator_id, held)
    SELECT p.prefix, r.id, r.held FROM ruling r CROSS JOIN LATERAL unnest(r.prefixes) AS p (prefix);
    RETURN NULL;
END;
$$;
CREATE TRIGGER holdings AFTER INSERT ON registry.operator REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION registry.derive_holdings();

REVOKE INSERT ON registry.asn_holding, registry.prefix_holding FROM tonle_server, tonle_web;
ALTER TABLE registry.asn_holding ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry.asn_holding FOR SELECT USING (tonle.scope() IN ('system', 'staff', 'operator'));
ALTER TABLE registry.prefix_holding ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry.prefix_holding FOR SELECT USING (tonle.scope() IN ('system', 'staff', 'operator'));
