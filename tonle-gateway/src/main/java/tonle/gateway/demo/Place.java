// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

/** The demo's sites, each with the device that holds its long links. */
enum Place {
    PNH("Phnom Penh", "ភ្នំពេញ", 470, 560, "pnh-edge-1"),
    SHV("Sihanoukville", "ព្រះសីហនុ", 260, 880, "shv-edge-1"),
    PPT("Poipet", "ប៉ោយប៉ែត", 140, 200, "ppt-edge-1"),
    BVT("Bavet", "បាវិត", 930, 700, "bvt-edge-1");

    final String nameEnglish;
    final String nameKhmer;
    final int mapX;
    final int mapY;
    final String edge;

    Place(String nameEnglish, String nameKhmer, int mapX, int mapY, String edge) {
        this.nameEnglish = nameEnglish;
        this.nameKhmer = nameKhmer;
        this.mapX = mapX;
        this.mapY = mapY;
        this.edge = edge;
    }

    /** The backbone link to Phnom Penh; none from Phnom Penh itself. */
    String backbone() {
        return this == PNH ? "" : "PNH-" + this + "-1";
    }

    /** The interface of {@code pnh-edge-1} that carries the backbone link to this place. */
    int backboneInterfaceInPhnomPenh() {
        return 100 + ordinal();
    }
}
