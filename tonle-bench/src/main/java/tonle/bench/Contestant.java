// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A program that answers: what did each (input interface, source AS) carry in this capture? */
interface Contestant {
    String name();

    /** Runs it once over the capture, in {@code folder}. */
    Cost run(Path capture, Path folder) throws IOException, InterruptedException;

    /** Whether the answer that the last {@link #run} left in {@code folder} is what the model says, key by key. */
    boolean isRight(FlowModel truth, Path folder) throws IOException;

    /** Tonle's command, as a user starts it. */
    record Tonle(Path launcher) implements Contestant {
        @Override
        public String name() {
            return "tonle";
        }

        @Override
        public Cost run(Path capture, Path folder) throws IOException, InterruptedException {
            List<String> command =
                    List.of(launcher.toString(), "account", "--by", "ingress+source-as", "--csv", capture.toString());
            return Cost.of(command, folder, folder.resolve("tonle.csv"), Map.of());
        }

        @Override
        public boolean isRight(FlowModel truth, Path folder) throws IOException {
            return Answer.sum(folder.resolve("tonle.csv"), "ingress", "source-as", "octets", truth::octets)
                    == truth.octetSum();
        }
    }

    /** pmacct's collectors, which read a capture themselves: nfacctd for NetFlow and IPFIX, sfacctd for sFlow. */
    record Pmacct(String program, boolean isSflow) implements Contestant {
        /** Four kibibytes each: not far above the number of keys, or the program ends before it writes. */
        static final int CACHE_ENTRY_COUNT = 262_147;

        @Override
        public String name() {
            return program;
        }

        @Override
        public Cost run(Path capture, Path folder) throws IOException, InterruptedException {
            Path configuration = folder.resolve(program + ".conf");
            String prefix = isSflow ? "sfacctd" : "nfacctd";
            List<String> lines = new ArrayList<>(List.of(
                    "daemonize: false",
                    "pcap_savefile: " + capture,
                    "plugins: print[a]",
                    "aggregate[a]: in_iface,src_as",
                    "print_output_file[a]: " + folder.resolve(program + ".csv"),
                    "print_output[a]: csv",
                    "print_refresh_time[a]: 3600",
                    "print_cache_entries[a]: " + CACHE_ENTRY_COUNT,
                    "plugin_buffer_size: 102400",
                    "plugin_pipe_size: 102400000",
                    prefix + "_as: " + (isSflow ? "sflow" : "netflow"),
                    prefix + "_net: " + (isSflow ? "sflow" : "netflow")));
            Files.write(configuration, lines);
            Files.deleteIfExists(folder.resolve(program + ".csv"));
            return Cost.of(
                    List.of(program, "-f", configuration.toString()),
                    folder,
                    folder.resolve(program + ".out"),
                    Map.of());
        }

        @Override
        public boolean isRight(FlowModel truth, Path folder) throws IOException {
            Path csv = folder.resolve(program + ".csv");
            // Of a sample's octets there are several readings (frame, IP packet): samples are the same for all.
            return isSflow
                    ? Answer.sum(csv, "IN_IFACE", "SRC_AS", "PACKETS", truth::records) == truth.recordSum()
                    : Answer.sum(csv, "IN_IFACE", "SRC_AS", "BYTES", truth::octets) == truth.octetSum();
        }
    }

    /** nfcapd with nfdump, where nfcapd can read captures (Debian's 1.7.1 takes live traffic only). */
    record Nfdump() implements Contestant {
        @Override
        public String name() {
            return "nfcapd+nfdump";
        }

        @Override
        public Cost run(Path capture, Path folder) throws IOException, InterruptedException {
            Path flows = Files.createDirectories(folder.resolve("nfcapd"));
            try (Stream<Path> old = Files.list(flows)) {
                for (Path file : old.toList()) {
                    Files.delete(file);
                }
            }
            String pipeline = "nfcapd -f '" + capture + "' -w '" + flows + "' && nfdump -q -R '" + flows
                    + "' -A inif,srcas -o 'fmt:%in,%sas,%byt' -N > '" + folder.resolve("nfdump.csv") + "'";
            return Cost.of(List.of("sh", "-c", pipeline), folder, folder.resolve("nfdump.out"), Map.of());
        }

        @Override
        public boolean isRight(FlowModel truth, Path folder) throws IOException {
            List<String> lines = new ArrayList<>(List.of("in,as,octets"));
            lines.addAll(Files.readAllLines(folder.resolve("nfdump.csv")));
            Path withHead = Files.write(folder.resolve("nfdump-head.csv"), lines);
            return Answer.sum(withHead, "in", "as", "octets", truth::octets) == truth.octetSum();
        }

        static boolean readsCaptures() throws IOException, InterruptedException {
            Process help =
                    new ProcessBuilder("nfcapd", "-h").redirectErrorStream(true).start();
            String words = new String(help.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            help.waitFor();
            return Arrays.stream(words.split("\n"))
                    .anyMatch(line -> line.strip().startsWith("-f <"));
        }
    }
}
