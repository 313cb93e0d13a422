-- SPDX-License-Identifier: Apache-2.0
--
-- The book. Each table holds versions: what an object is on the days from valid_from until valid_until. Where versions
-- of one object cover the same day, the highest number rules. Fields that only staff and the operator itself may see
-- stand in a table of their own, by version.

CREATE TABLE registry.exchange (
    id text NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    valid_from date NOT NULL,
    valid_until date CHECK (valid_until > valid_from),
    is_ended boolean NOT NULL,
    recorded_at timestamptz NOT NULL,
    change_id text NOT NULL REFERENCES registry.change,
    name text NOT NULL DEFAULT '',
    name_khmer text NOT NULL DEFAULT '',
    standing text NOT NULL DEFAULT '',
    country text NOT NULL DEFAULT '',
    ixf_id bigint,
    export_address text NOT NULL DEFAULT '',
    PRIMARY KEY (id, version)
);

CREATE TABLE registry.operator (
    id text NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    valid_from date NOT NULL,
    valid_until date CHECK (valid_until > valid_from),
    is_ended boolean NOT NULL,
    recorded_at timestamptz NOT NULL,
    change_id text NOT NULL REFERENCES registry.change,
    name text NOT NULL DEFAULT '',
    name_khmer text NOT NULL DEFAULT '',
    asns bigint[] NOT NULL DEFAULT '{}',
    prefixes cidr[] NOT NULL DEFAULT '{}',
    as_sets text[] NOT NULL DEFAULT '{}',
    web_address text NOT NULL DEFAULT '',
    peeringdb_id bigint,
    PRIMARY KEY (id, version)
);

CREATE TABLE registry.operator_private (
    id text NOT NULL,
    version integer NOT NULL,
    operator_id text,
    tin text NOT NULL DEFAULT '',
    contact_noc text NOT NULL DEFAULT '',
    contact_peering text NOT NULL DEFAULT '',
    contact_abuse text NOT NULL DEFAULT '',
    contact_security text NOT NULL DEFAULT '',
    contact_billing text NOT NULL DEFAULT '',
    contact_legal text NOT NULL DEFAULT '',
    PRIMARY KEY (id, version),
    FOREIGN KEY (id, version) REFERENCES registry.operator
);

CREATE TABLE registry.site (
    id text NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    valid_from date NOT NULL,
    valid_until date CHECK (valid_until > valid_from),
    is_ended boolean NOT NULL,
    recorded_at timestamptz NOT NULL,
    change_id text NOT NULL REFERENCES registry.change,
    name text NOT NULL DEFAULT '',
    name_khmer text NOT NULL DEFAULT '',
    exchange text NOT NULL DEFAULT '',
    map_x bigint,
    map_y bigint,
    country text NOT NULL DEFAULT '',
    latitude numeric(8,5),
    longitude numeric(8,5),
    PRIMARY KEY (id, version)
);

CREATE TABLE registry.facility (
    id text NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    valid_from date NOT NULL,
    valid_until date CHECK (valid_until > valid_from),
    is_ended boolean NOT NULL,
    recorded_at timestamptz NOT NULL,
    change_id text NOT NULL REFERENCES registry.change,
    site text NOT NULL DEFAULT '',
    name text NOT NULL DEFAULT '',
    name_khmer text NOT NULL DEFAULT '',
    street text NOT NULL DEFAULT '',
    owner text NOT NULL DEFAULT '',
    latitude numeric(8,5),
    longitude numeric(8,5),
    peeringdb_id bigint,
    PRIMARY KEY (id, version)
);

CREATE TABLE registry.device (
    id text NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    valid_from date NOT NULL,
    valid_until date CHECK (valid_until > valid_from),
    is_ended boolean NOT NULL,
    recorded_at timestamptz NOT NULL,
    change_id text NOT NULL REFERENCES registry.change,
    site text NOT NULL DEFAULT '',
    facility text NOT NULL DEFAULT '',
    name text NOT NULL DEFAULT '',
    role text NOT NULL DEFAULT '',
    exports_flows boolean,
    records text NOT NULL DEFAULT '',
    default_rate bigint,
    scales_itself boolean,
    counts_layer_2 boolean,
    active_timeout_seconds bigint,
    refuses_personal boolean,
    PRIMARY KEY (id, version)
);

CREATE TABLE registry.device_private (
    id text NOT NULL,
    version integer NOT NULL,
    operator_id text,
    addresses text[] NOT NULL DEFAULT '{}',
    overrides text[] NOT NULL DEFAULT '{}',
    certificate text NOT NULL DEFAULT '',
    PRIMARY KEY (id, version),
    FOREIGN KEY (id, version) REFERENCES registry.device
);

CREATE TABLE registry.interface (
    id text NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    valid_from date NOT NULL,
    valid_until date CHECK (valid_until > valid_from),
    is_ended boolean NOT NULL,
    recorded_at timestamptz NOT NULL,
    change_id text NOT NULL REFERENCES registry.change,
    name text NOT NULL DEFAULT '',
    speed bigint,
    PRIMARY KEY (id, version)
);

CREATE TABLE registry.link (
    id text NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    valid_from date NOT NULL,
    valid_until date CHECK (valid_until > valid_from),
    is_ended boolean NOT NULL,
    recorded_at timestamptz NOT NULL,
    change_id text NOT NULL REFERENCES registry.change,
    kind text NOT NULL DEFAULT '',
    site text NOT NULL DEFAULT '',
    facility text NOT NULL DEFAULT '',
    far_site text NOT NULL DEFAULT '',
    operator text NOT NULL DEFAULT '',
    counterpart text NOT NULL DEFAULT '',
    counterpart_country text NOT NULL DEFAULT '',
    counterpart_asn bigint,
    capacity bigint,
    ports text[] NOT NULL DEFAULT '{}',
    in_service_from date,
    in_service_until date,
    PRIMARY KEY (id, version)
);

CREATE TABLE registry.link_private (
    id text NOT NULL,
    version integer NOT NULL,
    operator_id text,
    committed_rate bigint,
    hand_over text NOT NULL DEFAULT '',
    contract text NOT NULL DEFAULT '',
    PRIMARY KEY (id, version),
    FOREIGN KEY (id, version) REFERENCES registry.link
);

CREATE TABLE registry.licence (
    id text NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    valid_from date NOT NULL,
    valid_until date CHECK (valid_until > valid_from),
    is_ended boolean NOT NULL,
    recorded_at timestamptz NOT NULL,
    change_id text NOT NULL REFERENCES registry.change,
    operator text NOT NULL DEFAULT '',
    regime text NOT NULL DEFAULT '',
    type text NOT NULL DEFAULT '',
    granted date,
    term_until date,
    standing text NOT NULL DEFAULT '',
    decision text NOT NULL DEFAULT '',
    grounds text NOT NULL DEFAULT '',
    succeeds text NOT NULL DEFAULT '',
    sites text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (id, version)
);

CREATE TABLE registry.licence_private (
    id text NOT NULL,
    version integer NOT NULL,
    operator_id text,
    guarantee text NOT NULL DEFAULT '',
    ownership_file text NOT NULL DEFAULT '',
    PRIMARY KEY (id, version),
    FOREIGN KEY (id, version) REFERENCES registry.licence
);

CALL tonle.make_append_only('registry.exchange');
CALL tonle.make_append_only('registry.operator');
CALL tonle.make_append_only('registry.operator_private');
CALL tonle.make_append_only('registry.site');
CALL tonle.make_append_only('registry.facility');
CALL tonle.make_append_only('registry.device');
CALL tonle.make_append_only('registry.device_private');
CALL tonle.make_append_only('registry.interface');
CALL tonle.make_append_only('registry.link');
CALL tonle.make_append_only('registry.link_private');
CALL tonle.make_append_only('registry.licence');
CALL tonle.make_append_only('registry.licence_private');

-- Facts: everybody who is signed in may read them.
ALTER TABLE registry.exchange ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry.exchange FOR SELECT USING (tonle.scope() IN ('system', 'staff', 'operator'));
CREATE POLICY made ON registry.exchange FOR INSERT WITH CHECK (tonle.is_system() OR tonle.is_staff());
ALTER TABLE registry.operator ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry.operator FOR SELECT USING (tonle.scope() IN ('system', 'staff', 'operator'));
CREATE POLICY made ON registry.operator FOR INSERT WITH CHECK (tonle.is_system() OR tonle.is_staff());
ALTER TABLE registry.site ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry.site FOR SELECT USING (tonle.scope() IN ('system', 'staff', 'operator'));
CREATE POLICY made ON registry.site FOR INSERT WITH CHECK (tonle.is_system() OR tonle.is_staff());
ALTER TABLE registry.facility ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry.facility FOR SELECT USING (tonle.scope() IN ('system', 'staff', 'operator'));
CREATE POLICY made ON registry.facility FOR INSERT WITH CHECK (tonle.is_system() OR tonle.is_staff());
ALTER TABLE registry.device ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry.device FOR SELECT USING (tonle.scope() IN ('system', 'staff', 'operator'));
CREATE POLICY made ON registry.device FOR INSERT WITH CHECK (tonle.is_system() OR tonle.is_staff());
ALTER TABLE registry.interface ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry.interface FOR SELECT USING (tonle.scope() IN ('system', 'staff', 'operator'));
CREATE POLICY made ON registry.interface FOR INSERT WITH CHECK (tonle.is_system() OR tonle.is_staff());
ALTER TABLE registry.link ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry.link FOR SELECT USING (tonle.scope() IN ('system', 'staff', 'operator'));
CREATE POLICY made ON registry.link FOR INSERT WITH CHECK (tonle.is_system() OR tonle.is_staff());
ALTER TABLE registry.licence ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry.licence FOR SELECT USING (tonle.scope() IN ('system', 'staff', 'operator'));
CREATE POLICY made ON registry.licence FOR INSERT WITH CHECK (tonle.is_system() OR tonle.is_staff());

-- What is an operator's own: staff and that operator. A row without operator is the gateway's own.
ALTER TABLE registry.operator_private ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry.operator_private FOR SELECT USING (tonle.may_see_operator(operator_id));
CREATE POLICY made ON registry.operator_private FOR INSERT WITH CHECK (tonle.is_system() OR tonle.is_staff());
ALTER TABLE registry.device_private ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry.device_private FOR SELECT USING (tonle.may_see_operator(operator_id));
CREATE POLICY made ON registry.device_private FOR INSERT WITH CHECK (tonle.is_system() OR tonle.is_staff());
ALTER TABLE registry.link_private ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry.link_private FOR SELECT USING (tonle.may_see_operator(operator_id));
CREATE POLICY made ON registry.link_private FOR INSERT WITH CHECK (tonle.is_system() OR tonle.is_staff());
ALTER TABLE registry.licence_private ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry.licence_private FOR SELECT USING (tonle.may_see_operator(operator_id));
CREATE POLICY made ON registry.licence_private FOR INSERT WITH CHECK (tonle.is_system() OR tonle.is_staff());
