-- SPDX-License-Identifier: Apache-2.0
--
-- The audit: one row for each act, written in the transaction of the act, never changed or deleted.

-- The next number. Whoever records an act holds this row until its transaction ends, so numbers have no gaps and stand
-- in the order of commits: a reader who has seen number n has seen all before it.
CREATE TABLE audit.head (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    next_sequence bigint NOT NULL
);
INSERT INTO audit.head (next_sequence) VALUES (1);

CREATE TABLE audit.event (
    sequence bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL CHECK (actor ~ '^(tonle|owner|[pc]-[a-z2-9]{4}-[a-z2-9]{4})$'),
    roles text NOT NULL CHECK (length(roles) <= 400),
    operator_id text,
    act text NOT NULL CHECK (act ~ '^[a-z][a-z0-9-]{0,59}$'),
    object_kind text NOT NULL CHECK (object_kind ~ '^[a-z][a-z0-9-]{0,59}$'),
    object_id text NOT NULL CHECK (length(object_id) <= 120),
    reason text NOT NULL CHECK (length(reason) <= 500),
    before_json text NOT NULL CHECK (length(before_json) <= 65536),
    after_json text NOT NULL CHECK (length(after_json) <= 65536),
    salt bytea NOT NULL CHECK (octet_length(salt) = 16)
);
CREATE INDEX event_by_actor ON audit.event (actor, sequence);
CREATE INDEX event_by_act ON audit.event (act, sequence);
CREATE INDEX event_by_object ON audit.event (object_kind, object_id, sequence);
CREATE INDEX event_by_time ON audit.event (at);

-- The number is the database's to give, whatever the statement says.
CREATE FUNCTION audit.number_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE audit.head SET next_sequence = next_sequence + 1 RETURNING next_sequence - 1 INTO NEW.sequence;
    RETURN NEW;
END;
$$;
CREATE TRIGGER number_event BEFORE INSERT ON audit.event FOR EACH ROW EXECUTE FUNCTION audit.number_event();

CALL tonle.make_append_only('audit.event');
REVOKE ALL ON audit.head FROM tonle_server, tonle_web;

-- How far the notary has taken events, and how far the submission that is under way reaches: what is submitted again
-- after a crash is cut into the same digests. Moved on by the gateway itself, after the log holds them.
CREATE TABLE audit.entered (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    sequence bigint NOT NULL CHECK (sequence >= 0),
    planned_sequence bigint NOT NULL CHECK (planned_sequence >= sequence)
);
INSERT INTO audit.entered (sequence, planned_sequence) VALUES (0, 0);
REVOKE ALL ON audit.entered FROM tonle_server, tonle_web;
GRANT SELECT ON audit.entered TO tonle_server, tonle_web;
GRANT UPDATE ON audit.entered TO tonle_server;

CREATE FUNCTION audit.only_forward() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR NEW.sequence < OLD.sequence OR NEW.planned_sequence < OLD.planned_sequence THEN
        RAISE EXCEPTION 'what the log holds is never taken back' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER only_forward BEFORE UPDATE OR DELETE ON audit.entered
    FOR EACH ROW EXECUTE FUNCTION audit.only_forward();

-- Staff read all events (the domain asks for the right); others those that they caused themselves. An event is written
-- under one's own pseudonym alone.
ALTER TABLE audit.event ENABLE ROW LEVEL SECURITY;
CREATE POLICY event_read ON audit.event FOR SELECT
    USING (tonle.is_system() OR tonle.is_staff() OR actor = tonle.actor());
CREATE POLICY event_write ON audit.event FOR INSERT
    WITH CHECK (tonle.is_system() OR actor = tonle.actor());
