// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import tonle.base.Network;
import tonle.base.Prefix;

/** The demo's operators: invented names, weights that add up to about 100. */
enum DemoMember {
    LOTUS("Lotus Telecom", "ទូរគមនាគមន៍ ផ្កាឈូក", Place.PNH, 24, Use.HOMES, 100),
    SUGARPALM("Sugar Palm Mobile", "ទូរស័ព្ទចល័ត ត្នោត", Place.PNH, 20, Use.HOMES, 100),
    DOLPHIN("River Dolphin Fibre", "ហ្វាយប័រ ផ្សោត", Place.PNH, 14, Use.HOMES, 100),
    RUMDUOL("Rumduol Broadband", "អ៊ីនធឺណិត រំដួល", Place.PNH, 11, Use.HOMES, 100),
    BANYAN("Banyan Business Net", "បណ្តាញអាជីវកម្ម ពោធិ៍", Place.PNH, 8, Use.OFFICES, 40),
    JASMINE("Jasmine Cable", "ខ្សែកាប ម្លិះ", Place.SHV, 6, Use.HOMES, 40),
    MONSOON("Monsoon Wireless", "ឥតខ្សែ វស្សា", Place.PPT, 5, Use.HOMES, 40),
    CRANE("Sarus Crane Hosting", "មជ្ឈមណ្ឌលទិន្នន័យ ក្រៀល", Place.PNH, 4, Use.SERVERS, 100),
    TAMARIND("Tamarind University Network", "បណ្តាញសាកលវិទ្យាល័យ អំពិល", Place.PNH, 3, Use.OFFICES, 20),
    BELL("Bell Tower Net", "បណ្តាញ ជួង", Place.BVT, 3, Use.HOMES, 20),
    SILK("Silk Thread Data", "ទិន្នន័យ សូត្រ", Place.PNH, 2, Use.OFFICES, 20),
    COCONUT("Coconut Coast Net", "បណ្តាញ ដូង", Place.SHV, 1.5, Use.HOMES, 10);

    /** When a member's people are online, and which way their traffic goes. */
    enum Use {
        HOMES,
        OFFICES,
        SERVERS
    }

    final String nameEnglish;
    final String nameKhmer;
    final Place place;
    final double weight;
    final Use use;
    final int portGigabits;

    DemoMember(String nameEnglish, String nameKhmer, Place place, double weight, Use use, int portGigabits) {
        this.nameEnglish = nameEnglish;
        this.nameKhmer = nameKhmer;
        this.place = place;
        this.weight = weight;
        this.use = use;
        this.portGigabits = portGigabits;
    }

    String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** 64496 to 64507 of the numbers for documentation (RFC 5398). */
    long asn() {
        return 64_496 + ordinal();
    }

    String port() {
        return id() + "-" + place.name().toLowerCase(java.util.Locale.ROOT) + "-1";
    }

    /** The switch at Phnom Penh, the site's router elsewhere. */
    String portExporter() {
        return place == Place.PNH ? "pnh-ix-1" : place.edge;
    }

    int portInterface() {
        return 1 + ordinal();
    }

    /** Sixteen /24 of 198.18.0.0/16 (RFC 2544). */
    Prefix prefix4() {
        return new Prefix(4, ((198L << 24 | 18L << 16 | (long) ordinal() << 12) << 32), 0, 20);
    }

    /** A sixteenth of half of 2001:db8::/32 (RFC 3849). */
    Prefix prefix6() {
        return new Prefix(6, 0x2001_0db8_0000_0000L | (long) ordinal() << 27, 0, 37);
    }

    long network(int ipVersion, int index) {
        return ipVersion == 4
                ? Network.ofIpv4((int) (prefix4().high() >>> 40) + index % 16)
                : Network.ofIpv6((prefix6().high() >>> 16) + index % 16);
    }
}
