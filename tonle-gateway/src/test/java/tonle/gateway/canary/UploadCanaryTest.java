// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.Seed;
import tonle.gateway.control.ControlClient;

/**
 * Promises 1 and 3 of a whole running gateway. Marks of people go in by every door that takes words: forms, queries,
 * heads and paths of pages, files of others, drafts of the registry with their reasons, orders on the control socket.
 * Then database, backup, files with the database's own, logs, pages and a dump of all live objects are searched. The
 * seed is {@code -Dtonle.canary.seed=…}.
 */
class UploadCanaryTest {
    private static final long SEED = Long.getLong("tonle.canary.seed", 20_261_124);
    private static final String NAME = "Canary Telecom Kept";
    private static final String LINK = "canary-kept";
    /** Where the browser comes from: the whole of 127/8 is this machine. */
    private static final String CLIENT = "127.119.203.147";

    @TempDir
    Path folder;

    private final Marks marks = new Marks(SEED, "web");
    private final List<String> telephones = new ArrayList<>();
    private final List<String> planted = new ArrayList<>();
    private int next;

    UploadCanaryTest() {
        Seed seed = new Seed(SEED).fork("telephones");
        for (int i = 0; i < 16; i++) {
            telephones.add(
                    "+855 9" + (1 + seed.below(8)) + ' ' + (100 + seed.below(900)) + ' ' + (100 + seed.below(900)));
        }
    }

    /** Something of a person or a host, another each time. */
    private String mark() {
        int i = next++;
        byte[] four = marks.address4(i);
        return switch (i % 5) {
            case 0 -> marks.name(i) + "@alpha.example";
            case 1 -> telephones.get(i % telephones.size());
            case 2 -> (four[0] & 0xFF) + "." + (four[1] & 0xFF) + "." + (four[2] & 0xFF) + "." + (four[3] & 0xFF);
            case 3 -> HexFormat.of().formatHex(marks.address6(i)).replaceAll("(.{4})(?!$)", "$1:");
            default -> HexFormat.ofDelimiter(":").formatHex(marks.mac(i));
        };
    }

    private PatternSearch.Found found() {
        return new PatternSearch.Found();
    }

    private List<Pattern> patterns() {
        List<Pattern> all = new ArrayList<>(marks.patterns());
        telephones.forEach(each -> Collections.addAll(all, Pattern.ofText("web telephone", each)));
        telephones.forEach(each -> Collections.addAll(all, Pattern.ofText("web telephone", each.replace(" ", ""))));
        telephones.forEach(each -> Collections.addAll(all, Pattern.ofText("web telephone", encoded(each))));
        Collections.addAll(all, Pattern.ofText("web client", CLIENT));
        Collections.addAll(all, Pattern.ofText("kept name", NAME));
        Collections.addAll(all, Pattern.ofText("kept link", LINK));
        return all;
    }

    @Test
    void nothingOfAPersonStaysOfWhatIsHandedIn() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("tonle.yaml"), """
                gateway: {name: Canary}
                sites: [{id: PNH, name: Phnom Penh}]
                links: [{id: %s, kind: international, site: PNH, capacity: 10G}]
                listen: {udp: ["127.0.0.1:0"], tcp: ["127.0.0.1:0"], tls: ["127.0.0.1:0"], queue-kib: 1024}
                portal: {port: 0}
                """.formatted(LINK));
        PatternSearch search = new PatternSearch(patterns());
        PatternSearch.Found pages = found();
        PatternSearch.Found dump = found();
        PatternSearch.Found files = found();
        PatternSearch.Found backup = found();
        PatternSearch.Found said = found();
        try (CanaryProcess gateway = new CanaryProcess(data, folder)) {
            ControlClient control = new ControlClient(data);
            handInFiles(gateway);
            handInDrafts(gateway);
            browse(gateway.port("pages"));
            order(control);

            new Crawl(gateway.port("pages")).search(search, pages);
            for (String target : List.of("/status.json", "/links.csv")) {
                search.search(
                        "control socket " + target, control.get(target).body().getBytes(StandardCharsets.UTF_8), pages);
            }
            Path archive = folder.resolve("backup.zip");
            assertThat(control.post("/backup", "{\"file\": \"" + archive + "\"}")
                            .body())
                    .contains("backup");
            searchArchive(search, archive, backup);
            gateway.order("dump " + folder.resolve("heap.hprof"));
            search(search, folder.resolve("heap.hprof"), dump);
            searchFolder(search, data, files);
            gateway.order("stop");
        }
        searchFolder(search, data, files);
        search(search, folder.resolve("stdout"), said);
        search(search, folder.resolve("stderr"), said);

        assertThat(planted).as("marks handed in").hasSizeGreaterThan(150);
        assertThat(backup.of("kept name"))
                .as("the database is in it: %s", backup)
                .isPositive();
        assertThat(files.of("kept name")).as("so are its files: %s", files).isPositive();
        assertThat(pages.of("kept link")).as("the pages are read: %s", pages).isPositive();
        assertThat(dump.of("kept link")).as("the dump is read: %s", dump).isPositive();
        Map<String, PatternSearch.Found> places = Map.of(
                "pages", pages, "live objects", dump, "files", files, "backup with the database", backup, "said", said);
        SoftAssertions.assertSoftly(softly -> places.forEach((where, found) -> {
            Map<String, Integer> leaked = new TreeMap<>(found.counts);
            leaked.keySet().removeIf(kind -> kind.startsWith("kept"));
            softly.assertThat(leaked).as("seed %d, %s: %s", SEED, where, found).isEmpty();
        }));
    }

    private String plant() {
        String mark = mark();
        planted.add(mark);
        return mark;
    }

    private void handInFiles(CanaryProcess gateway) throws IOException {
        String member = """
                {"asnum": 64500, "name": "%s", "contact_email": ["%s", "noc@alpha.example"],
                 "contact_phone": ["%s"], "contact_person": "%s", "customers": ["%s", "%s"],
                 "connection_list": [{"ixp_id": 1, "state": "active", "subscriber": "%s"}]}""".formatted(
                        NAME,
                        marks.name(3) + "." + marks.name(4) + "@alpha.example",
                        plant(),
                        plant(),
                        plant(),
                        plant(),
                        plant());
        String ixf = """
                {"version": "1.0", "timestamp": "2026-11-24T00:00:00Z", "exported_by": "%s",
                 "ixp_list": [{"ixp_id": 1, "ixf_id": 1, "shortname": "KHIX", "name": "Khmer Exchange",
                   "support_email": "%s", "support_phone": "%s", "emergency_phone": "%s"}],
                 "member_list": [%s]}""".formatted(plant(), plainMailbox(), plant(), plant(), member);
        assertThat(upload(gateway, "ixf", ixf)).contains("items=1", "outcome=done");
        String peeringDb = """
                {"net": {"data": [{"id": 1, "org_id": 1, "asn": 64501, "name": "Bravo Net", "notes": "%s",
                   "poc_set": [{"id": 1, "role": "NOC", "name": "%s", "email": "%s", "phone": "%s"}]}]},
                 "poc": {"data": [{"id": 2, "net_id": 1, "name": "%s", "email": "%s", "phone": "%s"}]},
                 "org": {"data": [{"id": 1, "name": "Bravo", "address1": "%s", "notes": "%s"}]}}""".formatted(
                        plant(),
                        marks.name(7),
                        plainMailbox(),
                        plant(),
                        marks.name(8),
                        plainMailbox(),
                        plant(),
                        marks.name(9),
                        plant());
        assertThat(upload(gateway, "peeringdb", peeringDb)).contains("findings=");
        String ofdsForm = """
                {"networks": [{"id": "6b2f2b50-8d0f-4f7e-9d39-0d6f7c2f1a10", "name": "Fibre", "links": [],
                  "organisations": [{"id": "1", "name": "Fibre", "contactPerson": "%s", "phone": "%s", "email": "%s"}],
                  "contracts": [{"id": "1", "title": "%s", "signatory": "%s"}], "nodes": [], "spans": []}]}""";
        String ofds = ofdsForm.formatted(marks.name(10), plant(), plainMailbox(), plant(), marks.name(11));
        assertThat(upload(gateway, "ofds", ofds)).contains("findings=");
        // Broken off in the middle, and a file of quite another kind: a list of subscribers.
        upload(gateway, "ixf", ixf.substring(0, ixf.length() - 20));
        for (String kind : List.of("ixf", "peeringdb", "ofds", "delegated")) {
            upload(gateway, kind, "msisdn,name,ip\n%s,%s,%s\n".formatted(plant(), marks.name(12), plant()));
            upload(
                    gateway,
                    kind,
                    "{\"%s\": [{\"msisdn\": \"%s\", \"ip\": \"%s\"}]}".formatted(plant(), plant(), plant()));
        }
        upload(gateway, "delegated", """
                2|apnic|20261124|1|19850701|20261124|+1000
                apnic|KH|ipv4|203.0.113.0|256|20100101|allocated|%s
                apnic|KH|ipv4|%s|1|20100101|assigned|%s
                """.formatted(marks.name(13), "203.0.113.9", marks.name(14)));
    }

    private String plainMailbox() {
        String mailbox = marks.name(next++) + "." + marks.name(next) + "@alpha.example";
        planted.add(mailbox);
        return mailbox;
    }

    private static String upload(CanaryProcess gateway, String kind, String text, Path file) throws IOException {
        Files.writeString(file, text);
        try {
            return gateway.order("upload " + kind + " " + file);
        } finally {
            Files.delete(file);
        }
    }

    private String upload(CanaryProcess gateway, String kind, String text) throws IOException {
        return upload(gateway, kind, text, folder.resolve("handed-in"));
    }

    private void handInDrafts(CanaryProcess gateway) throws IOException {
        List<String> words = List.of(
                "operator name",
                "operator web-address",
                "operator contact-noc",
                "operator contact-legal",
                "operator tin",
                "operator prefixes",
                "operator as-sets",
                "facility street",
                "facility owner",
                "device name",
                "device overrides",
                "interface name",
                "link counterpart",
                "link hand-over",
                "link contract",
                "licence grounds",
                "licence decision",
                "licence guarantee",
                "licence ownership-file");
        for (String where : words) {
            String[] kindAndField = where.split(" ");
            for (int i = 0; i < 5; i++) {
                String said = switch (kindAndField[1]) {
                    case "web-address" -> "https://alpha.example/" + plant().replace(" ", "");
                    case "overrides" -> "all 100 2026-01-01T00:00:00Z open asked by " + plant();
                    case "contact-noc", "contact-legal", "tin", "prefixes", "as-sets" -> plant();
                    default -> "ask " + plant() + " first";
                };
                assertThat(draft(gateway, kindAndField[0], kindAndField[1], said, "Canary"))
                        .as("%s: %s", where, said)
                        .doesNotContain("done");
            }
        }
        for (int i = 0; i < 5; i++) {
            assertThat(draft(gateway, "operator", "name", "Alpha", "asked by " + plant()))
                    .contains("TEXT_OF_A_PERSON");
        }
        String waiting = "kind=operator\nid=waiting-%d\nfield.name=Waiting %d\ngrounds=says %s\n";
        for (int i = 0; i < 5; i++) {
            assertThat(upload(gateway, "draft", waiting.formatted(i, i, plant())))
                    .contains("refused-with=outcome=TEXT_OF_A_PERSON", "withdrawn-with=outcome=TEXT_OF_A_PERSON");
        }
    }

    private String draft(CanaryProcess gateway, String kind, String field, String said, String reason)
            throws IOException {
        return upload(
                gateway,
                "draft",
                "kind=%s\nid=%s\nfield.%s=%s\nreason=%s\n".formatted(kind, "canary-" + next, field, said, reason));
    }

    private void browse(int port) throws Exception {
        String root = "http://127.0.0.1:" + port;
        try (HttpClient client = HttpClient.newBuilder()
                .localAddress(InetAddress.ofLiteral(CLIENT))
                .build()) {
            for (String path : List.of(
                    "overview",
                    "traffic",
                    "links",
                    "exporters",
                    "status",
                    "sign-in",
                    "audit",
                    "people",
                    "account",
                    "no")) {
                String query = "?q=" + encoded(plant()) + "&where=" + encoded("member=" + plant()) + "&by="
                        + encoded(plant()) + "&from=" + encoded(plant()) + "&lang=" + encoded(plant());
                for (String ending : List.of("", ".json", ".csv")) {
                    send(client, HttpRequest.newBuilder(URI.create(root + "/" + path + ending + query)));
                }
                send(client, HttpRequest.newBuilder(URI.create(root + "/" + path + "/" + encoded(plant()))));
                send(
                        client,
                        HttpRequest.newBuilder(URI.create(root + "/api/v1/" + path + "/" + encoded(plant()) + query)));
            }
            for (String path : List.of(
                    "sign-in",
                    "link/" + encoded(plant()),
                    "sign-out",
                    "account/name",
                    "account/passkeys",
                    "account/tokens",
                    "account/delete",
                    "people/invite",
                    "people/" + encoded(plant()) + "/suspend",
                    "people/proposals/" + encoded(plant()) + "/confirm",
                    "exporters/accept",
                    "api/oauth2/token",
                    "api/v1/changes",
                    "anything")) {
                String form = Stream.of(
                                "name",
                                "id",
                                "address",
                                "reason",
                                "key",
                                "label",
                                "client_id",
                                "client_secret",
                                "response",
                                "form",
                                "site",
                                "role")
                        .map(name -> name + "=" + encoded("{\"id\": \"%s\"}".formatted(plant())))
                        .collect(Collectors.joining("&"));
                for (String origin : List.of(root, "http://localhost:" + port, "http://elsewhere.example")) {
                    send(
                            client,
                            HttpRequest.newBuilder(URI.create(root + "/" + path))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .header("Origin", origin)
                                    .POST(HttpRequest.BodyPublishers.ofString(form)));
                }
                send(
                        client,
                        HttpRequest.newBuilder(URI.create(root + "/" + path))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"%s\": \"%s\"}".formatted(plant(), plant()))));
            }
        }
    }

    /** Heads tell of people too: who they are, by which way they came, where they were before. */
    private void send(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<Void> answer = client.send(
                request.header("User-Agent", "Browser of " + plant())
                        .header("Cookie", "session=" + marks.name(next) + "; __Host-tonle=" + marks.name(next + 1))
                        .header("Authorization", "Bearer " + marks.name(next + 2))
                        .header("X-Forwarded-For", plant())
                        .header("Forwarded", "for=" + plant())
                        .header("Referer", "http://elsewhere.example/" + marks.name(next + 3))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).as(answer.uri().getPath()).isLessThan(500);
    }

    private void order(ControlClient control) throws IOException {
        control.post("/exporters/accept", "{\"id\": \"%s\", \"address\": \"%s\"}".formatted(plant(), marks.name(next)));
        control.post("/exporters/accept", "{\"who\": \"%s\"}".formatted(plant()));
        control.post("/" + marks.name(next), plant());
        control.get("/exporters/" + marks.name(next));
        control.get("/traffic.json?where=" + encoded("member=" + plant()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void searchArchive(PatternSearch search, Path archive, PatternSearch.Found found)
            throws IOException {
        Set<String> names = new java.util.TreeSet<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                names.add(entry.getName());
                try (InputStream in = zip.getInputStream(entry)) {
                    search.search(entry.getName(), in, found);
                }
            }
        }
        assertThat(names).as("tables in the backup").anyMatch(name -> name.contains("registry.change_field"));
    }

    private static void searchFolder(PatternSearch search, Path folder, PatternSearch.Found found) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                search(search, file, found);
            }
        }
    }

    private static void search(PatternSearch search, Path file, PatternSearch.Found found) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            search.search(file.toString(), in, found);
        } catch (java.nio.file.NoSuchFileException _) {
            // A running database takes its own files away.
        }
    }
}
