// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;

/** Every page that a link leads to, and its table in each form. */
final class Crawl {
    private static final int ADDRESSES_MAX = 160;
    private static final java.util.regex.Pattern HREF = java.util.regex.Pattern.compile("href=\"(/[^\"#]*)");

    private final String root;
    private final Deque<String> ahead = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();

    Crawl(int port) {
        root = "http://127.0.0.1:" + port;
        for (String path : List.of("overview", "traffic", "links", "exporters", "status", "exporters/add")) {
            visit("/" + path);
            visit("/" + path + ".json");
            visit("/" + path + ".csv");
        }
        for (String exporter : List.of("e1", "strict", "far")) {
            visit("/exporters/" + exporter);
            visit("/exporters/" + exporter + ".json");
        }
        visit("/?lang=km");
    }

    private void visit(String path) {
        if (known.size() < ADDRESSES_MAX && known.add(path)) {
            ahead.add(path);
        }
    }

    /** @return how many answers were searched, heads included */
    int search(PatternSearch search, PatternSearch.Found found) throws IOException, InterruptedException {
        int count = 0;
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            while (!ahead.isEmpty()) {
                String path = ahead.remove();
                HttpResponse<byte[]> answer = client.send(
                        HttpRequest.newBuilder(URI.create(root + path)).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                assertThat(answer.statusCode()).as(path).isLessThan(500);
                count++;
                search.search("page " + path, answer.body(), found);
                search.search("head of " + path, answer.headers().toString().getBytes(StandardCharsets.UTF_8), found);
                Matcher links = HREF.matcher(new String(answer.body(), StandardCharsets.UTF_8));
                while (links.find()) {
                    visit(links.group(1).replace("&amp;", "&").replace(" ", "%20"));
                }
            }
        }
        return count;
    }
}
