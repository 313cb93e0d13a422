// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that takes flow data live, started on a port of this machine; closing it ends the process. */
abstract class LiveContestant implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;
    /** net.core.rmem_max is often smaller; what was got shows in what is lost. */
    private static final int BUFFER_OCTETS = 4 << 20;

    final String name;
    Process process;

    private LiveContestant(String name) {
        this.name = name;
    }

    abstract void start(Path folder, int port) throws IOException;

    /** Datagrams that the program itself says it dropped, so far. */
    long ownDropped() throws IOException {
        return 0;
    }

    /** Datagrams that wait inside the program. */
    long queued() throws IOException {
        return 0;
    }

    /**
     * What the program has counted in all since its start, to be asked once after {@link #close}; -1 for a figure that
     * it does not tell.
     */
    abstract Datagrams.Load counted(Path folder) throws IOException, InterruptedException;

    /** What the program says of its own losses in words, when it has ended. */
    String remark(Path folder) throws IOException {
        return "";
    }

    /** Asks the process to end, with all that it started, and waits. */
    @Override
    public void close() {
        List<ProcessHandle> family = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        process.destroy();
        if (!hasEnded()) {
            family.forEach(ProcessHandle::destroyForcibly);
        }
        family.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroy);
    }

    /** Waits for the end of the process; {@code false} where it has not come in time. */
    boolean hasEnded() {
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void run(Path folder, List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log()).toFile())
                .start();
    }

    String log() {
        return name + "-live.log";
    }

    /** Tonle: {@code path} to rows, or the whole {@code gateway}. */
    static final class Tonle extends LiveContestant {
        private static final int SETTLE_SECONDS = 5;
        private static final Duration SETTLE_PAUSE = Duration.ofMillis(1_200);

        private final String part;
        private LiveTonle.Figures last;
        private BufferedWriter orders;
        private BufferedReader answers;

        Tonle(String name, String part) {
            super(name);
            this.part = part;
        }

        @Override
        void start(Path folder, int port) throws IOException {
            Path data = Files.createTempDirectory(folder, "data");
            Path configuration =
                    Country.configuration(data, "listen:\n  udp: [\"127.0.0.1:" + port + "\"]\n  tcp: []\n  tls: []\n");
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-XX:+UseG1GC",
                            "-XX:+UseCompactObjectHeaders",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "tonle.bench.Main",
                            "live-receiver",
                            part,
                            configuration.toString(),
                            data.toString())
                    .directory(folder.toFile())
                    .redirectError(folder.resolve(log()).toFile())
                    .start();
            orders = process.outputWriter();
            answers = process.inputReader();
            String line = answers.readLine();
            if (!"ready".equals(line)) {
                throw new IOException(name + " did not start: " + Files.readString(folder.resolve(log())));
            }
        }

        LiveTonle.Figures figures() throws IOException {
            orders.write("\n");
            orders.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new IOException(name + " has ended by itself");
            }
            return LiveTonle.Figures.parse(line);
        }

        @Override
        long ownDropped() throws IOException {
            return figures().queueDropped();
        }

        @Override
        long queued() throws IOException {
            return figures().queued();
        }

        @Override
        Datagrams.Load counted(Path folder) {
            return new Datagrams.Load(last.records(), -1, last.isConserved() ? last.bookedOctets() : -1);
        }

        /** Figures of the meter are of the last second: asked until they stand still. */
        private void settle() throws IOException, InterruptedException {
            LiveTonle.Figures before = null;
            for (int i = 0; i < SETTLE_SECONDS && !figures().equals(before); i++) {
                before = figures();
                Thread.sleep(SETTLE_PAUSE);
            }
            last = figures();
        }

        @Override
        public void close() {
            try {
                settle();
                orders.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            if (!hasEnded()) {
                super.close();
            }
        }
    }

    /** nfcapd writes what it receives into a file, record by record. */
    static final class Nfcapd extends LiveContestant {
        private Path flows;

        Nfcapd() {
            super("nfcapd");
        }

        /** By nfdump's own statistics of the files (-I). */
        @Override
        Datagrams.Load counted(Path folder) throws IOException, InterruptedException {
            if (!FlowBench.isInstalled("nfdump")) {
                return new Datagrams.Load(-1, -1, -1);
            }
            Process nfdump = new ProcessBuilder("nfdump", "-I", "-R", flows.toString())
                    .redirectErrorStream(true)
                    .start();
            long records = -1;
            long packets = -1;
            long octets = -1;
            for (String line : nfdump.inputReader().lines().toList()) {
                long figure = line.matches("\\w+: \\d+") ? Long.parseLong(line.replaceAll("\\D", "")) : -1;
                records = line.startsWith("Flows: ") ? figure : records;
                packets = line.startsWith("Packets: ") ? figure : packets;
                octets = line.startsWith("Bytes: ") ? figure : octets;
            }
            nfdump.waitFor();
            return new Datagrams.Load(records, packets, octets);
        }

        @Override
        void start(Path folder, int port) throws IOException {
            flows = Files.createTempDirectory(folder, "nfcapd");
            run(
                    folder,
                    List.of(
                            "nfcapd",
                            "-b",
                            "127.0.0.1",
                            "-p",
                            Integer.toString(port),
                            "-w",
                            flows.toString(),
                            "-B",
                            Integer.toString(BUFFER_OCTETS)));
        }
    }

    /** nfacctd sums by input interface and source AS in a second process, which may lose data of its own. */
    static final class Nfacctd extends LiveContestant {
        Nfacctd() {
            super("nfacctd");
        }

        @Override
        void start(Path folder, int port) throws IOException {
            Files.deleteIfExists(folder.resolve("nfacctd-live.csv"));
            Path configuration = Files.write(
                    folder.resolve("nfacctd-live.conf"),
                    List.of(
                            "daemonize: false",
                            "nfacctd_ip: 127.0.0.1",
                            "nfacctd_port: " + port,
                            "nfacctd_pipe_size: " + BUFFER_OCTETS,
                            "plugins: print[a]",
                            "aggregate[a]: in_iface,src_as",
                            "print_output_file[a]: " + folder.resolve("nfacctd-live.csv"),
                            "print_output[a]: csv",
                            "print_refresh_time[a]: 3600",
                            "print_cache_entries[a]: " + Contestant.Pmacct.CACHE_ENTRY_COUNT,
                            "plugin_buffer_size: 102400",
                            "plugin_pipe_size: 102400000",
                            "nfacctd_as: netflow",
                            "nfacctd_net: netflow"));
            run(folder, List.of("nfacctd", "-f", configuration.toString()));
        }

        @Override
        Datagrams.Load counted(Path folder) throws IOException {
            Path csv = folder.resolve("nfacctd-live.csv");
            if (!Files.exists(csv)) {
                return new Datagrams.Load(-1, -1, -1);
            }
            List<String> rows = Files.readAllLines(csv);
            List<String> head = List.of(rows.getFirst().split(","));
            long packets = 0;
            long octets = 0;
            for (String row : rows.subList(1, rows.size())) {
                String[] cells = row.split(",");
                if (cells.length == head.size()) {
                    packets += Long.parseLong(cells[head.indexOf("PACKETS")].strip());
                    octets += Long.parseLong(cells[head.indexOf("BYTES")].strip());
                }
            }
            return new Datagrams.Load(-1, packets, octets);
        }

        /** It prints its table at the signal of an interrupt. */
        @Override
        public void close() {
            try {
                new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor();
                hasEnded();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            super.close();
        }

        @Override
        String remark(Path folder) throws IOException {
            try (Stream<String> lines = Files.lines(folder.resolve(log()))) {
                long count = lines.filter(line -> line.contains("missing data")).count();
                return count == 0 ? "" : "its second process said " + count + " times that it lost data";
            }
        }
    }
}
