// SPDX-License-Identifier: Apache-2.0
/**
 * The owner's door to a running gateway: a Unix domain socket in the data directory that only its owner may open
 * (unix(7)). One request and one reply a connection:
 * <pre>
 *   GET /exporters.json LF
 *   POST /exporters/accept 71 LF  {"address": "192.0.2.1", …71 octets}
 *   200 1043 application/json LF  …1043 octets
 * </pre>
 * The numbers behind an address and in front of a type are lengths in octets; texts are UTF-8; status numbers mean what
 * they mean in HTTP. No host is asked over a network and no password is needed: who may open the file is the owner.
 */
package tonle.gateway.control;
