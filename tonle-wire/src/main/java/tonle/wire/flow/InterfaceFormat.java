// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

/** How sFlow writes an interface (sFlow version 5 section 5.2, flows.md 4.6). */
public enum InterfaceFormat {
    /** The value is an ifIndex. */
    INDEX,
    /** The packet was discarded; the value is the reason. */
    DISCARD,
    /** Several output interfaces; the value is their number, 0 where unknown. */
    MULTIPLE,
    /** The device itself (0x3FFFFFFF). */
    INTERNAL
}
