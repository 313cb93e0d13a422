// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.enrol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import tonle.portal.Enrolment;

/** Kinds of equipment whose configuration is known, and the lines that make them send flow data here. */
public enum Equipment {
    CISCO_IOS_XE("cisco-ios-xe", "Cisco IOS XE", "netflow9", 2055),
    CISCO_IOS_XR("cisco-ios-xr", "Cisco IOS XR", "netflow9", 2055),
    CISCO_NX_OS("cisco-nx-os", "Cisco NX-OS", "netflow9", 2055),
    JUNIPER_MX("juniper-mx", "Juniper MX", "ipfix", 4739),
    HUAWEI_VRP("huawei-vrp", "Huawei VRP", "netflow9", 2055),
    NOKIA_SR_OS("nokia-sr-os", "Nokia SR OS", "ipfix", 4739),
    ARISTA_EOS("arista-eos", "Arista EOS", "sflow5", 6343),
    MIKROTIK("mikrotik", "MikroTik RouterOS", "netflow9", 2055),
    FORTIGATE("fortigate", "FortiGate", "netflow9", 2055),
    SOFTFLOWD("softflowd", "softflowd", "netflow9", 2055),
    HSFLOWD("hsflowd", "hsflowd", "sflow5", 6343),
    OPEN_VSWITCH("open-vswitch", "Open vSwitch", "sflow5", 6343),
    PMACCT("pmacct", "pmacct", "netflow9", 2055);

    private final String key;
    private final String maker;
    private final String protocol;
    private final int portDefault;

    Equipment(String key, String maker, String protocol, int portDefault) {
        this.key = key;
        this.maker = maker;
        this.protocol = protocol;
        this.portDefault = portDefault;
    }

    /** The word in addresses and on the command line. */
    public String key() {
        return key;
    }

    public static Optional<Equipment> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
    }

    /** The port that this kind's protocol usually goes to. */
    public int portDefault() {
        return portDefault;
    }

    /**
     * @param address of this gateway as the equipment reaches it, or a word in capitals that says what to write there
     */
    public Enrolment.Snippet snippet(String address, int port) {
        String lines = text().replace("{address}", address).replace("{port}", Integer.toString(port));
        return new Enrolment.Snippet(key, maker, protocol, lines);
    }

    private String text() {
        try (InputStream in = Equipment.class.getResourceAsStream(key + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the program lacks its own file " + key + ".txt", e);
        }
    }
}
