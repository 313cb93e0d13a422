// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

/**
 * Elements that name a person, or carry what a person sent or asked for (the second promise). They have no slot, so
 * nothing reads them; that they are in a template at all is told to the exporter's owner.
 */
final class PersonalElements {
    private static final int PALO_ALTO = 25461;

    private PersonalElements() {}

    static boolean contains(FlowProtocol protocol, int enterprise, int element) {
        if (protocol == FlowProtocol.NETFLOW9) {
            // No enterprise numbers here: vendors took numbers that IANA has not given out.
            return isIana(element)
                    || element == 40000 // Cisco ASA: user name.
                    || element == 56702; // Palo Alto Networks: User-ID.
        }
        return switch (enterprise) {
            case 0, Slot.REVERSE_ENTERPRISE -> isIana(element);
            case PALO_ALTO -> element == 56702;
            default -> false;
        };
    }

    private static boolean isIana(int element) {
        return switch (element) {
            case 313, 314, 316, 317 -> true; // Sections of packets: headers with addresses, payload.
            case 365, 366 -> true; // staMacAddress, staIPv4Address: the subscriber's own station.
            case 371 -> true; // userName
            case 455, 456 -> true; // mobileIMSI, mobileMSISDN
            case 460, 461, 468 -> true; // httpRequestHost, httpRequestTarget, httpUserAgent
            default -> false;
        };
    }
}
