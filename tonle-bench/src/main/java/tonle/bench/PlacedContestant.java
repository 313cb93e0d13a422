// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program that answers: what did each (input interface, AS by longest prefix match, five-minute bin) carry? Bins are
 * not compared one by one, because programs place a flow that lasts over a bin's end by different rules; what each
 * interface and AS carried in all bins is.
 */
abstract class PlacedContestant implements Contestant {
    private static final int ASN_SHIFT = 32;

    private PlacedContestant() {}

    /** Octets by interface and AS, of rows that {@code isCounted}, read into {@code sums}; answers the sum of all. */
    static long read(Path csv, Columns columns, Map<Long, Long> sums) throws IOException {
        try (BufferedReader rows = Files.newBufferedReader(csv)) {
            List<String> head = Arrays.asList(rows.readLine().split(","));
            int ingress = head.indexOf(columns.ingress);
            int asn = head.indexOf(columns.asn);
            int figure = head.indexOf(columns.octets);
            int direction = head.indexOf("direction");
            if (ingress < 0 || asn < 0 || figure < 0) {
                throw new IOException(csv + " has the columns " + head);
            }
            long sum = 0;
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                String[] cells = row.split(",");
                boolean isOtherSide = direction >= 0 && !cells[direction].equals("in");
                if (cells.length <= Math.max(figure, Math.max(ingress, asn)) || isOtherSide) {
                    continue;
                }
                long octets = Long.parseLong(cells[figure].strip());
                sum += octets;
                if (!cells[asn].equals(Answer.MERGED)) {
                    long key = Long.parseLong(cells[asn].strip()) << ASN_SHIFT | Long.parseLong(cells[ingress].strip());
                    sums.merge(key, octets, Long::sum);
                }
            }
            return sum;
        }
    }

    /** How programs call what they print. */
    private record Columns(String ingress, String asn, String octets) {}

    private static long truth(FlowModel model, long key) {
        return model.octets(key & 0xFFFF_FFFFL, key >>> ASN_SHIFT);
    }

    /** Tonle's command with a configuration: it books both sides of each record, the outgoing one beside the asked. */
    static final class Tonle extends PlacedContestant {
        private final Path launcher;

        Tonle(Path launcher) {
            this.launcher = launcher;
        }

        @Override
        public String name() {
            return "tonle";
        }

        @Override
        public Cost run(Path capture, Path folder) throws IOException, InterruptedException {
            Path configuration = Country.configuration(folder, "");
            return Cost.of(
                    List.of(
                            launcher.toString(),
                            "account",
                            "--config",
                            configuration.toString(),
                            "--by",
                            "direction+ingress+remote-as+bin",
                            "--csv",
                            capture.toString()),
                    folder,
                    folder.resolve("tonle-placed.csv"),
                    Map.of());
        }

        /** Rows below ten records are merged: a key may show less than the model says, all together never. */
        @Override
        public boolean isRight(FlowModel truth, Path folder) throws IOException {
            Map<Long, Long> sums = new HashMap<>();
            long sum = read(folder.resolve("tonle-placed.csv"), new Columns("ingress", "remote-as", "octets"), sums);
            for (Map.Entry<Long, Long> each : sums.entrySet()) {
                if (each.getValue() > truth(truth, each.getKey())) {
                    throw new IOException(
                            "tonle: interface and AS " + each + " above the model's " + truth(truth, each.getKey()));
                }
            }
            return sum == truth.octetSum();
        }
    }

    /** nfacctd with networks_file, print_history and no prefix of its own. */
    static final class Nfacctd extends PlacedContestant {
        private static final String OUTPUT_START = "nfacctd-placed-";
        /**
         * Before it reads: its second process first clears its table, and what comes meanwhile overruns the pipe
         * between the two. Taken off the wall time again.
         */
        private static final int DELAY_SECONDS = 15;

        private final long entryCount;

        Nfacctd(long recordCount) {
            entryCount = Math.clamp(recordCount * 2 / 5, Pmacct.CACHE_ENTRY_COUNT, 1_200_007L);
        }

        @Override
        public String name() {
            return "nfacctd";
        }

        /** Four kibibytes an entry, and as much room again for everything else. */
        boolean hasRoom() throws IOException {
            return LinuxFigures.availableKibibytes() > entryCount * 8;
        }

        @Override
        public Cost run(Path capture, Path folder) throws IOException, InterruptedException {
            for (Path old : outputs(folder)) {
                Files.delete(old);
            }
            Path configuration = Files.write(
                    folder.resolve("nfacctd-placed.conf"),
                    List.of(
                            "daemonize: false",
                            "pcap_savefile: " + capture,
                            "pcap_savefile_delay: " + DELAY_SECONDS,
                            "plugins: print[a]",
                            "aggregate[a]: in_iface,src_as",
                            "print_output_file[a]: " + folder.resolve(OUTPUT_START + "%Y%m%d-%H%M.csv"),
                            "print_output[a]: csv",
                            "print_refresh_time[a]: 3600",
                            "print_history[a]: 5m",
                            "print_history_roundoff[a]: m",
                            "print_cache_entries[a]: " + entryCount,
                            "plugin_buffer_size: 102400",
                            "plugin_pipe_size: 102400000",
                            "networks_file: " + Country.networks(folder),
                            "nfacctd_as: file",
                            "nfacctd_net: file"));
            Cost cost = Cost.of(
                    List.of("nfacctd", "-f", configuration.toString()),
                    folder,
                    folder.resolve("nfacctd-placed.out"),
                    Map.of());
            return new Cost(cost.wallSeconds() - DELAY_SECONDS, cost.cpuSeconds(), cost.peakKibibytes());
        }

        @Override
        public boolean isRight(FlowModel truth, Path folder) throws IOException {
            Map<Long, Long> sums = new HashMap<>();
            for (Path csv : outputs(folder)) {
                read(csv, new Columns("IN_IFACE", "SRC_AS", "BYTES"), sums);
            }
            return sums.size() == truth.keyCount()
                    && sums.entrySet().stream().allMatch(each -> each.getValue() == truth(truth, each.getKey()));
        }

        private static List<Path> outputs(Path folder) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> {
                            String name = file.getFileName().toString();
                            return name.startsWith(OUTPUT_START) && name.endsWith(".csv");
                        })
                        .toList();
            }
        }
    }
}
