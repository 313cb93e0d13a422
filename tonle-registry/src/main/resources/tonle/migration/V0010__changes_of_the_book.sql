-- SPDX-License-Identifier: Apache-2.0
--
-- Proposed changes of the registry and what became of them. Nothing here is ever altered: a decision is a further step.

CREATE TABLE registry.change (
    id text PRIMARY KEY CHECK (id ~ '^CHG-[0-9]{4}-[0-9]{4,}$'),
    operator_id text,
    valid_from date NOT NULL,
    valid_until date CHECK (valid_until > valid_from),
    reason text NOT NULL CHECK (reason <> ''),
    needs_two boolean NOT NULL
);

CREATE TABLE registry.change_step (
    change_id text NOT NULL REFERENCES registry.change,
    step integer NOT NULL CHECK (step IN (1, 2)),
    stage text NOT NULL CHECK ((step = 1) = (stage = 'proposed')
        AND stage IN ('proposed', 'confirmed', 'refused', 'withdrawn')),
    actor text NOT NULL,
    at timestamptz NOT NULL,
    reason text NOT NULL CHECK (stage <> 'refused' OR reason <> ''),
    PRIMARY KEY (change_id, step)
);

CREATE TABLE registry.change_item (
    change_id text NOT NULL REFERENCES registry.change,
    ordinal integer NOT NULL,
    kind text NOT NULL,
    object_id text NOT NULL,
    act text NOT NULL CHECK (act IN ('add', 'amend', 'end')),
    base_version integer NOT NULL CHECK (base_version >= 0),
    PRIMARY KEY (change_id, ordinal)
);
CREATE INDEX change_item_object ON registry.change_item (kind, object_id);

CREATE TABLE registry.change_field (
    change_id text NOT NULL,
    ordinal integer NOT NULL,
    field text NOT NULL,
    value text NOT NULL,
    PRIMARY KEY (change_id, ordinal, field),
    FOREIGN KEY (change_id, ordinal) REFERENCES registry.change_item
);

CREATE TABLE registry.change_difference (
    change_id text NOT NULL REFERENCES registry.change,
    line integer NOT NULL,
    kind text NOT NULL,
    object_id text NOT NULL,
    field text NOT NULL,
    value_before text NOT NULL,
    value_after text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    PRIMARY KEY (change_id, line)
);

-- The rule of two persons, where no page and no service can forget it.
CREATE FUNCTION registry.refuse_same_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
    IF NEW.stage = 'confirmed' AND EXISTS (
        SELECT FROM registry.change c JOIN registry.change_step s ON s.change_id = c.id AND s.step = 1
        WHERE c.id = NEW.change_id AND c.needs_two AND s.actor = NEW.actor)
    THEN
        RAISE EXCEPTION 'change % needs two persons', NEW.change_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER two_persons BEFORE INSERT ON registry.change_step
    FOR EACH ROW EXECUTE FUNCTION registry.refuse_same_person();

-- Numbers without gaps, each year from 1. An operator's staff cannot see the changes of others, so the count is taken
-- by the owner.
CREATE TABLE registry.change_number (
    year integer PRIMARY KEY,
    last integer NOT NULL
);
REVOKE ALL ON registry.change_number FROM tonle_server, tonle_web;

CREATE FUNCTION registry.next_change_number(of_year integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER SET search_path = ''
AS $$
    INSERT INTO registry.change_number (year, last) VALUES (of_year, 1)
    ON CONFLICT (year) DO UPDATE SET last = registry.change_number.last + 1
    RETURNING last;
$$;

CALL tonle.make_append_only('registry.change');
CALL tonle.make_append_only('registry.change_step');
CALL tonle.make_append_only('registry.change_item');
CALL tonle.make_append_only('registry.change_field');
CALL tonle.make_append_only('registry.change_difference');

-- Who sees a change: the gateway, its staff, and the one operator whose objects it touches.
CREATE FUNCTION registry.may_see_change(seen text) RETURNS boolean LANGUAGE sql STABLE
    RETURN EXISTS (SELECT FROM registry.change c WHERE c.id = seen);

ALTER TABLE registry.change ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.change_step ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.change_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.change_field ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.change_difference ENABLE ROW LEVEL SECURITY;

CREATE POLICY seen ON registry.change FOR SELECT USING (tonle.may_see_operator(operator_id));
CREATE POLICY made ON registry.change FOR INSERT WITH CHECK (tonle.may_see_operator(operator_id));
-- The policy of registry.change holds inside may_see_change too, for it runs with the rights of whoever asks.
CREATE POLICY seen ON registry.change_step FOR SELECT USING (registry.may_see_change(change_id));
CREATE POLICY seen ON registry.change_item FOR SELECT USING (registry.may_see_change(change_id));
CREATE POLICY seen ON registry.change_field FOR SELECT USING (registry.may_see_change(change_id));
CREATE POLICY seen ON registry.change_difference FOR SELECT USING (registry.may_see_change(change_id));
CREATE POLICY made ON registry.change_item FOR INSERT WITH CHECK (registry.may_see_change(change_id));
CREATE POLICY made ON registry.change_field FOR INSERT WITH CHECK (registry.may_see_change(change_id));
CREATE POLICY made ON registry.change_difference FOR INSERT WITH CHECK (tonle.is_system() OR tonle.is_staff());
-- An operator's staff propose and withdraw; they decide nothing.
CREATE POLICY made ON registry.change_step FOR INSERT WITH CHECK (
    registry.may_see_change(change_id)
    AND (tonle.is_system() OR tonle.is_staff() OR stage IN ('proposed', 'withdrawn')));
