// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.gateway.control.ControlClient;
import tonle.gateway.control.ControlReply;
import tonle.gateway.control.ControlServer;
import tonle.testkit.SettableClock;

/** Commands against a control socket that answers from a script. */
class RemoteCommandsTest {
    private static final String ROWS = """
            {"meta": {"query": "exporters"},
             "rows": [
              {"exporter": "core-1", "lost": 3, "note": "a\\tb"},
              {"exporter": "core-2", "lost": null, "note": ""}]}
            """;

    @TempDir
    private Path data;

    private final List<String> asked = new ArrayList<>();
    private final Map<String, ControlReply> answers = new HashMap<>();
    private final Commands commands = Commands.piped();
    private ControlServer server;
    private int goneAfter = Integer.MAX_VALUE;

    @BeforeEach
    void listen() throws IOException {
        server = ControlServer.start(
                data.resolve(ControlClient.SOCKET),
                request -> {
                    String line = (request.isPost() ? "POST " : "GET ") + request.target();
                    asked.add(request.body().isEmpty() ? line : line + " " + request.body());
                    boolean gone = asked.size() > goneAfter;
                    return (gone ? Map.<String, ControlReply>of() : answers)
                            .getOrDefault(line, ControlReply.json(404, "{\"message\": \"nothing at " + line + "\"}"));
                },
                new SettableClock(0));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private int run(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--data";
        all[arguments.length + 1] = data.toString();
        return commands.run(all);
    }

    @Test
    void anAuditThatIsNotWhatTheLogSaysEndsAsAFailedProof() {
        String rows = "\"rows\": [{\"first\": 1, \"finding\": \"differs\"}]}";
        String address = "GET /audit/verify.json?first=1&last=9";
        answers.put(address, ControlReply.json(200, "{\"meta\": {\"sound\": true}, " + rows));
        assertThat(run("audit", "verify", "1", "9")).isZero();
        assertThat(commands.out()).contains("1\tdiffers");
        answers.put(address, ControlReply.json(200, "{\"meta\": {\"sound\": false}, " + rows));
        assertThat(run("audit", "verify", "1", "9")).isEqualTo(ExitCode.PROOF_FAILED.number());
        answers.put(address, ControlReply.json(503, "{\"title\": \"The log cannot be read\", \"detail\": \"log\"}"));
        assertThat(run("audit", "verify", "1", "9")).isEqualTo(ExitCode.NOT_REACHABLE.number());
        assertThat(commands.err()).contains("The log cannot be read");
    }

    @Test
    void rowsBecomeTabsCommasAndDocuments() {
        answers.put("GET /exporters.json", ControlReply.json(200, ROWS));
        answers.put("GET /exporters.csv", new ControlReply(200, "text/csv", "exporter,lost\r\n"));
        assertThat(run("exporter", "list", "--header")).isZero();
        assertThat(commands.out()).isEqualTo("exporter\tlost\tnote\ncore-1\t3\ta b\ncore-2\t\t\n");
        assertThat(run("exporter", "list", "--json")).isZero();
        assertThat(commands.out()).isEqualTo(ROWS);
        assertThat(run("exporter", "list", "--json=lost,exporter")).isZero();
        assertThat(commands.out().replaceAll("\\s", ""))
                .isEqualTo("{\"rows\":[{\"lost\":3,\"exporter\":\"core-1\"},{\"lost\":null,\"exporter\":\"core-2\"}]}");
        assertThat(run("exporter", "list", "--json=loss")).isEqualTo(2);
        assertThat(commands.err()).contains("unknown field 'loss'", "nearest: lost", "all: exporter lost note");
        assertThat(run("exporter", "list", "--csv")).isZero();
        assertThat(commands.out()).isEqualTo("exporter,lost\r\n");
    }

    @Test
    void factsAreALineEach() {
        answers.put("GET /status.json", ControlReply.json(200, """
                        {"version": "1", "troubles": [], "store": {"writable": true, "trouble": ""},
                         "listeners": [{"name": "netflow", "port": 2055}, {"name": "tls", "port": 4740}],
                         "sets": [{"n": 1}, {"n": 2}], "words": ["a", "b\\tc"]}"""));
        assertThat(run("status")).isZero();
        assertThat(commands.out()).isEqualTo("""
                version\t1
                troubles\t
                store.writable\ttrue
                store.trouble\t
                listeners.netflow.name\tnetflow
                listeners.netflow.port\t2055
                listeners.tls.name\ttls
                listeners.tls.port\t4740
                sets.1.n\t1
                sets.2.n\t2
                words.1\ta
                words.2\tb c
                """);
        assertThat(run("status", "--json=version")).isZero();
        assertThat(commands.out()).isEqualTo("{\"version\":\"1\"}\n");
    }

    @Test
    void theQuestionIsTheExplorersAddress() {
        answers.put(
                "GET /traffic.json?by=link%2Cremote-as&where=link+%3D+PNH-SHV-1&from=now-24h&order=octets&top=5",
                ControlReply.json(200, "{\"rows\": []}"));
        int exitCode = run(
                "traffic",
                "top",
                "--by",
                "link,remote-as",
                "--where",
                "link = PNH-SHV-1",
                "--from",
                "now-24h",
                "--order",
                "octets",
                "--limit",
                "5");
        assertThat(commands.err()).isEmpty();
        assertThat(exitCode).as("no rows: found nothing").isEqualTo(1);
    }

    @Test
    void thePageBehindACommandHasAnAddress() throws IOException {
        answers.put("GET /status.json", ControlReply.json(200, "{\"pagesPort\": 8080}"));
        assertThat(run("traffic", "top", "--by", "link", "--sort", "octets:ascending", "--web"))
                .isZero();
        assertThat(commands.out()).isEqualTo("http://localhost:8080/traffic?by=link&sort=octets%3Aascending\n");
        answers.put("GET /status.json", ControlReply.json(200, "{\"pagesPort\": 0}"));
        assertThat(run("link", "list", "--web")).isEqualTo(ExitCode.NOT_REACHABLE.number());
    }

    @Test
    void aTerminalOpensTheBrowserThatTheEnvironmentNames() throws Exception {
        answers.put("GET /status.json", ControlReply.json(200, "{\"pagesPort\": 8080}"));
        // A pipe with a name: reading it waits for the browser, and for nothing else.
        Path seen = data.resolve("seen");
        assertThat(new ProcessBuilder("mkfifo", seen.toString()).start().waitFor())
                .isZero();
        Path browser = Files.writeString(data.resolve("browser"), "#!/bin/sh\necho \"$1\" > '" + seen + "'\n");
        assertThat(browser.toFile().setExecutable(true)).isTrue();
        Commands typed = Commands.typed(Map.of("BROWSER", browser.toString()));
        assertThat(typed.run("link", "show", "L-1", "--web", "--data", data.toString()))
                .isZero();
        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> assertThat(Files.readAllLines(seen)).containsExactly("http://localhost:8080/links/L-1"));
    }

    @Test
    void longTextAtATerminalGoesThroughThePager() throws IOException {
        String text = "line\n".repeat(60);
        answers.put("GET /links.txt", new ControlReply(200, "text/plain", text));
        Path seen = data.resolve("paged");
        Commands paged = Commands.typed(Map.of("PAGER", "cat > '" + seen + "'"));
        assertThat(paged.run("link", "list", "--data", data.toString())).isZero();
        assertThat(seen).hasContent(text);
        assertThat(paged.out()).isEmpty();
        Files.delete(seen);
        assertThat(paged.run("link", "list", "--no-pager", "--data", data.toString()))
                .isZero();
        assertThat(paged.out()).isEqualTo(text);
        answers.put("GET /links.txt", new ControlReply(200, "text/plain", "short\n"));
        assertThat(paged.run("link", "list", "--data", data.toString())).isZero();
        assertThat(paged.out()).isEqualTo("short\n");
        assertThat(seen).doesNotExist();
        Commands none = Commands.typed(Map.of("PAGER", "cat"));
        answers.put("GET /links.txt", new ControlReply(200, "text/plain", text));
        assertThat(none.run("link", "list", "--data", data.toString())).isZero();
        assertThat(none.out()).isEqualTo(text);
    }

    @Test
    void aWatchedPageIsDrawnAnewUntilTheGatewayIsGone() {
        answers.put("GET /links.txt", new ControlReply(200, "text/plain", "one\n"));
        goneAfter = 2;
        Commands typed = Commands.typed("");
        assertThat(typed.run("link", "list", "--watch", "1", "--data", data.toString()))
                .isEqualTo(ExitCode.FOUND_NOTHING.number());
        assertThat(typed.out()).isEqualTo("\u001b[H\u001b[2Jone\n".repeat(2));
        assertThat(run("link", "list", "--watch")).isEqualTo(ExitCode.USAGE.number());
        assertThat(commands.err()).contains("--watch redraws a terminal");
        assertThat(typed.run("link", "list", "--watch", "0", "--data", data.toString()))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(typed.err()).contains("whole seconds from 1 to 86400");
    }

    @Test
    void aProblemIsSaidInItsWords() {
        answers.put(
                "GET /links/PNH-SVH-1.json",
                new ControlReply(
                        404,
                        "application/problem+json",
                        "{\"title\": \"there is no link PNH-SVH-1\", \"detail\": \"links are listed\", \"nearest\":"
                                + " \"PNH-SHV-1\"}"));
        assertThat(run("link", "show", "PNH-SVH-1")).isEqualTo(1);
        assertThat(commands.err())
                .isEqualTo("error: there is no link PNH-SVH-1\n       links are listed\n       nearest: PNH-SHV-1\n");
    }

    @Test
    void actsNeedConsent() {
        answers.put("POST /exporters/accept", ControlReply.json(200, "{\"message\": \"exporter core-1 is taken in\"}"));
        String[] accept = {"exporter", "accept", "192.0.2.7", "--id", "core-1", "--site", "PNH"};
        assertThat(run(accept)).isEqualTo(ExitCode.REFUSED.number());
        assertThat(commands.err()).contains("add --yes");
        assertThat(asked).isEmpty();
        assertThat(run("exporter", "accept", "192.0.2.7", "--id", "core-1", "--dry-run"))
                .isZero();
        assertThat(commands.out()).isEqualTo("would take 192.0.2.7 in as exporter core-1\n");
        assertThat(asked).isEmpty();
        assertThat(run("exporter", "accept", "192.0.2.7", "--id", "core-1", "--site", "PNH", "--yes"))
                .isZero();
        assertThat(commands.out()).isEqualTo("exporter core-1 is taken in\n");
        assertThat(asked)
                .containsExactly("POST /exporters/accept {\"address\":\"192.0.2.7\",\"id\":\"core-1\",\"site\":\"PNH\","
                        + "\"records\":\"ingress\"}");
        Commands no = Commands.typed("n");
        assertThat(no.run("stop", "--data", data.toString())).isZero();
        assertThat(no.err()).contains("Stop the gateway? [y/N]", "nothing was done");
        assertThat(asked).hasSize(1);
    }

    @Test
    void aRefusalEndsWithThree() {
        answers.put("POST /reload", ControlReply.json(422, "{\"message\": \"tonle.yaml:3:1: unknown key 'linkz'\"}"));
        assertThat(run("reload")).isEqualTo(ExitCode.REFUSED.number());
        assertThat(commands.err()).isEqualTo("error: tonle.yaml:3:1: unknown key 'linkz'\n");
    }

    @Test
    void anExportNamesItsSpan() {
        answers.put("POST /store/export", ControlReply.json(200, "{\"message\": \"exported\"}"));
        assertThat(run(
                        "store",
                        "export",
                        "--parquet",
                        "/srv/x",
                        "--from",
                        "2026-10-01",
                        "--to",
                        "2026-11-01T00:00:00Z"))
                .isZero();
        assertThat(asked)
                .containsExactly(
                        "POST /store/export {\"directory\":\"/srv/x\",\"from\":\"1790812800\",\"to\":\"1793491200\"}");
        assertThat(run("store", "export", "--parquet", "/srv/x", "--from", "October"))
                .isEqualTo(2);
        assertThat(commands.err()).contains("neither a day nor a moment");
    }

    @Test
    void withoutAGatewayItIsNotReachable(@TempDir Path elsewhere) {
        assertThat(commands.run("status", "--data", elsewhere.toString())).isEqualTo(ExitCode.NOT_REACHABLE.number());
        assertThat(commands.err()).contains("no gateway runs with the data directory", "tonle run");
    }
}
