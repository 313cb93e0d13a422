// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tonle.traffic.account.Account;
import tonle.traffic.account.AccountKey;
import tonle.traffic.account.AccountQuestion;
import tonle.traffic.account.CaptureAccounting;
import tonle.traffic.account.Grouping;
import tonle.traffic.account.Placement;
import tonle.traffic.account.TemplateReach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the account's JSON document with reference answers, case by case. It reads the very text that users get, so
 * the contract's names are tested with its figures.
 */
final class Conformance implements ConformanceCases {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final int BIN_SECONDS = 10;
    /** The reference answers number ten-second bins from where the laboratory's packet trace begins. */
    private static final long TRACE_START_SECONDS =
            Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();

    private static final Map<String, String> DATAGRAMS =
            Map.of("netflow5", "netflow5", "netflow9", "netflow9", "ipfix_messages", "ipfix", "sflow5", "sflow5");
    private static final Map<String, String> SFLOW = Map.of(
            "frame_octets", "octets",
            "frame_octets_scaled", "scaledOctets",
            "packets_scaled", "scaledPackets",
            "ip_total_length", "ipTotalLength",
            "ip_total_length_scaled", "ipTotalLengthScaled");
    private static final Set<String> ACCOUNT = new LinkedHashSet<>(List.of(
            "octets",
            "packets",
            "reverse_octets",
            "reverse_packets",
            "total_octets",
            "total_packets",
            "scaled_octets",
            "scaled_packets",
            "records_without_rate"));
    private static final Map<String, String> TABLES = Map.of(
            "protocol", "protocol",
            "ingress", "ingress",
            "egress", "egress",
            "ipversion", "ip-version",
            "exporter_domain", "exporter");

    private final Path folder;
    private final JsonNode root;

    private Conformance(Path folder, JsonNode root) {
        this.folder = folder;
        this.root = root;
    }

    static Conformance of(Path folder, Path answers) throws IOException {
        return new Conformance(folder, MAPPER.readTree(Files.readAllBytes(answers)));
    }

    @Override
    public List<String> cases() {
        return List.copyOf(root.path("cases").propertyNames());
    }

    @Override
    public List<Difference> differences(String name) throws IOException {
        JsonNode expected = root.path("cases").path(name);
        List<Path> files = new ArrayList<>();
        expected.path("files").forEach(file -> files.add(folder.resolve(file.asString())));
        JsonNode got = account(files);
        List<Difference> differences = new ArrayList<>();
        JsonNode totals = got.path("totals");
        DATAGRAMS.forEach((from, to) -> {
            JsonNode figure = expected.path("datagrams").path(from);
            compare(
                    name,
                    "datagrams." + from,
                    figure.isMissingNode() ? zero() : figure,
                    totals.path("datagrams").path(to),
                    differences);
        });
        compare(
                name,
                "records.flow",
                expected.path("records").path("flow"),
                totals.path("records").path("flow"),
                differences);
        compare(
                name,
                "records.options_data",
                expected.path("records").path("options_data"),
                totals.path("records").path("options"),
                differences);
        for (String figure : ACCOUNT) {
            compare(
                    name,
                    "account." + figure,
                    expected.path("account").path(figure),
                    totals.path(camel(figure)),
                    differences);
        }
        SFLOW.forEach((from, to) -> compare(
                name,
                "sflow." + from,
                expected.path("sflow").path(from),
                got.path("sflow").path(to),
                differences));
        for (String table : new TreeSet<>(expected.path("by").propertyNames())) {
            compareTable(
                    name, table, expected.path("by").path(table), got.path("by").path(TABLES.get(table)), differences);
        }
        compareBins(name, expected.path("octets_by_10s_bin").path("values"), got, differences);
        return differences;
    }

    private static JsonNode account(List<Path> files) throws IOException {
        List<Grouping> groupings = List.of(
                Grouping.of(AccountKey.PROTOCOL),
                Grouping.of(AccountKey.INGRESS),
                Grouping.of(AccountKey.EGRESS),
                Grouping.of(AccountKey.IP_VERSION),
                Grouping.of(AccountKey.EXPORTER),
                Grouping.of(AccountKey.BIN));
        AccountQuestion question = new AccountQuestion(groupings, BIN_SECONDS, TemplateReach.SO_FAR, Placement.NONE);
        Account account = new CaptureAccounting(question).read(files, (_, _, _) -> {});
        StringBuilder text = new StringBuilder();
        new AccountDocument(account, files, Integer.MAX_VALUE).write(text, AccountDocument.FIELDS);
        return MAPPER.readTree(text.toString());
    }

    private static JsonNode zero() {
        return MAPPER.getNodeFactory().numberNode(0);
    }

    /** What the reference does not state is not compared. */
    private static void compare(
            String name, String figure, JsonNode expected, JsonNode got, List<Difference> differences) {
        if (!expected.isMissingNode() && (!got.isNumber() || expected.asLong() != got.asLong())) {
            differences.add(new Difference(
                    name, figure, expected.toString(), got.isMissingNode() ? "nothing" : got.toString()));
        }
    }

    private static void compareTable(
            String name, String table, JsonNode expected, JsonNode got, List<Difference> differences) {
        Set<String> keys = new TreeSet<>(expected.propertyNames());
        if (got.isObject()) {
            keys.addAll(got.propertyNames());
        }
        for (String key : keys) {
            for (String figure : List.of("records", "octets", "packets")) {
                JsonNode right = expected.path(key).path(figure);
                JsonNode ours = got.path(key).path(figure);
                if (right.asLong(-1) != ours.asLong(-1)) {
                    differences.add(new Difference(
                            name,
                            "by." + table + "." + key + "." + figure,
                            right.isMissingNode() ? "nothing" : right.toString(),
                            ours.isMissingNode() ? "nothing" : ours.toString()));
                }
            }
        }
    }

    /** The sum is exact; each bin is within one octet for each record that touches it. */
    private static void compareBins(String name, JsonNode values, JsonNode got, List<Difference> differences) {
        if (values.isMissingNode()) {
            return;
        }
        JsonNode bins = got.path("by").path("bin");
        long sum = 0;
        Set<String> unseen = new TreeSet<>(values.propertyNames());
        for (String start : bins.propertyNames()) {
            long seconds = Instant.parse(start).getEpochSecond() - TRACE_START_SECONDS;
            String key = Long.toString(Math.floorDiv(seconds, (long) BIN_SECONDS));
            unseen.remove(key);
            long octets = bins.path(start).path("octets").asLong();
            long records = bins.path(start).path("records").asLong();
            sum += octets;
            double right = values.path(key).asDouble(0);
            if (Math.abs(right - octets) > records) {
                String figure = "octets_by_10s_bin." + key;
                differences.add(new Difference(name, figure, right + " ± " + records, Long.toString(octets)));
            }
        }
        for (String key : unseen) {
            if (values.path(key).asDouble() >= 1) {
                differences.add(new Difference(
                        name, "octets_by_10s_bin." + key, values.path(key).toString(), "nothing"));
            }
        }
        long total = got.path("totals").path("totalOctets").asLong();
        if (sum != total) {
            differences.add(new Difference(name, "octets_by_10s_bin.sum", Long.toString(total), Long.toString(sum)));
        }
    }

    private static String camel(String snake) {
        String[] words = snake.split("_");
        StringBuilder camel = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            camel.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return camel.toString();
    }
}
