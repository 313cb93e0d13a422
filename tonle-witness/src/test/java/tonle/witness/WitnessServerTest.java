// SPDX-License-Identifier: Apache-2.0
package tonle.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.testkit.SettableClock;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.SignedNote;
import tonle.tlog.tree.TreeHead;
import tonle.tlog.witness.AddCheckpoint;
import tonle.tlog.witness.WitnessPaths;

/** The protocol on the wire, status by status. */
class WitnessServerTest {
    private static final String ORIGIN = "example.com/log";

    @TempDir
    Path temporary;

    private final SampleLog log = new SampleLog(ORIGIN, "entry ");
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private WitnessMemory memory;
    private WitnessServer server;

    @BeforeEach
    void start() throws IOException {
        WitnessFolder folder = new WitnessFolder(temporary.resolve("w"));
        folder.create("w1.example", new SecureRandom());
        folder.addLog(log.key.verifier());
        memory = WitnessMemory.open(folder, new SettableClock(1_795_500_000_000L));
        server = WitnessServer.start(memory, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), said::add);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        memory.close();
        client.close();
    }

    private HttpResponse<String> post(byte[] octets) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(WitnessPaths.ADD_CHECKPOINT))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(octets))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + "/" + path);
    }

    private static String type(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    @Test
    void eachCaseHasItsStatus() throws Exception {
        assertThat(get(WitnessPaths.checkpoint(ORIGIN)).statusCode()).isEqualTo(404);
        assertThat(post(log.request(0, 5).octets()).statusCode()).isEqualTo(200);
        assertThat(get(WitnessPaths.checkpoint(ORIGIN)).body()).startsWith(ORIGIN + "\n5\n");
        HttpResponse<String> conflict = post(log.request(0, 9).octets());
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(type(conflict)).isEqualTo("text/x.tlog.size");
        assertThat(conflict.body()).isEqualTo("5\n");
        assertThat(post(new SampleLog("example.com/other", "x").request(0, 5).octets())
                        .statusCode())
                .isEqualTo(404);
        AddCheckpoint right = log.request(5, 9);
        assertThat(post(new AddCheckpoint(5, List.of(), right.checkpoint()).octets())
                        .statusCode())
                .isEqualTo(422);
        assertThat(post("old five\n\n".getBytes()).statusCode()).isEqualTo(400);
        SignedNote unsigned = new Checkpoint(ORIGIN, log.head(9))
                .signed(List.of(new SampleLog("example.com/other", "x").key), 1_790_000_000L);
        assertThat(post(new AddCheckpoint(5, right.proof(), unsigned).octets()).statusCode())
                .isEqualTo(403);
        assertThat(get(WitnessPaths.ADD_CHECKPOINT).statusCode()).isEqualTo(405);
        assertThat(post(right.octets()).statusCode()).isEqualTo(200);
        assertThat(memory.held(ORIGIN)).isEqualTo(log.head(9));
        assertThat(server.cosignedCount()).isEqualTo(2);
        assertThat(server.refusedCount()).isEqualTo(5);
    }

    @Test
    void aRequestThatIsTooLongIsRefusedAndAContradictionIsSaid() throws Exception {
        assertThat(post(new byte[AddCheckpoint.OCTETS_MAX + 1]).statusCode()).isEqualTo(413);
        post(log.request(0, 5).octets());
        assertThat(post(new SampleLog(ORIGIN, "other ").request(5, 5).octets()).statusCode())
                .isEqualTo(422);
        assertThat(said).singleElement().asString().startsWith("EVIDENCE");
        assertThat(memory.held(ORIGIN)).isNotEqualTo(TreeHead.EMPTY);
    }

    @Test
    void aBusyPortIsNamed() {
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        assertThatThrownBy(() -> WitnessServer.start(memory, taken, said::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(":" + server.port())
                .hasMessageContaining("--listen");
    }
}
