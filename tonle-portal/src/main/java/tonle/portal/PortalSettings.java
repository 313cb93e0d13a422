// SPDX-License-Identifier: Apache-2.0
package tonle.portal;

import java.time.ZoneId;

/**
 * How the portal is served.
 *
 * @param port TCP port on the loopback addresses; 0 lets the system choose
 * @param zone the gateway's own time zone: what pages show unless {@code tz=} asks for another
 * @param systemName what the banner of a test or demonstration system says; empty on the real one
 * @param dataLicence the licence that exports carry, as an SPDX expression or in words
 * @param enrolByPage whether the form that takes in an exporter is offered; the command works either way
 */
public record PortalSettings(int port, ZoneId zone, String systemName, String dataLicence, boolean enrolByPage) {
    /** The documented port of the pages. */
    public static final int PORT_DEFAULT = 8470;

    public static final ZoneId ZONE_DEFAULT = ZoneId.of("Asia/Phnom_Penh");
    public static final String LICENCE_DEFAULT = "not published: internal to the gateway";
    public static final PortalSettings DEFAULT =
            new PortalSettings(PORT_DEFAULT, ZONE_DEFAULT, "", LICENCE_DEFAULT, true);

    public PortalSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not within 0 to 65535");
        }
    }

    /** The same on a port that the system chooses. */
    public PortalSettings onFreePort() {
        return new PortalSettings(0, zone, systemName, dataLicence, enrolByPage);
    }
}
