// SPDX-License-Identifier: Apache-2.0
package tonle.notary.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks servers that nobody here vouches for. It follows no redirection: the address that is named is the one that is
 * asked. An answer has a bound in octets, and one in time from the first octet sent to the last one read. Thread-safe.
 */
public final class StrangersClient implements AutoCloseable {
    private final HttpClient http;
    private final Duration patience;
    private final Duration whole;
    private final int octetsMax;

    /**
     * @param patience for the connection, and for the head of an answer
     * @param whole for all of an answer
     * @param octetsMax of its body
     */
    public StrangersClient(Duration patience, Duration whole, int octetsMax) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
        this.patience = patience;
        this.whole = whole;
        this.octetsMax = octetsMax;
    }

    /** @param isTooLong whether the body went on beyond the bound, where it is cut off here */
    public record Answer(int status, String contentType, byte[] body, boolean isTooLong) {}

    /** @throws IOException where there is no whole answer in time */
    public Answer send(HttpRequest.Builder request) throws IOException {
        HttpRequest built = request.timeout(patience).build();
        FutureTask<Answer> asking = new FutureTask<>(() -> answer(built));
        Thread.ofVirtual().name("asking-a-stranger").start(asking);
        try {
            return asking.get(whole.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            asking.cancel(true);
            throw new IOException("no whole answer within " + whole.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            asking.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + built.uri() + " was asked", e);
        }
    }

    private Answer answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            byte[] body = in.readNBytes(octetsMax);
            boolean isTooLong = body.length == octetsMax && in.read() >= 0;
            String type = answer.headers().firstValue("Content-Type").orElse("");
            return new Answer(answer.statusCode(), type, body, isTooLong);
        }
    }

    /** Lets go of connections; what is asked meanwhile fails. */
    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
