// SPDX-License-Identifier: Apache-2.0
/**
 * Field trees of any flow export datagram, for people: octets come in, a {@link tonle.wire.dissect.Field} with offsets,
 * values and faults goes out. Never fails and is never hot; stops where the octets stop. Addresses are masked to their
 * network; MAC addresses, ports, elements that name people and octets of unknown meaning are hidden. The layouts are
 * those of RFC 3954, RFC 7011, RFC 7133 and sFlow version 5; what is damaged the decoder itself says.
 */
package tonle.wire.dissect;
