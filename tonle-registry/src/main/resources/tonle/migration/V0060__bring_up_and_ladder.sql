-- SPDX-License-Identifier: Apache-2.0
--
-- How links come into service, and how full they are obliged to be known to be.

-- One row for each time that a link is brought up; rounds of a link count from 1 and only the newest is open.
CREATE TABLE registry.bring_up (
    link_id text NOT NULL CHECK (length(link_id) BETWEEN 1 AND 31),
    round integer NOT NULL CHECK (round >= 1),
    operator_id text NOT NULL CHECK (length(operator_id) <= 31),
    stage text NOT NULL CHECK (stage IN ('planned', 'quarantine', 'ready', 'in-service', 'ended')),
    port text NOT NULL CHECK (length(port) <= 80),
    since date NOT NULL,
    wanted_day date NOT NULL,
    has_operator_word boolean NOT NULL,
    has_gateway_word boolean NOT NULL,
    end_reason text NOT NULL CHECK (length(end_reason) <= 500),
    version integer NOT NULL CHECK (version >= 1),
    PRIMARY KEY (link_id, round),
    CHECK (stage = 'planned' OR stage = 'ended' OR port <> ''),
    CHECK (stage <> 'ended' OR end_reason <> '')
);
CREATE UNIQUE INDEX bring_up_open ON registry.bring_up (link_id) WHERE stage NOT IN ('in-service', 'ended');
GRANT UPDATE ON registry.bring_up TO tonle_server, tonle_web;

-- A port that carried traffic never goes back to quarantine, whoever writes; rounds and links keep their names.
CREATE FUNCTION registry.bring_up_only_forward() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.stage = 'ended' OR OLD.stage = 'in-service' AND NEW.stage <> 'ended'
        OR NEW.link_id <> OLD.link_id OR NEW.round <> OLD.round OR NEW.operator_id <> OLD.operator_id
        OR NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'the bring-up of % does not go this way', OLD.link_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER bring_up_only_forward BEFORE UPDATE OR DELETE ON registry.bring_up
    FOR EACH ROW EXECUTE FUNCTION registry.bring_up_only_forward();

-- Checks that an engineer excused by name, with the reason.
CREATE TABLE registry.bring_up_excuse (
    link_id text NOT NULL,
    round integer NOT NULL,
    "check" text NOT NULL CHECK (length("check") <= 40),
    operator_id text NOT NULL CHECK (length(operator_id) <= 31),
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    actor text NOT NULL CHECK (length(actor) <= 60),
    day date NOT NULL,
    PRIMARY KEY (link_id, round, "check"),
    FOREIGN KEY (link_id, round) REFERENCES registry.bring_up (link_id, round)
);
CALL tonle.make_append_only('registry.bring_up_excuse');

-- Where each link stands on the ladder of load.
CREATE TABLE registry.ladder_standing (
    link_id text PRIMARY KEY CHECK (length(link_id) BETWEEN 1 AND 31),
    operator_id text NOT NULL CHECK (length(operator_id) <= 31),
    step text NOT NULL CHECK (step IN ('free', 'plan', 'order', 'report', 'escalate')),
    since date,
    days_below integer NOT NULL CHECK (days_below >= 0),
    highest_below text NOT NULL CHECK (highest_below IN ('free', 'plan', 'order', 'report', 'escalate')),
    last_day date NOT NULL,
    load_permille integer NOT NULL CHECK (load_permille >= 0)
);
GRANT UPDATE ON registry.ladder_standing TO tonle_server;
REVOKE INSERT ON registry.ladder_standing FROM tonle_web;

-- Every step that was reached or left, for ever: the proof that a duty was told.
CREATE TABLE registry.ladder_move (
    link_id text NOT NULL CHECK (length(link_id) BETWEEN 1 AND 31),
    day date NOT NULL,
    step text NOT NULL CHECK (step IN ('free', 'plan', 'order', 'report', 'escalate')),
    is_reached boolean NOT NULL,
    operator_id text NOT NULL CHECK (length(operator_id) <= 31),
    load_permille integer NOT NULL CHECK (load_permille >= 0),
    PRIMARY KEY (link_id, day, step, is_reached)
);
CALL tonle.make_append_only('registry.ladder_move');
REVOKE INSERT ON registry.ladder_move FROM tonle_web;

-- An operator sees its own links; whose link it is, is written with each row.
ALTER TABLE registry.bring_up ENABLE ROW LEVEL SECURITY;
CREATE POLICY bring_up_rows ON registry.bring_up USING (tonle.may_see_operator(operator_id));
ALTER TABLE registry.bring_up_excuse ENABLE ROW LEVEL SECURITY;
CREATE POLICY bring_up_excuse_rows ON registry.bring_up_excuse USING (tonle.may_see_operator(operator_id));
ALTER TABLE registry.ladder_standing ENABLE ROW LEVEL SECURITY;
CREATE POLICY ladder_standing_rows ON registry.ladder_standing USING (tonle.may_see_operator(operator_id));
ALTER TABLE registry.ladder_move ENABLE ROW LEVEL SECURITY;
CREATE POLICY ladder_move_rows ON registry.ladder_move USING (tonle.may_see_operator(operator_id));
