// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.portal.PortBusyException;
import tonle.portal.Portal;
import tonle.portal.PortalSettings;
import tonle.portal.RunningPortal;
import tonle.portal.fixture.Fixture;

class HttpTest {
    @TempDir
    static Path folder;

    static Fixture fixture;
    static RunningPortal portal;
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void open() throws Exception {
        fixture = Fixture.open(folder);
        portal = Portal.start(Fixture.settings(), fixture.services());
    }

    @AfterAll
    static void close() throws Exception {
        portal.close();
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nowhere", "/traffic.json", "/exporters.csv", "/static/tonle.css"})
    void everyAnswerCarriesTheSecurityHeadersAndNoCookie(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void aPageHasNoInlineScriptOrStyle() throws Exception {
        for (String path : new String[] {"/", "/traffic", "/links/PNH-SGN-1", "/exporters"}) {
            String text = get(path).body();
            assertThat(text).doesNotContain(" style=", "<style", "onclick", "javascript:");
            assertThat(text.split("<script").length).isEqualTo(2);
        }
    }

    @Test
    void documentsHaveTheirTypes() throws Exception {
        assertThat(type(get("/links.json"))).isEqualTo("application/json");
        assertThat(type(get("/links.csv"))).isEqualTo("text/csv;charset=utf-8");
        assertThat(type(get("/overview.txt"))).isEqualTo("text/plain;charset=utf-8");
        HttpResponse<String> wrong = get("/links.json?moth=2026-10");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(type(wrong)).isEqualTo("application/problem+json");
        assertThat(get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(get("/static/../Portal.class").statusCode()).isIn(400, 404);
    }

    @Test
    void theLanguageFollowsTheReaderUnlessTheAddressSaysIt() throws Exception {
        HttpRequest khmer =
                request("/status").header("Accept-Language", "km-KH,en;q=0.5").build();
        assertThat(CLIENT.send(khmer, BodyHandlers.ofString()).body()).contains("<html lang=\"km\"");
        HttpRequest asked =
                request("/status?lang=en").header("Accept-Language", "km").build();
        assertThat(CLIENT.send(asked, BodyHandlers.ofString()).body()).contains("<html lang=\"en\"");
    }

    @Test
    void aFormFromElsewhereChangesNothing() throws Exception {
        HttpRequest.Builder form =
                request("/exporters/accept").header("Content-Type", "application/x-www-form-urlencoded");
        HttpRequest forged = form.copy()
                .POST(HttpRequest.BodyPublishers.ofString("token=guess&address=10.9.9.9&id=evil"))
                .build();
        assertThat(CLIENT.send(forged, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
        String page = get("/exporters").body();
        String token = page.replaceFirst("(?s).*name=\"token\" value=\"([0-9a-f]{32})\".*", "$1");
        HttpRequest crossSite = form.copy()
                .header("Sec-Fetch-Site", "cross-site")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + token + "&address=10.9.9.9&id=evil"))
                .build();
        assertThat(CLIENT.send(crossSite, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
        assertThat(fixture.accepted).isEmpty();
        HttpRequest own = form.copy()
                .POST(HttpRequest.BodyPublishers.ofString("token=" + token + "&address=10.9.9.9&id=b%20d"))
                .build();
        HttpResponse<String> refused = CLIENT.send(own, BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(303);
        assertThat(refused.headers().firstValue("Location").orElseThrow())
                .contains("refused=ID_INVALID", "address=10.9.9.9");
    }

    @Test
    void aForeignHostNameIsRefused() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .contains(" 421 ");
        assertThat(raw("GET /status HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"))
                .contains(" 200 ");
    }

    @Test
    void aLargeBodyIsRefusedBeforeItIsRead() throws Exception {
        assertThat(raw("POST /exporters/accept HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000\r\n"
                        + "Connection: close\r\n\r\n"))
                .contains(" 413 ");
        assertThat(raw("DELETE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .contains(" 405 ");
    }

    @Test
    void aBusyPortIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            PortalSettings settings =
                    new PortalSettings(taken.getLocalPort(), PortalSettings.ZONE_DEFAULT, "", "", true);
            assertThatThrownBy(() -> Portal.start(settings, fixture.services()))
                    .isInstanceOfSatisfying(
                            PortBusyException.class, e -> assertThat(e.port()).isEqualTo(taken.getLocalPort()));
        }
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").replace(" ", "");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + portal.port() + path));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(request(path).build(), BodyHandlers.ofString());
    }

    /** The first line of the answer to octets that an HTTP client would not send. */
    private static String raw(String octets) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", portal.port())) {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }
}
