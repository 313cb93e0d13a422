// SPDX-License-Identifier: Apache-2.0
package tonle.registry.bringup;

/**
 * What is looked at before a link's first use, in the order of the task list. Each has words in both languages for its
 * name and for the remedy, under {@code bringup.check.<name>} and {@code bringup.remedy.<name>}.
 */
public enum Check {
    /** The addresses of both sides are of the plan and nobody else's. */
    ADDRESS_PLAN(Party.GATEWAY_ENGINEER),
    /** The device heard by LLDP (IEEE 802.1AB) at the port is the one that the registry names. */
    LLDP_SEEN(Party.OPERATOR_ENGINEER),
    /** One MAC address only, the declared one, and no frames but IPv4, ARP and IPv6. */
    MAC_SEEN(Party.OPERATOR_ENGINEER),
    /** The port's counters or its flows are heard by the metering, so that it can be billed and watched. */
    METERING_HEARD(Party.GATEWAY_ENGINEER),
    /** What is announced is what the operator declared. */
    EXPECTED_PREFIXES(Party.OPERATOR_ENGINEER),
    /** A limit on the number of prefixes is set and above what is announced; beyond it the excess is blocked. */
    MAX_PREFIX(Party.GATEWAY_ENGINEER),
    /** The operator's announcements are covered by ROAs (RFC 6482, RFC 6811). */
    RPKI_COVERAGE(Party.OPERATOR_ENGINEER);

    private final Party owner;

    Check(Party owner) {
        this.owner = owner;
    }

    /** Who mends it when it fails. */
    public Party owner() {
        return owner;
    }
}
