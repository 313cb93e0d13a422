// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tonle.base.power.Clock;

/**
 * Requests at a rate that does not wait for answers: each has its moment, and its latency counts from that moment, so
 * that a server that stalls is charged for all who would have come meanwhile.
 */
final class PortalLoad {
    private static final int CONNECTIONS = 16;
    private static final int P99_AIM_MILLIS = 50;
    private static final int PAGE_AIM_OCTETS = 100_000;
    private static final int WARM_UP_REQUESTS = 1_500;
    private static final int FLAT_OUT_SECONDS = 5;

    private final PrintStream out;
    private final Clock clock;
    private final int port;
    private final String session;
    private double spanSeconds;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    PortalLoad(PrintStream out, Clock clock, int port, String session) {
        this.out = out;
        this.clock = clock;
        this.port = port;
        this.session = session;
    }

    /** One answer: the octets of the page. */
    byte[] once(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Cookie", "tonle-session=" + session)
                .build();
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answers " + answer.statusCode() + " "
                    + answer.headers().firstValue("Location").orElse(""));
        }
        return answer.body();
    }

    void head() {
        out.printf(
                "%-12s %8s %9s %8s %8s %8s %9s %12s%n",
                "page", "octets", "asked /s", "got /s", "p50 ms", "p99 ms", "most ms", "flat out /s");
    }

    /** Prints a line; says whether p99 and size are within their aims. */
    boolean measure(String name, List<String> paths, int rate, int seconds) throws IOException, InterruptedException {
        int octets = 0;
        for (String path : paths) {
            octets = Math.max(octets, once(path).length);
        }
        try (ExecutorService workers = Executors.newFixedThreadPool(CONNECTIONS)) {
            flatOut(workers, paths, WARM_UP_REQUESTS, 2L * FLAT_OUT_SECONDS);
            double[] millis = atRate(workers, paths, rate, seconds);
            double reached = millis.length / spanSeconds;
            Arrays.sort(millis);
            double flatOut = flatOut(workers, paths, Integer.MAX_VALUE, FLAT_OUT_SECONDS);
            double p99 = millis[(int) (millis.length * 0.99)];
            boolean isMet = p99 < P99_AIM_MILLIS && octets < PAGE_AIM_OCTETS;
            out.printf(
                    Locale.ROOT,
                    "%-12s %,8d %9d %8.0f %8.1f %8.1f %9.1f %12.0f%s%n",
                    name,
                    octets,
                    rate,
                    reached,
                    millis[millis.length / 2],
                    p99,
                    millis[millis.length - 1],
                    flatOut,
                    isMet ? "" : "  MISSED");
            return isMet;
        }
    }

    private double[] atRate(ExecutorService workers, List<String> paths, int rate, int seconds)
            throws IOException, InterruptedException {
        int count = rate * seconds;
        double[] millis = new double[count];
        AtomicInteger next = new AtomicInteger();
        long start = clock.monotonicNanos();
        List<Future<Void>> ends = new ArrayList<>();
        for (int worker = 0; worker < CONNECTIONS; worker++) {
            ends.add(workers.submit(() -> {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    long due = start + i * 1_000_000_000L / rate;
                    for (long wait = due - clock.monotonicNanos(); wait > 0; wait = due - clock.monotonicNanos()) {
                        LockSupport.parkNanos(wait);
                    }
                    once(paths.get(i % paths.size()));
                    millis[i] = (clock.monotonicNanos() - due) / 1e6;
                }
                return null;
            }));
        }
        await(ends);
        spanSeconds = (clock.monotonicNanos() - start) / 1e9;
        return millis;
    }

    /** Requests a second where each connection asks again at once. */
    private double flatOut(ExecutorService workers, List<String> paths, int countMax, long secondsMax)
            throws IOException, InterruptedException {
        AtomicInteger done = new AtomicInteger();
        long start = clock.monotonicNanos();
        long end = start + secondsMax * 1_000_000_000L;
        List<Future<Void>> ends = new ArrayList<>();
        for (int worker = 0; worker < CONNECTIONS; worker++) {
            ends.add(workers.submit(() -> {
                while (clock.monotonicNanos() < end && done.get() < countMax) {
                    once(paths.get(done.getAndIncrement() % paths.size()));
                }
                return null;
            }));
        }
        await(ends);
        return done.get() * 1e9 / (clock.monotonicNanos() - start);
    }

    private static void await(List<Future<Void>> ends) throws IOException, InterruptedException {
        for (Future<Void> end : ends) {
            try {
                end.get();
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
    }
}
