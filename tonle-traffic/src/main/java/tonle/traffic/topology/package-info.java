// SPDX-License-Identifier: Apache-2.0
/**
 * Who is connected where, as metering needs it: sites, members, links, exporters and the tables that turn a network
 * into a member or an AS. An immutable snapshot comes in from configuration or registry and is swapped whole; look-ups
 * go out.
 */
package tonle.traffic.topology;
