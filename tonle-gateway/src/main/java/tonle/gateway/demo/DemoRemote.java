// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import tonle.base.Network;
import tonle.base.Prefix;

/** The demo's networks abroad: invented names, the international link that their traffic takes, weights. */
enum DemoRemote {
    HERON("Heron Video", "SG", Cable.SHV_SIN_1, 30, 0.50, 0.40),
    GIBBON("Cloud Gibbon", "US", Cable.SHV_HKG_1, 14, 0.05, 0.25),
    PANGOLIN("Pangolin Search", "US", Cable.SHV_SIN_1, 22, 0.45, 0.40),
    MACAQUE("Macaque Social", "SG", Cable.SHV_SIN_1, 16, 0.30, 0.35),
    HORNBILL("Hornbill Games", "JP", Cable.SHV_HKG_1, 8, 0.60, 0.10),
    LORIS("Loris Stores", "US", Cable.SHV_HKG_1, 7, 0.05, 0.10),
    SAMBAR("Sambar Cloud", "SG", Cable.SHV_SIN_1, 9, 0.05, 0.25),
    CIVET("Civet Updates", "US", Cable.PPT_BKK_1, 5, 0.05, 0.20),
    KAPOK("Kapok Telecom", "TH", Cable.PPT_BKK_1, 9, 0.20, 0.15),
    DURIAN("Durian Mobile", "TH", Cable.PPT_BKK_2, 4.2, 0.20, 0.10),
    REEDS("River Reeds Net", "VN", Cable.BVT_SGN_1, 9, 0.20, 0.15),
    SAOLA("Saola Hosting", "VN", Cable.BVT_SGN_1, 5, 0.05, 0.10),
    LYCHEE("Lychee Commerce", "HK", Cable.SHV_HKG_1, 6, 0.10, 0.15),
    PINE("Pine Valley Cloud", "KR", Cable.SHV_HKG_1, 4, 0.10, 0.20),
    ALDER("Alder Exchange", "DE", Cable.PPT_BKK_2, 1.6, 0.05, 0.20),
    WILLOW("Willow Transit", "JP", Cable.SHV_SIN_1, 4, 0.15, 0.10);

    /** The circuits that leave the country. */
    enum Cable {
        PPT_BKK_1(Place.PPT, "Bangkok, land cable", 40, 201),
        PPT_BKK_2(Place.PPT, "Bangkok, second land cable", 10, 202),
        BVT_SGN_1(Place.BVT, "Ho Chi Minh City, land cable", 40, 201),
        SHV_HKG_1(Place.SHV, "Hong Kong, sea cable", 100, 201),
        SHV_SIN_1(Place.SHV, "Singapore, sea cable", 200, 202);

        final Place place;
        final String counterpart;
        final int gigabits;
        final int interfaceIndex;

        Cable(Place place, String counterpart, int gigabits, int interfaceIndex) {
            this.place = place;
            this.counterpart = counterpart;
            this.gigabits = gigabits;
            this.interfaceIndex = interfaceIndex;
        }

        String id() {
            return name().replace('_', '-');
        }

        /** Where the far end lies (ISO 3166). */
        String country() {
            return switch (this) {
                case PPT_BKK_1, PPT_BKK_2 -> "TH";
                case BVT_SGN_1 -> "VN";
                case SHV_HKG_1 -> "HK";
                case SHV_SIN_1 -> "SG";
            };
        }
    }

    final String nameEnglish;
    final String country;
    final Cable entry;
    final double weight;
    final double udpShare;
    final double ipv6Share;

    DemoRemote(String nameEnglish, String country, Cable entry, double weight, double udpShare, double ipv6Share) {
        this.nameEnglish = nameEnglish;
        this.country = country;
        this.entry = entry;
        this.weight = weight;
        this.udpShare = udpShare;
        this.ipv6Share = ipv6Share;
    }

    /** 65536 to 65551, the 32-bit numbers for documentation (RFC 5398). */
    long asn() {
        return 65_536 + ordinal();
    }

    /** Sixteen /24 of 198.19.0.0/16 (RFC 2544). */
    Prefix prefix4() {
        return new Prefix(4, ((198L << 24 | 19L << 16 | (long) ordinal() << 12) << 32), 0, 20);
    }

    /** A sixteenth of the upper half of 2001:db8::/32. */
    Prefix prefix6() {
        return new Prefix(6, 0x2001_0db8_8000_0000L | (long) ordinal() << 27, 0, 37);
    }

    long network(int ipVersion, int index) {
        return ipVersion == 4
                ? Network.ofIpv4((int) (prefix4().high() >>> 40) + index % 16)
                : Network.ofIpv6((prefix6().high() >>> 16) + index % 16);
    }
}
