// SPDX-License-Identifier: Apache-2.0
/**
 * Taking exporters in: an address that sends and that nobody knows becomes a file beside the configuration, and a
 * reload puts it in force. For those that do not send yet, the lines that make the common kinds of equipment send here.
 */
package tonle.gateway.enrol;
