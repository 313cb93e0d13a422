// SPDX-License-Identifier: Apache-2.0
package tonle.notary.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** A log on a web server. It follows no redirection: the address that is named is the one that is asked. */
public final class WebSource implements LogSource {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final URI prefix;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @param prefix below which the log's files are, with or without a slash at its end */
    public WebSource(URI prefix) {
        this.prefix = prefix.toString().endsWith("/") ? prefix : URI.create(prefix + "/");
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(prefix.resolve(name)).timeout(PATIENCE).build();
        try {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() == NOT_FOUND || answer.statusCode() == GONE) {
                    return Optional.empty();
                }
                if (answer.statusCode() != OK) {
                    throw new IOException(request.uri() + " answers with status " + answer.statusCode());
                }
                return Optional.of(LogSource.bounded(body, name));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading " + request.uri());
        }
    }

    @Override
    public String place() {
        return prefix.toString();
    }
}
