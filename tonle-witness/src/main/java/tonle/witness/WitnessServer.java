// SPDX-License-Identifier: Apache-2.0
package tonle.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tonle.tlog.witness.AddCheckpoint;
import tonle.tlog.witness.WitnessAnswer;
import tonle.tlog.witness.WitnessPaths;

/**
 * The witness on HTTP: {@code POST /add-checkpoint} and {@code GET /HASH/checkpoint} (C2SP tlog-witness 1.0). A request
 * has a bound in octets and in time, and only so many are served at once; the others are told to come again. It speaks
 * plain HTTP: encryption is the business of a server before it, and every answer is signed.
 */
public final class WitnessServer implements AutoCloseable {
    /** Requests that are served at once. */
    public static final int REQUESTS_MAX = 64;
    /** A request that is not there whole by then is given up. */
    public static final int REQUEST_SECONDS_MAX = 10;

    private static final int STOP_SECONDS = 1;
    private static final int UNAVAILABLE = 503;
    private static final int TOO_LARGE = 413;
    private static final int METHOD = 405;

    private final WitnessMemory memory;
    private final Consumer<String> say;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(REQUESTS_MAX);
    private final AtomicLong cosigned = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    private WitnessServer(WitnessMemory memory, HttpServer server, Consumer<String> say) {
        this.memory = memory;
        this.server = server;
        this.say = say;
    }

    /**
     * Starts to serve.
     *
     * @param say takes a line for each log that contradicts itself and for each request that could not be served
     * @throws IOException where the port is busy, with words
     */
    public static WitnessServer start(WitnessMemory memory, InetSocketAddress address, Consumer<String> say)
            throws IOException {
        // The JDK's server reads these once, when its first instance is made.
        System.setProperty("sun.net.httpserver.maxReqTime", String.valueOf(REQUEST_SECONDS_MAX));
        System.setProperty("sun.net.httpserver.maxRspTime", String.valueOf(REQUEST_SECONDS_MAX));
        System.setProperty("sun.net.httpserver.maxConnections", String.valueOf(4 * REQUESTS_MAX));
        HttpServer http;
        try {
            http = HttpServer.create(address, REQUESTS_MAX);
        } catch (BindException e) {
            throw new IOException(
                    "tcp " + address.getHostString() + ":" + address.getPort() + " is busy or not of this machine; "
                            + "choose another with --listen",
                    e);
        }
        WitnessServer witness = new WitnessServer(memory, http, say);
        http.createContext("/", witness::handle);
        http.setExecutor(witness.threads);
        http.start();
        return witness;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Checkpoints that were cosigned in this run. */
    public long cosignedCount() {
        return cosigned.get();
    }

    /** Requests that were refused in this run, for whatever reason. */
    public long refusedCount() {
        return refused.get();
    }

    /** What goes back, whoever made it. */
    private record Reply(int status, String contentType, byte[] body) {
        static Reply of(WitnessAnswer answer) {
            return new Reply(answer.status(), answer.contentType(), answer.body());
        }

        static Reply refusal(int status, String words) {
            return of(new WitnessAnswer.Refusal(status, words));
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!places.tryAcquire()) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                send(exchange, Reply.refusal(UNAVAILABLE, "too many requests at once; ask again"));
                return;
            }
            Reply reply;
            try {
                reply = reply(exchange);
            } catch (IOException e) {
                say.accept("a request could not be served: " + e.getMessage());
                reply = Reply.refusal(UNAVAILABLE, "the witness cannot read or write its memory");
            } finally {
                places.release();
            }
            send(exchange, reply);
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(1);
        boolean isPost = exchange.getRequestMethod().equals("POST");
        if (path.equals(WitnessPaths.ADD_CHECKPOINT)) {
            return isPost ? added(exchange) : Reply.refusal(METHOD, "a checkpoint is posted");
        }
        Optional<byte[]> held = isPost ? Optional.empty() : memory.checkpoint(path);
        return held.map(octets -> new Reply(WitnessAnswer.OK, WitnessAnswer.TEXT_TYPE, octets))
                .orElseGet(() -> Reply.refusal(WitnessAnswer.NOT_FOUND, "nothing is held under that path"));
    }

    private Reply added(HttpExchange exchange) throws IOException {
        byte[] octets = exchange.getRequestBody().readNBytes(AddCheckpoint.OCTETS_MAX + 1);
        if (octets.length > AddCheckpoint.OCTETS_MAX) {
            return Reply.refusal(TOO_LARGE, "a request has at most " + AddCheckpoint.OCTETS_MAX + " octets");
        }
        long before = memory.contradictionCount();
        WitnessAnswer answer = memory.answer(octets);
        if (memory.contradictionCount() > before) {
            say.accept("EVIDENCE: a log signed two trees of one size; both are kept in the folder 'evidence'");
        }
        (answer instanceof WitnessAnswer.Cosigned ? cosigned : refused).incrementAndGet();
        return Reply.of(answer);
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        exchange.getResponseBody().write(reply.body());
    }

    @Override
    public void close() {
        server.stop(STOP_SECONDS);
        threads.shutdownNow();
    }
}
