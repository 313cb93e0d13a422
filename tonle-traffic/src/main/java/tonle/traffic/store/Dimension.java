// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

/** What traffic can be grouped and filtered by: what the key holds, or what follows from it. There is no other. */
public enum Dimension {
    SITE("site"),
    LINK("link"),
    LINK_KIND("link-kind"),
    DIRECTION("direction"),
    MEMBER("member"),
    REMOTE_AS("remote-as"),
    COUNTRY("country"),
    IP_VERSION("ip-version"),
    PROTOCOL("protocol"),
    HOUR("hour");

    private final String key;

    Dimension(String key) {
        this.key = key;
    }

    /** The word in addresses, JSON, tables and on the command line. */
    public String key() {
        return key;
    }
}
