// SPDX-License-Identifier: Apache-2.0
package tonle.notary.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import tonle.notary.web.StrangersClient;

/** A log on a web server. */
public final class WebSource implements LogSource {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** The largest file over the slowest line that somebody would check a log by. */
    private static final Duration WHOLE = Duration.ofMinutes(10);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final URI prefix;
    private final StrangersClient http = new StrangersClient(PATIENCE, WHOLE, FILE_OCTETS_MAX);

    /** @param prefix below which the log's files are, with or without a slash at its end */
    public WebSource(URI prefix) {
        this.prefix = prefix.toString().endsWith("/") ? prefix : URI.create(prefix + "/");
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        URI file = prefix.resolve(name);
        StrangersClient.Answer answer = http.send(HttpRequest.newBuilder(file));
        if (answer.status() == NOT_FOUND || answer.status() == GONE) {
            return Optional.empty();
        }
        if (answer.status() != OK) {
            throw new IOException(file + " answers with status " + answer.status());
        }
        if (answer.isTooLong()) {
            throw LogSource.tooLarge(name);
        }
        return Optional.of(answer.body());
    }

    @Override
    public String place() {
        return prefix.toString();
    }
}
