// SPDX-License-Identifier: Apache-2.0
package tonle.notary.witness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import tonle.notary.web.StrangersClient;
import tonle.tlog.Outcome;
import tonle.tlog.note.SignedNote;
import tonle.tlog.witness.AddCheckpoint;
import tonle.tlog.witness.WitnessAnswer;
import tonle.tlog.witness.WitnessPaths;

/** Asks one witness over HTTP (C2SP tlog-witness). */
final class WitnessClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final StrangersClient http;
    private final URI prefix;

    WitnessClient(StrangersClient http, URI prefix) {
        this.http = http;
        this.prefix = prefix;
    }

    /** For all witnesses of a log. */
    static StrangersClient http() {
        return new StrangersClient(PATIENCE, PATIENCE, SignedNote.OCTETS_MAX);
    }

    /** Offers a checkpoint. */
    Outcome<WitnessAnswer> add(AddCheckpoint request) throws IOException {
        StrangersClient.Answer answer = send(HttpRequest.newBuilder(prefix.resolve(WitnessPaths.ADD_CHECKPOINT))
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.octets())));
        return WitnessAnswer.parse(answer.status(), answer.contentType(), answer.body());
    }

    /**
     * The checkpoint of a log that the witness holds.
     *
     * @return empty where it holds none
     */
    Optional<byte[]> held(String origin) throws IOException {
        StrangersClient.Answer answer = send(HttpRequest.newBuilder(prefix.resolve(WitnessPaths.checkpoint(origin))));
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (answer.status() != OK) {
            throw new IOException(prefix + " answers with status " + answer.status());
        }
        return Optional.of(answer.body());
    }

    private StrangersClient.Answer send(HttpRequest.Builder request) throws IOException {
        StrangersClient.Answer answer;
        try {
            answer = http.send(request);
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException(prefix + " does not answer: " + why, e);
        }
        if (answer.isTooLong()) {
            throw new IOException(prefix + " answers with more than " + SignedNote.OCTETS_MAX + " octets");
        }
        return answer;
    }
}
