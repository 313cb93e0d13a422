// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** {@code ./tonle bench flows}: captures to sums by input interface and source AS, beside the usual tools. */
final class FlowBench {
    static final String USAGE = """
            usage: ./tonle bench flows [--records N] [--full] [--alone] [--rounds N] [--only KIND] [--keep FOLDER]
              --only KIND   netflow9, ipfix, sflow5, placed (NetFlow v9 with prefix match and five-minute bins) or live
              --records N   records in each capture (default 5,000,000; sFlow two fifths of it)
              --full        40,000,000 records of NetFlow v9
              --rounds N    how often each program runs, in turn (default 3; 0 makes the captures only)
              --alone       live: Tonle's receiving path without peers
              --keep FOLDER where captures are made and left; else they are removed""";

    private static final long RECORD_COUNT = 5_000_000;
    private static final long RECORD_COUNT_FULL = 40_000_000;
    private static final int ROUND_COUNT = 3;
    private static final String LIVE = "live";

    private long recordCount = RECORD_COUNT;
    private boolean isFull;
    private boolean isAlone;
    private int roundCount = ROUND_COUNT;
    private String only = "";
    private Path kept;

    private FlowBench() {}

    /** Only what is received live: {@code ./tonle bench live [--rounds N]}. */
    static int runLive(String[] arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--only", LIVE));
        return run(all.toArray(String[]::new));
    }

    static int run(String[] arguments) throws IOException, InterruptedException {
        FlowBench bench = new FlowBench();
        try {
            bench.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            return 2;
        }
        Path folder = bench.kept == null
                ? Files.createTempDirectory("tonle-bench")
                : Files.createDirectories(bench.kept.toAbsolutePath());
        try {
            bench.measureAll(folder);
            bench.measureLive(folder);
        } finally {
            if (bench.kept == null) {
                remove(folder);
            }
        }
        return 0;
    }

    private void parse(String[] arguments) {
        for (int index = 0; index < arguments.length; index++) {
            String option = arguments[index];
            if (option.equals("--full")) {
                isFull = true;
                continue;
            }
            if (option.equals("--alone")) {
                isAlone = true;
                continue;
            }
            if (index + 1 == arguments.length) {
                throw new IllegalArgumentException("what is " + option + "?");
            }
            String value = arguments[++index];
            switch (option) {
                case "--records" -> recordCount = Long.parseLong(value.replace("_", ""));
                case "--rounds" -> roundCount = Integer.parseInt(value);
                case "--only" -> only = value;
                case "--keep" -> kept = Path.of(value);
                default -> throw new IllegalArgumentException("what is " + option + "?");
            }
        }
    }

    private void measureAll(Path folder) throws IOException, InterruptedException {
        say("Whole processes from start to exit, in turn; CPU is user and system time. Median (least .. most).");
        long netflow9Count = isFull ? RECORD_COUNT_FULL : recordCount;
        List<Contestant> netflow = new ArrayList<>(List.of(tonle()));
        addIfInstalled(netflow, new Contestant.Pmacct("nfacctd", false));
        if (isInstalled("nfcapd") && isInstalled("nfdump") && Contestant.Nfdump.readsCaptures()) {
            netflow.add(new Contestant.Nfdump());
        } else {
            say("(no nfcapd that reads captures: it is measured live only)");
        }
        List<Contestant> sflow = new ArrayList<>(List.of(tonle()));
        addIfInstalled(sflow, new Contestant.Pmacct("sfacctd", true));
        if (only.isEmpty() || only.equals("netflow9")) {
            FlowModel model = new FlowModel(1);
            Path capture = folder.resolve("netflow9.pcap");
            new CaptureMaker(model, netflow9Count).netflow9(capture);
            measure("NetFlow v9", capture, netflow9Count, model, netflow, folder);
        }
        if (only.isEmpty() || only.equals("ipfix")) {
            FlowModel model = new FlowModel(2);
            Path capture = folder.resolve("ipfix.pcap");
            new CaptureMaker(model, recordCount).ipfix(capture);
            measure("IPFIX", capture, recordCount, model, netflow, folder);
        }
        if (only.isEmpty() || only.equals("sflow5")) {
            FlowModel model = new FlowModel(3);
            Path capture = folder.resolve("sflow5.pcap");
            new CaptureMaker(model, recordCount * 2 / 5).sflow(capture);
            measure("sFlow", capture, recordCount * 2 / 5, model, sflow, folder);
        }
        if (only.isEmpty() || only.equals("placed")) {
            measurePlaced(folder);
        }
    }

    private void measurePlaced(Path folder) throws IOException, InterruptedException {
        FlowModel model = new FlowModel(1);
        Path capture = folder.resolve("placed.pcap");
        new CaptureMaker(model, recordCount).netflow9(capture);
        List<Contestant> contestants = new ArrayList<>(List.of(new PlacedContestant.Tonle(launcher())));
        PlacedContestant.Nfacctd peer = new PlacedContestant.Nfacctd(recordCount);
        if (!peer.hasRoom()) {
            say("(nfacctd is left out with prefix match and bins: too little memory is free for its table)");
        } else {
            addIfInstalled(contestants, peer);
        }
        measure("NetFlow v9 with prefix match and bins", capture, recordCount, model, contestants, folder);
    }

    private void measureLive(Path folder) throws IOException, InterruptedException {
        if (roundCount > 0 && (only.isEmpty() || only.equals(LIVE))) {
            new LiveBench(folder, roundCount, isAlone).measure();
        }
    }

    private void measure(
            String what, Path capture, long records, FlowModel model, List<Contestant> contestants, Path folder)
            throws IOException, InterruptedException {
        say(String.format(
                Locale.ROOT,
                "%n%s: %,d records, %,d MB, %,d keys of (input interface, source AS)",
                what,
                records,
                Files.size(capture) / 1_000_000,
                model.keyCount()));
        if (roundCount == 0) {
            return;
        }
        List<List<Cost>> costs = new ArrayList<>();
        contestants.forEach(_ -> costs.add(new ArrayList<>()));
        for (int round = 0; round < roundCount; round++) {
            for (int index = 0; index < contestants.size(); index++) {
                Contestant contestant = contestants.get(index);
                costs.get(index).add(contestant.run(capture, folder));
                if (round == 0) {
                    boolean isRight = contestant.isRight(model, folder);
                    say("  " + contestant.name() + (isRight ? " answers right" : " answers with keys missing"));
                }
            }
        }
        say(String.format(
                Locale.ROOT, "  %-14s %30s %30s %16s %14s", "program", "CPU s", "wall s", "records/CPU s", "peak MiB"));
        for (int index = 0; index < contestants.size(); index++) {
            List<Cost> runs = costs.get(index);
            double cpu = median(runs, Cost::cpuSeconds);
            say(String.format(
                    Locale.ROOT,
                    "  %-14s %30s %30s %,16.0f %,14.0f",
                    contestants.get(index).name(),
                    spread(runs, Cost::cpuSeconds),
                    spread(runs, Cost::wallSeconds),
                    records / cpu,
                    median(runs, Cost::peakKibibytes) / 1024));
        }
        for (int index = 1; index < contestants.size(); index++) {
            say(String.format(
                    Locale.ROOT,
                    "  %s / tonle: CPU %s, wall %s, memory %s",
                    contestants.get(index).name(),
                    ratio(costs.get(index), costs.getFirst(), Cost::cpuSeconds),
                    ratio(costs.get(index), costs.getFirst(), Cost::wallSeconds),
                    ratio(costs.get(index), costs.getFirst(), Cost::peakKibibytes)));
        }
        if (kept == null) {
            Files.delete(capture);
        }
    }

    private static Contestant tonle() {
        return new Contestant.Tonle(launcher());
    }

    private static Path launcher() {
        return Path.of(System.getProperty("tonle.home", ".")).resolve("tonle").toAbsolutePath();
    }

    private static void addIfInstalled(List<Contestant> contestants, Contestant peer) {
        if (isInstalled(peer.name())) {
            contestants.add(peer);
        } else {
            say("(" + peer.name() + " is not installed)");
        }
    }

    static boolean isInstalled(String program) {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String spread(List<Cost> runs, ToDoubleFunction<Cost> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        return String.format(
                Locale.ROOT, "%.2f (%.2f .. %.2f)", sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    /** Of runs of one round, which ran one after the other: what disturbed one disturbed the other. */
    private static String ratio(List<Cost> peer, List<Cost> tonle, ToDoubleFunction<Cost> figure) {
        double[] ratios = new double[peer.size()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = figure.applyAsDouble(peer.get(round)) / figure.applyAsDouble(tonle.get(round));
        }
        java.util.Arrays.sort(ratios);
        return String.format(
                Locale.ROOT, "%.1fx (%.1f .. %.1f)", ratios[ratios.length / 2], ratios[0], ratios[ratios.length - 1]);
    }

    private static double median(List<Cost> runs, ToDoubleFunction<Cost> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
