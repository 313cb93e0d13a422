// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import java.util.HashMap;
import java.util.Map;

/** The names under which people know the elements of records (IANA, RFC 7012), for field trees and template tables. */
public final class ElementNames {
    private static final Map<Integer, String> IANA = table("""
            1 octetDeltaCount
            2 packetDeltaCount
            3 deltaFlowCount
            4 protocolIdentifier
            5 ipClassOfService
            6 tcpControlBits
            7 sourceTransportPort
            8 sourceIPv4Address
            9 sourceIPv4PrefixLength
            10 ingressInterface
            11 destinationTransportPort
            12 destinationIPv4Address
            13 destinationIPv4PrefixLength
            14 egressInterface
            15 ipNextHopIPv4Address
            16 bgpSourceAsNumber
            17 bgpDestinationAsNumber
            18 bgpNextHopIPv4Address
            19 postMCastPacketDeltaCount
            20 postMCastOctetDeltaCount
            21 flowEndSysUpTime
            22 flowStartSysUpTime
            23 postOctetDeltaCount
            24 postPacketDeltaCount
            25 minimumIpTotalLength
            26 maximumIpTotalLength
            27 sourceIPv6Address
            28 destinationIPv6Address
            29 sourceIPv6PrefixLength
            30 destinationIPv6PrefixLength
            31 flowLabelIPv6
            32 icmpTypeCodeIPv4
            33 igmpType
            34 samplingInterval
            35 samplingAlgorithm
            36 flowActiveTimeout
            37 flowIdleTimeout
            38 engineType
            39 engineId
            40 exportedOctetTotalCount
            41 exportedMessageTotalCount
            42 exportedFlowRecordTotalCount
            44 sourceIPv4Prefix
            45 destinationIPv4Prefix
            46 mplsTopLabelType
            47 mplsTopLabelIPv4Address
            48 samplerId
            49 samplerMode
            50 samplerRandomInterval
            51 classId
            52 minimumTTL
            53 maximumTTL
            54 fragmentIdentification
            55 postIpClassOfService
            56 sourceMacAddress
            57 postDestinationMacAddress
            58 vlanId
            59 postVlanId
            60 ipVersion
            61 flowDirection
            62 ipNextHopIPv6Address
            63 bgpNextHopIPv6Address
            64 ipv6ExtensionHeaders
            70 mplsTopLabelStackSection
            71 mplsLabelStackSection2
            72 mplsLabelStackSection3
            80 destinationMacAddress
            81 postSourceMacAddress
            82 interfaceName
            83 interfaceDescription
            84 samplerName
            85 octetTotalCount
            86 packetTotalCount
            88 fragmentOffset
            89 forwardingStatus
            90 mplsVpnRouteDistinguisher
            94 applicationDescription
            95 applicationId
            96 applicationName
            98 postIpDiffServCodePoint
            99 multicastReplicationFactor
            128 bgpNextAdjacentAsNumber
            129 bgpPrevAdjacentAsNumber
            130 exporterIPv4Address
            131 exporterIPv6Address
            132 droppedOctetDeltaCount
            133 droppedPacketDeltaCount
            136 flowEndReason
            137 commonPropertiesId
            138 observationPointId
            139 icmpTypeCodeIPv6
            141 lineCardId
            142 portId
            143 meteringProcessId
            144 exportingProcessId
            145 templateId
            148 flowId
            149 observationDomainId
            150 flowStartSeconds
            151 flowEndSeconds
            152 flowStartMilliseconds
            153 flowEndMilliseconds
            154 flowStartMicroseconds
            155 flowEndMicroseconds
            156 flowStartNanoseconds
            157 flowEndNanoseconds
            158 flowStartDeltaMicroseconds
            159 flowEndDeltaMicroseconds
            160 systemInitTimeMilliseconds
            161 flowDurationMilliseconds
            163 observedFlowTotalCount
            164 ignoredPacketTotalCount
            165 ignoredOctetTotalCount
            166 notSentFlowTotalCount
            167 notSentPacketTotalCount
            168 notSentOctetTotalCount
            169 destinationIPv6Prefix
            170 sourceIPv6Prefix
            173 flowKeyIndicator
            176 icmpTypeIPv4
            177 icmpCodeIPv4
            178 icmpTypeIPv6
            179 icmpCodeIPv6
            180 udpSourcePort
            181 udpDestinationPort
            182 tcpSourcePort
            183 tcpDestinationPort
            189 ipHeaderLength
            192 ipTTL
            195 ipDiffServCodePoint
            197 fragmentFlags
            198 octetDeltaSumOfSquares
            210 paddingOctets
            225 postNATSourceIPv4Address
            226 postNATDestinationIPv4Address
            227 postNAPTSourceTransportPort
            228 postNAPTDestinationTransportPort
            229 natOriginatingAddressRealm
            230 natEvent
            231 initiatorOctets
            232 responderOctets
            233 firewallEvent
            234 ingressVRFID
            235 egressVRFID
            236 VRFname
            239 biflowDirection
            243 dot1qVlanId
            244 dot1qPriority
            245 dot1qCustomerVlanId
            252 ingressPhysicalInterface
            253 egressPhysicalInterface
            256 ethernetType
            281 postNATSourceIPv6Address
            282 postNATDestinationIPv6Address
            291 basicList
            292 subTemplateList
            293 subTemplateMultiList
            298 initiatorPackets
            299 responderPackets
            300 observationDomainName
            302 selectorId
            304 selectorAlgorithm
            305 samplingPacketInterval
            306 samplingPacketSpace
            309 samplingSize
            310 samplingPopulation
            311 samplingProbability
            312 dataLinkFrameSize
            313 ipHeaderPacketSection
            314 ipPayloadPacketSection
            315 dataLinkFrameSection
            316 mplsLabelStackSection
            317 mplsPayloadPacketSection
            318 selectorIdTotalPktsObserved
            319 selectorIdTotalPktsSelected
            322 observationTimeSeconds
            323 observationTimeMilliseconds
            324 observationTimeMicroseconds
            346 privateEnterpriseNumber
            352 layer2OctetDeltaCount
            353 layer2OctetTotalCount
            361 portRangeStart
            362 portRangeEnd
            365 staMacAddress
            366 staIPv4Address
            367 wtpMacAddress
            368 ingressInterfaceType
            369 egressInterfaceType
            371 userName
            384 valueDistributionMethod
            408 dataLinkFrameType
            409 sectionOffset
            410 sectionExportedOctets
            455 mobileIMSI
            456 mobileMSISDN
            457 httpStatusCode
            459 httpRequestMethod
            460 httpRequestHost
            461 httpRequestTarget
            468 httpUserAgent
            """);

    /** Scope fields of NetFlow v9 have numbers of their own (RFC 3954 section 6.1). */
    private static final String[] V9_SCOPES = {"system", "interface", "line card", "cache", "template"};

    private ElementNames() {}

    /** The name of field {@code index}, such as {@code octetDeltaCount}, else {@code element 123}. */
    public static String of(Template template, int index) {
        int element = template.fieldElement(index);
        if (template.protocol() == FlowProtocol.NETFLOW9 && index < template.scopeFieldCount()) {
            return element >= 1 && element <= V9_SCOPES.length
                    ? "scope " + V9_SCOPES[element - 1]
                    : "scope element " + element;
        }
        return of(template.fieldEnterprise(index), element);
    }

    /** The name of an element; one without a name here is {@code element 123} or {@code enterprise 9 element 12235}. */
    public static String of(int enterprise, int element) {
        String name = IANA.get(element);
        if (enterprise == 0) {
            return name == null ? "element " + element : name;
        }
        if (enterprise == Slot.REVERSE_ENTERPRISE && name != null) {
            return "reverse " + name;
        }
        return "enterprise " + Integer.toUnsignedString(enterprise) + " element " + element;
    }

    private static Map<Integer, String> table(String lines) {
        Map<Integer, String> names = new HashMap<>();
        lines.lines().forEach(line -> {
            int space = line.indexOf(' ');
            names.put(Integer.valueOf(line.substring(0, space)), line.substring(space + 1));
        });
        return Map.copyOf(names);
    }
}
