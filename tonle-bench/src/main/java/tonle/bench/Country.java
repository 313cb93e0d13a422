// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Who is who in the traffic of {@link FlowModel}, as the files that programs are told it by: half of the networks
 * belong to {@link #MEMBER_COUNT} members, all have an origin AS, and each interface of each exporter carries a link
 * whose member follows from the networks.
 */
final class Country {
    static final int MEMBER_COUNT = 64;
    private static final int NETWORKS_EACH_MEMBER = FlowModel.NETWORK_COUNT / 2 / MEMBER_COUNT;
    private static final String ORIGINS = "origins.csv";

    private Country() {}

    static String ipv4(int index) {
        return String.format(Locale.ROOT, "11.%d.%d.0/24", index >> 8, index & 0xFF);
    }

    static String ipv6(int index) {
        return String.format(Locale.ROOT, "2400:%x:%x::/48", index >> 8, (index & 0xFF) << 8);
    }

    static long asn(int index) {
        return FlowModel.ASN_FIRST + index / FlowModel.NETWORKS_EACH_ASN;
    }

    /** Where exporter number {@code exporter} sends from in a capture. */
    static String captureAddress(int exporter) {
        return "192.0.2." + (exporter + 1);
    }

    /** And where it sends from live: every such address is the machine itself. */
    static String loopbackAddress(int exporter) {
        return "127.0.1." + (exporter + 1);
    }

    /** Tonle's configuration in {@code folder}; {@code listen} holds lines of the file, or nothing. */
    static Path configuration(Path folder, String listen) throws IOException {
        origins(folder.resolve(ORIGINS), true);
        Path file = folder.resolve("bench.yaml");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("gateway:\n  name: Bench\nsites:\n  - {id: PNH, name: Phnom Penh}\noperators:\n");
            for (int member = 0; member < MEMBER_COUNT; member++) {
                out.write("  - id: member-" + member + "\n    name: Member " + member + "\n    prefixes: [");
                for (int i = 0; i < NETWORKS_EACH_MEMBER; i++) {
                    int index = member * NETWORKS_EACH_MEMBER + i;
                    out.write((i == 0 ? "" : ", ") + ipv4(index) + ", \"" + ipv6(index) + "\"");
                }
                out.write("]\n");
            }
            out.write("exporters:\n");
            for (int exporter = 0; exporter < FlowModel.EXPORTER_COUNT; exporter++) {
                out.write("  - {id: edge-" + exporter + ", site: PNH, default-rate: 1, addresses: ["
                        + captureAddress(exporter) + ", " + loopbackAddress(exporter) + "]}\n");
            }
            out.write("links:\n");
            for (int port = 0; port < FlowModel.EXPORTER_COUNT * FlowModel.INTERFACE_COUNT; port++) {
                int exporter = port / FlowModel.INTERFACE_COUNT;
                int index = port % FlowModel.INTERFACE_COUNT + 1;
                out.write("  - {id: link-" + exporter + "-" + index
                        + ", kind: international, site: PNH, capacity: 100G, ports: [{exporter: edge-" + exporter
                        + ", interface: " + index + "}]}\n");
            }
            out.write("tables:\n  origins: [" + ORIGINS + "]\n" + listen);
        }
        return file;
    }

    /** pmacct's networks_file: which AS a prefix belongs to. */
    static Path networks(Path folder) throws IOException {
        Path file = folder.resolve("networks.txt");
        origins(file, false);
        return file;
    }

    private static void origins(Path file, boolean isPrefixFirst) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int index = 0; index < FlowModel.NETWORK_COUNT; index++) {
                for (String prefix : new String[] {ipv4(index), ipv6(index)}) {
                    out.write(isPrefixFirst ? prefix + "," + asn(index) + "\n" : asn(index) + "," + prefix + "\n");
                }
            }
        }
    }
}
