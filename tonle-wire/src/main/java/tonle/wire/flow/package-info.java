// SPDX-License-Identifier: Apache-2.0
/**
 * Flow export codecs: NetFlow version 5, NetFlow version 9 (RFC 3954), IPFIX (RFC 7011, 7012, 5103, 7133) and sFlow
 * version 5. Datagrams come in as memory segments; windows and events go out to a {@link tonle.wire.flow.FlowSink}.
 * No socket, no clock, no state: templates are looked up through {@link tonle.wire.flow.TemplateLookup} and owned by
 * the caller. Host bits of addresses die here: a window hands out {@link tonle.base.Network}s only.
 */
package tonle.wire.flow;
