// SPDX-License-Identifier: Apache-2.0
package tonle.notary.witness;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tonle.tlog.Outcome;
import tonle.tlog.note.SignedNote;
import tonle.tlog.witness.AddCheckpoint;
import tonle.tlog.witness.WitnessAnswer;
import tonle.tlog.witness.WitnessPaths;

/** Asks one witness over HTTP (C2SP tlog-witness), without redirections; an answer has a bound in time and size. */
final class WitnessClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpClient http;
    private final URI prefix;

    WitnessClient(HttpClient http, URI prefix) {
        this.http = http;
        this.prefix = prefix;
    }

    static HttpClient http() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
    }

    /** Offers a checkpoint. */
    Outcome<WitnessAnswer> add(AddCheckpoint request) throws IOException {
        HttpRequest post = HttpRequest.newBuilder(prefix.resolve(WitnessPaths.ADD_CHECKPOINT))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.octets()))
                .build();
        HttpResponse<InputStream> answer = send(post);
        return WitnessAnswer.parse(
                answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""), body(answer));
    }

    /**
     * The checkpoint of a log that the witness holds.
     *
     * @return empty where it holds none
     */
    Optional<byte[]> held(String origin) throws IOException {
        HttpRequest get = HttpRequest.newBuilder(prefix.resolve(WitnessPaths.checkpoint(origin)))
                .timeout(PATIENCE)
                .build();
        HttpResponse<InputStream> answer = send(get);
        byte[] body = body(answer);
        if (answer.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        if (answer.statusCode() != OK) {
            throw new IOException(prefix + " answers with status " + answer.statusCode());
        }
        return Optional.of(body);
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + prefix + " was asked");
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException(prefix + " does not answer: " + why, e);
        }
    }

    private byte[] body(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream in = answer.body()) {
            byte[] octets = in.readNBytes(SignedNote.OCTETS_MAX + 1);
            if (octets.length > SignedNote.OCTETS_MAX) {
                throw new IOException(prefix + " answers with more than " + SignedNote.OCTETS_MAX + " octets");
            }
            return octets;
        }
    }
}
