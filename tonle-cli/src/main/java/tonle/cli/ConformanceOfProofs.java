// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tonle.tlog.Outcome;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.HashReader;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.ProofChecks;
import tonle.tlog.tree.Proofs;
import tonle.tlog.tree.TreeHead;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Roots and proofs of small trees, computed elsewhere ({@code merkle-vectors.json}), against those made here. */
final class ConformanceOfProofs implements ConformanceCases {
    static final String FILE = "merkle-vectors.json";

    /** What is expected, and what is made here, as text. */
    private record Pair(String expected, Supplier<String> got) {}

    private final Map<String, Pair> cases = new LinkedHashMap<>();

    static ConformanceOfProofs of(Path vectors) throws IOException {
        ConformanceOfProofs conformance = new ConformanceOfProofs();
        conformance.collect(JsonMapper.shared().readTree(Files.readAllBytes(vectors)));
        return conformance;
    }

    @Override
    public List<String> cases() {
        return List.copyOf(cases.keySet());
    }

    @Override
    public List<Difference> differences(String name) {
        Pair pair = cases.get(name);
        String got = pair.got.get();
        return pair.expected.equals(got) ? List.of() : List.of(new Difference(name, "value", pair.expected, got));
    }

    private void collect(JsonNode root) {
        cases.put("empty-root", new Pair(root.path("empty_root").asString(), Merkle.EMPTY_ROOT::hex));
        List<Hash> leaves = new ArrayList<>();
        root.path("leaves_hex")
                .forEach(leaf -> leaves.add(Merkle.leaf(HexFormat.of().parseHex(leaf.asString()))));
        for (int i = 0; i < root.path("roots").size(); i++) {
            int size = i + 1;
            cases.put("root/" + size, new Pair(root.path("roots").get(i).asString(), () -> rootOf(leaves, size)));
        }
        root.path("inclusion")
                .forEach(one -> inclusion(
                        leaves, one.path("index").asInt(), one.path("size").asInt(), one.path("path")));
        root.path("consistency")
                .forEach(one -> consistency(
                        leaves, one.path("first").asInt(), one.path("second").asInt(), one.path("path")));
        statement(root.path("statement"));
    }

    private void statement(JsonNode statement) {
        List<Hash> lines = new ArrayList<>();
        statement
                .path("lines")
                .forEach(line -> lines.add(Merkle.leaf(line.asString().getBytes(UTF_8))));
        int size = lines.size();
        cases.put("statement/root", new Pair(statement.path("root").asString(), () -> rootOf(lines, size)));
        cases.put(
                "statement/root-without-last",
                new Pair(statement.path("root_without_last").asString(), () -> rootOf(lines, size - 1)));
        for (String name : statement.propertyNames()) {
            String[] words = name.split("_");
            if (words[0].equals("inclusion")) {
                inclusion(lines, Integer.parseInt(words[1]), size, statement.path(name));
            } else if (words[0].equals("consistency")) {
                consistency(lines, Integer.parseInt(words[1]), Integer.parseInt(words[2]), statement.path(name));
            }
        }
    }

    private void inclusion(List<Hash> leaves, int index, int size, JsonNode path) {
        cases.put("inclusion/" + index + "-of-" + size + "/" + cases.size(), new Pair(hashes(path), () -> {
            Outcome<List<Hash>> proof = Proofs.inclusion(index, size, reader(leaves));
            Outcome<String> checked = proof.then(made -> head(leaves, size)
                    .then(head -> ProofChecks.inclusion(made, head, index, leaves.get(index))
                            .proving(hex(made))));
            return text(checked);
        }));
    }

    private void consistency(List<Hash> leaves, int first, int second, JsonNode path) {
        cases.put("consistency/" + first + "-" + second + "/" + cases.size(), new Pair(hashes(path), () -> {
            Outcome<List<Hash>> proof = Proofs.consistency(first, second, reader(leaves));
            Outcome<String> checked = proof.then(made -> head(leaves, first)
                    .then(older -> head(leaves, second)
                            .then(newer ->
                                    ProofChecks.consistency(made, older, newer).proving(hex(made)))));
            return text(checked);
        }));
    }

    private static String hashes(JsonNode path) {
        List<String> hashes = new ArrayList<>();
        path.forEach(hash -> hashes.add(hash.asString()));
        return String.join(" ", hashes);
    }

    private static String hex(List<Hash> hashes) {
        return String.join(" ", hashes.stream().map(Hash::hex).toList());
    }

    private static String rootOf(List<Hash> leaves, int size) {
        return text(head(leaves, size).map(head -> head.root().hex()));
    }

    private static Outcome<TreeHead> head(List<Hash> leaves, int size) {
        return TreeHead.at(size, reader(leaves));
    }

    private static String text(Outcome<String> outcome) {
        return switch (outcome) {
            case Outcome.Good<String>(String value) -> value;
            case Outcome.Refused<String> refused -> refused.fault() + " at " + refused.position();
        };
    }

    /** Nodes of a tree whose leaves are at hand. */
    static HashReader reader(List<Hash> leaves) {
        return nodes -> Outcome.good(nodes.stream()
                .map(node -> Merkle.row(leaves.subList((int) (node.index() << node.level()), (int) node.end())))
                .toList());
    }
}
