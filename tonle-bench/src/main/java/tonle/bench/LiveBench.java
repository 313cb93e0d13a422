// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import tonle.base.power.Clock;
import tonle.base.power.SystemClock;

/** Live NetFlow v9 over loopback at rising rates: what each receiver loses and what a datagram costs it. */
final class LiveBench {
    private static final long RECORD_COUNT = 1_000_000;
    private static final long SPAN_MILLIS = 1_000;
    private static final long WARM_UP_RATE = 40_000;
    private static final double WARM_UP_SECONDS = 8;
    private static final double STEP_SECONDS = 2;
    private static final long DRAIN_MILLIS_MAX = 3_000;
    private static final long LOOK_NANOS = 20_000_000;
    private static final long START_MILLIS_MAX = 10_000;
    private static final int SEARCH_STEPS = 5;
    private static final double SEARCH_GRAIN = 1.05;
    /** Below this share of the rate asked for, the step says nothing of the receiver at that rate. */
    private static final double SENDER_SHARE = 0.95;

    /** 0 is as fast as the sender can. */
    private static final long[] RATES = {20_000, 50_000, 100_000, 150_000, 200_000, 0};

    /**
     * One receiver at one rate.
     *
     * @param kernelDropped datagrams that found the socket's buffer full
     * @param ownDropped datagrams that the program itself dropped
     */
    private record Step(double rateSent, long sent, long kernelDropped, long ownDropped, double cpuSeconds) {
        long lost() {
            return kernelDropped + ownDropped;
        }

        double microsEach() {
            return cpuSeconds * 1e6 / Math.max(1, sent - kernelDropped);
        }
    }

    private static final class Runs {
        final List<Step[]> rounds = new ArrayList<>();
        final List<Long> peakKibibytes = new ArrayList<>();
        /** Of each round: the highest rate at which no step lost anything. */
        final List<Double> lossless = new ArrayList<>();

        String check = "";
        String remark = "";

        double median(int rate, Function<Step, Double> figure) {
            return LiveBench.median(rounds.stream().mapToDouble(steps -> figure.apply(steps[rate])));
        }
    }

    private final Clock clock = new SystemClock();
    private final Path folder;
    private final int roundCount;
    private final List<Supplier<LiveContestant>> contestants = new ArrayList<>();

    /** @param isAlone whether to measure Tonle's receiving path alone */
    LiveBench(Path folder, int roundCount, boolean isAlone) {
        this.folder = folder;
        this.roundCount = roundCount;
        contestants.add(() -> new LiveContestant.Tonle("tonle", "path"));
        if (isAlone) {
            return;
        }
        contestants.add(() -> new LiveContestant.Tonle("tonle-gateway", "gateway"));
        if (FlowBench.isInstalled("nfcapd")) {
            contestants.add(() -> new LiveContestant.Nfcapd());
        }
        if (FlowBench.isInstalled("nfacctd")) {
            contestants.add(() -> new LiveContestant.Nfacctd());
        }
    }

    void measure() throws IOException, InterruptedException {
        Path capture = folder.resolve("live.pcap");
        new CaptureMaker(new FlowModel(4), RECORD_COUNT, SPAN_MILLIS).netflow9(capture);
        List<Runs> all = new ArrayList<>();
        List<String> names = new ArrayList<>();
        contestants.forEach(_ -> all.add(new Runs()));
        try (Arena arena = Arena.ofConfined()) {
            Datagrams datagrams = Datagrams.read(capture, arena);
            Files.delete(capture);
            say(String.format(
                    Locale.ROOT,
                    "%nLive NetFlow v9 over loopback: %.1f records a datagram, %d rounds in turn, %.0f s a step. Medians.",
                    (double) RECORD_COUNT / datagrams.count(),
                    roundCount,
                    STEP_SECONDS));
            for (int round = 0; round < roundCount; round++) {
                for (int i = 0; i < contestants.size(); i++) {
                    LiveContestant contestant = contestants.get(i).get();
                    if (round == 0) {
                        names.add(contestant.name);
                    }
                    if (round == 0) {
                        all.get(i).check = check(contestants.get(i).get(), datagrams);
                    }
                    run(contestant, datagrams, all.get(i));
                }
            }
        }
        print(names, all);
    }

    private void run(LiveContestant contestant, Datagrams datagrams, Runs runs)
            throws IOException, InterruptedException {
        int port = freePort();
        Step[] steps = new Step[RATES.length];
        contestant.start(folder, port);
        try (contestant) {
            awaitListening(contestant, port);
            try (DatagramSender sender = new DatagramSender(datagrams, port, clock)) {
                step(contestant, sender, port, WARM_UP_RATE, WARM_UP_SECONDS);
                for (int i = 0; i < RATES.length - 1; i++) {
                    steps[i] = step(contestant, sender, port, RATES[i], STEP_SECONDS);
                }
                runs.lossless.add(search(contestant, sender, port, steps));
                steps[RATES.length - 1] = step(contestant, sender, port, 0, STEP_SECONDS);
            }
            runs.peakKibibytes.add(LinuxFigures.peakKibibytes(contestant.process.toHandle()));
        }
        runs.rounds.add(steps);
        String remark = contestant.remark(folder);
        runs.remark = remark.isEmpty() ? runs.remark : remark;
    }

    /** A run at a low rate for nothing but its sums: what a receiver counted is what was sent. */
    private String check(LiveContestant contestant, Datagrams datagrams) throws IOException, InterruptedException {
        int port = freePort();
        Datagrams.Load sent;
        long dropped;
        contestant.start(folder, port);
        try (contestant) {
            awaitListening(contestant, port);
            try (DatagramSender sender = new DatagramSender(datagrams, port, clock)) {
                DatagramSender.Sent all = sender.send(RATES[0], STEP_SECONDS);
                sent = all.load();
                awaitDrained(contestant, port);
                dropped = LinuxFigures.udpSocket(port).dropped() + contestant.ownDropped();
            }
        }
        Datagrams.Load counted = contestant.counted(folder);
        String words = compare("records", counted.records(), sent.records())
                + compare("packets", counted.packets(), sent.packets())
                + compare("octets", counted.octets(), sent.octets());
        return (words.isEmpty() ? "it told no sums to compare" : words.strip())
                + (dropped == 0 ? "" : ", " + dropped + " datagrams lost");
    }

    private static String compare(String what, long counted, long sent) {
        if (counted < 0) {
            return "";
        }
        return counted == sent
                ? String.format(Locale.ROOT, " %s equal (%,d)", what, sent)
                : String.format(Locale.ROOT, " %s DIFFER (%,d counted, %,d sent)", what, counted, sent);
    }

    /** Halves what lies between the highest rate without loss and the lowest with. */
    private double search(LiveContestant contestant, DatagramSender sender, int port, Step[] steps) throws IOException {
        double low = 0;
        double high = 0;
        for (int i = 0; i < RATES.length - 1 && high == 0; i++) {
            if (steps[i].lost() == 0) {
                low = Math.max(low, steps[i].rateSent());
            } else {
                high = RATES[i];
            }
        }
        high = high == 0 ? 2.0 * RATES[RATES.length - 2] : high;
        for (int i = 0; i < SEARCH_STEPS && high > low * SEARCH_GRAIN; i++) {
            double middle = (low + high) / 2;
            Step step = step(contestant, sender, port, (long) middle, STEP_SECONDS);
            if (step.lost() == 0) {
                low = Math.max(low, step.rateSent());
            }
            if (step.lost() > 0 || step.rateSent() < SENDER_SHARE * middle) {
                high = middle;
            }
        }
        return low;
    }

    private void awaitDrained(LiveContestant contestant, int port) throws IOException {
        long endMillis = clock.unixMillis() + DRAIN_MILLIS_MAX;
        do {
            LockSupport.parkNanos(LOOK_NANOS);
        } while ((LinuxFigures.udpSocket(port).waitingOctets() > 0 || contestant.queued() > 0)
                && clock.unixMillis() < endMillis);
    }

    private Step step(LiveContestant contestant, DatagramSender sender, int port, long rate, double seconds)
            throws IOException {
        ProcessHandle process = contestant.process.toHandle();
        long kernelBefore = LinuxFigures.udpSocket(port).dropped();
        long ownBefore = contestant.ownDropped();
        double cpuBefore = LinuxFigures.cpuSeconds(process);
        DatagramSender.Sent sent = sender.send(rate, seconds);
        awaitDrained(contestant, port);
        return new Step(
                sent.rate(),
                sent.count(),
                LinuxFigures.udpSocket(port).dropped() - kernelBefore,
                contestant.ownDropped() - ownBefore,
                LinuxFigures.cpuSeconds(process) - cpuBefore);
    }

    private void awaitListening(LiveContestant contestant, int port) throws IOException {
        long endMillis = clock.unixMillis() + START_MILLIS_MAX;
        while (!LinuxFigures.isListening(port)) {
            if (clock.unixMillis() > endMillis || !contestant.process.isAlive()) {
                throw new IOException(
                        contestant.name + " does not listen: " + Files.readString(folder.resolve(contestant.log())));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void print(List<String> names, List<Runs> all) {
        say(String.format(
                Locale.ROOT,
                "  %-14s %10s %10s %12s %12s %12s %9s %8s",
                "program",
                "asked /s",
                "sent /s",
                "received",
                "lost kernel",
                "lost itself",
                "lost %",
                "CPU us"));
        for (int i = 0; i < all.size(); i++) {
            Runs runs = all.get(i);
            for (int rate = 0; rate < RATES.length; rate++) {
                double sent = runs.median(rate, step -> (double) step.sent());
                double kernel = runs.median(rate, step -> (double) step.kernelDropped());
                double own = runs.median(rate, step -> (double) step.ownDropped());
                boolean isSlow = isSenderSlow(runs, rate);
                say(String.format(
                        Locale.ROOT,
                        "  %-14s %10s %,10.0f %,12.0f %,12.0f %,12.0f %9.2f %8.2f%s",
                        names.get(i),
                        RATES[rate] == 0 ? "flat out" : String.format(Locale.ROOT, "%,d", RATES[rate]),
                        runs.median(rate, Step::rateSent),
                        sent - kernel - own,
                        kernel,
                        own,
                        100 * (kernel + own) / Math.max(1, sent),
                        runs.median(rate, Step::microsEach),
                        isSlow ? "  the sender was the limit" : ""));
            }
        }
        for (int i = 0; i < all.size(); i++) {
            Runs runs = all.get(i);
            say(String.format(
                    Locale.ROOT,
                    "  %-14s highest rate without loss %s; peak memory %,.0f MiB; at %,d/s %s%s",
                    names.get(i),
                    highest(runs),
                    median(runs.peakKibibytes.stream().mapToDouble(Long::doubleValue)) / 1024,
                    RATES[0],
                    runs.check,
                    runs.remark.isEmpty() ? "" : "; " + runs.remark));
        }
        ratios(names, all);
    }

    private static void ratios(List<String> names, List<Runs> all) {
        for (int i = 1; i < all.size(); i++) {
            StringBuilder line = new StringBuilder("  " + names.get(i) + " / tonle, CPU a datagram:");
            for (int rate = 0; rate < RATES.length; rate++) {
                int at = rate;
                int peer = i;
                double[] ratios = java.util.stream.IntStream.range(
                                0, all.get(i).rounds.size())
                        .mapToDouble(
                                round -> all.get(peer).rounds.get(round)[at].microsEach()
                                        / all.getFirst().rounds.get(round)[at].microsEach())
                        .sorted()
                        .toArray();
                line.append(String.format(
                        Locale.ROOT,
                        " %s %.1fx (%.1f .. %.1f)",
                        RATES[rate] == 0 ? "flat out" : RATES[rate] / 1_000 + "k/s",
                        ratios[ratios.length / 2],
                        ratios[0],
                        ratios[ratios.length - 1]));
            }
            System.out.println(line);
        }
    }

    /** The highest rates really sent without loss, of all rounds. */
    private static String highest(Runs runs) {
        double[] sorted =
                runs.lossless.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "%,.0f/s (%,.0f .. %,.0f)",
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }

    private static boolean isSenderSlow(Runs runs, int rate) {
        return RATES[rate] > 0 && runs.median(rate, Step::rateSent) < SENDER_SHARE * RATES[rate];
    }

    private static double median(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
