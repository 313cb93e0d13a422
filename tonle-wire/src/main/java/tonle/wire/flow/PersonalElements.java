// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import java.util.BitSet;

/**
 * Elements that name a person or a person's device, or carry what someone sent or asked for (the second promise). They
 * have no slot, so nothing reads them; that a template has them at all is told to the exporter's owner.
 */
final class PersonalElements {
    /** Cisco AVC: names, hosts and URLs of applications. */
    private static final int CISCO = 9;

    private static final int IXIA = 3054;
    /** CERT/CC: YAF. */
    private static final int CERT = 6871;

    private static final int NTOP = 35632;
    /** In NetFlow v9, which has no enterprise numbers, nProbe adds this to its own elements. */
    private static final int NTOP_V9_BASE = 57_472;

    private static final int ASA_USER_NAME = 40_000;
    private static final int PALO_ALTO_USER_ID = 56_702;

    /**
     * ipHeaderPacketSection, ipPayloadPacketSection, mplsLabelStackSection, mplsPayloadPacketSection; staMacAddress,
     * staIPv4Address; userName; mobileIMSI, mobileMSISDN; httpRequestHost, httpRequestTarget, httpUserAgent.
     */
    private static final BitSet OF_IANA = set(313, 314, 316, 317, 365, 366, 371, 455, 456, 460, 461, 468);

    /** User and server names, SIP parties, HTTP, mail, TLS, DNS, RADIUS, GTP and DHCP identities. */
    private static final BitSet OF_NTOP = set(
            121, 122, 131, 132, 180, 182, 183, 185, 186, 187, 188, 196, 198, 200, 201, 205, 210, 226, 227, 228, 229,
            242, 243, 247, 248, 249, 260, 276, 277, 285, 324, 325, 351, 353, 354, 355, 356, 357, 361, 372, 377, 398,
            403, 424, 428, 460, 464);

    /** Payload, banners, HTTP headers, DNS names and data. */
    private static final BitSet OF_CERT =
            set(18, 38, 39, 110, 111, 112, 113, 115, 116, 117, 118, 119, 120, 121, 122, 123, 179, 180, 184, 208);

    /** IMSI, user agent, host, URI, DNS names and texts, TLS names, DHCP and RADIUS identities. */
    private static final BitSet OF_IXIA = set(181, 182, 183, 184, 185, 189, 190, 198, 201, 202, 203, 212);

    private PersonalElements() {}

    static boolean contains(FlowProtocol protocol, int enterprise, int element) {
        if (protocol == FlowProtocol.NETFLOW9) {
            return OF_IANA.get(element)
                    || element == ASA_USER_NAME
                    || element == PALO_ALTO_USER_ID
                    || element >= NTOP_V9_BASE && OF_NTOP.get(element - NTOP_V9_BASE);
        }
        return switch (enterprise) {
            case 0, Slot.REVERSE_ENTERPRISE -> OF_IANA.get(element);
            case CISCO -> element == 12_235;
            case IXIA -> OF_IXIA.get(element);
            case CERT -> OF_CERT.get(element);
            case NTOP -> OF_NTOP.get(element);
            default -> false;
        };
    }

    private static BitSet set(int... elements) {
        BitSet set = new BitSet();
        for (int element : elements) {
            set.set(element);
        }
        return set;
    }
}
