-- SPDX-License-Identifier: Apache-2.0
--
-- Rules that matter, as versioned documents that everybody may read and comment on before they are in force.

CREATE TABLE registry.rule_version (
    rule text NOT NULL CHECK (rule IN
        ('tariffs', 'guard-lists', 'witness-quorum', 'data-dictionary', 'closed-acts', 'retention')),
    version integer NOT NULL CHECK (version BETWEEN 1 AND 10000),
    title_english text NOT NULL CHECK (length(title_english) BETWEEN 1 AND 200),
    title_khmer text NOT NULL CHECK (length(title_khmer) BETWEEN 1 AND 200),
    text_english text NOT NULL CHECK (length(text_english) BETWEEN 1 AND 50000),
    text_khmer text NOT NULL CHECK (length(text_khmer) BETWEEN 1 AND 50000),
    digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
    loosens boolean NOT NULL,
    grounds text NOT NULL CHECK (length(grounds) BETWEEN 1 AND 500),
    stage text NOT NULL CHECK (stage IN ('drafted', 'open', 'answered', 'approved', 'withdrawn')),
    proposer text NOT NULL CHECK (length(proposer) <= 60),
    drafted_day date NOT NULL,
    open_day date,
    close_day date,
    answer text NOT NULL DEFAULT '' CHECK (length(answer) <= 20000),
    answered_day date,
    first_approver text CHECK (length(first_approver) <= 60),
    second_approver text CHECK (length(second_approver) <= 60),
    approved_day date,
    effective_day date NOT NULL,
    -- The stage that the public log holds, and the number of that entry: written by the gateway alone.
    entered_stage text NOT NULL DEFAULT '' CHECK (entered_stage IN ('', 'drafted', 'open', 'answered', 'approved', 'withdrawn')),
    entered_as bigint NOT NULL DEFAULT -1,
    PRIMARY KEY (rule, version),
    CHECK (first_approver IS NULL OR first_approver <> proposer),
    CHECK (second_approver IS NULL OR second_approver <> proposer AND second_approver <> first_approver),
    CHECK ((open_day IS NULL) = (close_day IS NULL)),
    CHECK (close_day IS NULL OR close_day >= open_day + 14),
    CHECK (NOT loosens OR close_day IS NULL OR close_day >= open_day + 30),
    CHECK (stage <> 'open' OR open_day IS NOT NULL),
    CHECK (stage <> 'answered' OR answer <> '' AND answered_day > close_day),
    -- The first version of each rule comes with the program and is not approved by anybody here.
    CHECK (stage <> 'approved' OR version = 1 AND proposer = 'tonle'
        OR second_approver IS NOT NULL AND answered_day > close_day AND effective_day > approved_day)
);
GRANT UPDATE (stage, open_day, close_day, answer, answered_day, first_approver, second_approver, approved_day)
    ON registry.rule_version TO tonle_server, tonle_web;
GRANT UPDATE (entered_stage, entered_as) ON registry.rule_version TO tonle_server;

-- A version goes forward or is withdrawn; what was said of it once stays said.
CREATE FUNCTION registry.rule_version_only_forward() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'UPDATE'
        OR NEW.stage <> OLD.stage AND (OLD.stage, NEW.stage) NOT IN (
            ('drafted', 'open'), ('drafted', 'withdrawn'), ('open', 'answered'), ('open', 'withdrawn'),
            ('answered', 'approved'), ('answered', 'withdrawn'))
        OR OLD.open_day IS NOT NULL AND (NEW.open_day, NEW.close_day) IS DISTINCT FROM (OLD.open_day, OLD.close_day)
        OR OLD.answer <> '' AND NEW.answer <> OLD.answer
        OR OLD.first_approver IS NOT NULL AND NEW.first_approver IS DISTINCT FROM OLD.first_approver
        OR OLD.stage IN ('approved', 'withdrawn')
            AND (NEW.stage, NEW.second_approver) IS DISTINCT FROM (OLD.stage, OLD.second_approver) THEN
        RAISE EXCEPTION 'version % of the rule % does not go this way', OLD.version, OLD.rule
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER rule_version_only_forward BEFORE UPDATE OR DELETE ON registry.rule_version
    FOR EACH ROW EXECUTE FUNCTION registry.rule_version_only_forward();

-- What was said in a consultation: no name, no address, no session, no time finer than a day.
CREATE TABLE registry.rule_comment (
    rule text NOT NULL,
    version integer NOT NULL,
    number integer NOT NULL CHECK (number BETWEEN 1 AND 1000),
    day date NOT NULL,
    speaker text NOT NULL CHECK (speaker ~ '^[a-z-]{1,40}$'),
    words text NOT NULL CHECK (length(words) BETWEEN 1 AND 4000),
    PRIMARY KEY (rule, version, number),
    FOREIGN KEY (rule, version) REFERENCES registry.rule_version (rule, version)
);
CALL tonle.make_append_only('registry.rule_comment');

-- Public: everybody reads both. Only staff change a version; a stranger only adds a comment.
ALTER TABLE registry.rule_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY rule_version_read ON registry.rule_version FOR SELECT USING (true);
CREATE POLICY rule_version_add ON registry.rule_version FOR INSERT
    WITH CHECK (tonle.is_system() OR tonle.is_staff());
CREATE POLICY rule_version_change ON registry.rule_version FOR UPDATE
    USING (tonle.is_system() OR tonle.is_staff());
ALTER TABLE registry.rule_comment ENABLE ROW LEVEL SECURITY;
CREATE POLICY rule_comment_read ON registry.rule_comment FOR SELECT USING (true);
CREATE POLICY rule_comment_add ON registry.rule_comment FOR INSERT WITH CHECK (true);
