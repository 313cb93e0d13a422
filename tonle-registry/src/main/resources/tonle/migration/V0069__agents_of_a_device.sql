-- SPDX-License-Identifier: Apache-2.0
--
-- sFlow agent addresses of other devices for which a device passes datagrams on.

ALTER TABLE registry.device_private ADD COLUMN agents text[] NOT NULL DEFAULT '{}';
