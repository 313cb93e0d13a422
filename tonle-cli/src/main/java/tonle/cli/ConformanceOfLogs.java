// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.note.VerifierKey;
import tonle.tlog.tile.GrowingTree;
import tonle.tlog.tile.LogFile;
import tonle.tlog.tile.TileOctets;
import tonle.tlog.tile.TileSource;
import tonle.tlog.tile.Tiling;
import tonle.tlog.tile.VerifiedTiles;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.ProofChecks;
import tonle.tlog.tree.Proofs;
import tonle.tlog.tree.TreeHead;
import tonle.tlog.tree.Verdict;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Proofs of transparency-dev/merkle, good and damaged, which must be taken or refused; and a log that
 * transparency-dev/tessera published, with its checkpoint at each size: signature, root, tiles, bundles and proofs
 * must be those that Tonle makes of the same entries.
 */
final class ConformanceOfLogs implements ConformanceCases {
    private static final String INCLUSION = "merkle-inclusion.jsonl";
    private static final String CONSISTENCY = "merkle-consistency.jsonl";
    private static final String LOG = "tessera";

    private final Map<String, JsonNode> proofs = new LinkedHashMap<>();
    private final Map<String, Path> checkpoints = new LinkedHashMap<>();
    private final Path log;

    private ConformanceOfLogs(Path folder) {
        this.log = folder.resolve(LOG);
    }

    static boolean isThere(Path folder) {
        return Files.isRegularFile(folder.resolve(INCLUSION)) || Files.isDirectory(folder.resolve(LOG));
    }

    static ConformanceOfLogs of(Path folder) throws IOException {
        ConformanceOfLogs conformance = new ConformanceOfLogs(folder);
        for (String file : List.of(INCLUSION, CONSISTENCY)) {
            for (String line : Files.readAllLines(folder.resolve(file))) {
                JsonNode proof = JsonMapper.shared().readTree(line);
                conformance.proofs.put(proof.path("case").asString(), proof);
            }
        }
        conformance.checkpoints.put(LOG + "/checkpoint", conformance.log.resolve("checkpoint"));
        for (int size = 0; Files.isRegularFile(conformance.log.resolve("checkpoint." + size)); size++) {
            conformance.checkpoints.put(LOG + "/checkpoint." + size, conformance.log.resolve("checkpoint." + size));
        }
        return conformance;
    }

    @Override
    public List<String> cases() {
        List<String> cases = new ArrayList<>(proofs.keySet());
        cases.addAll(checkpoints.keySet());
        return cases;
    }

    @Override
    public List<Difference> differences(String name) throws IOException {
        if (checkpoints.containsKey(name)) {
            return published(name, checkpoints.get(name));
        }
        JsonNode proof = proofs.get(name);
        Verdict verdict = name.startsWith("inclusion/") ? inclusion(proof) : consistency(proof);
        boolean isRefused = verdict instanceof Verdict.Fails;
        return proof.path("wantErr").asBoolean() == isRefused
                ? List.of()
                : List.of(new Difference(name, "wantErr", proof.path("wantErr").toString(), verdict.toString()));
    }

    private static Verdict inclusion(JsonNode proof) {
        Outcome<Verdict> checked = hash(proof.path("leafHash"))
                .then(leaf -> hash(proof.path("root"))
                        .then(root -> hashes(proof.path("proof"))
                                .then(path -> head(proof.path("treeSize"), root)
                                        .map(head -> ProofChecks.inclusion(
                                                path, head, number(proof.path("leafIdx")), leaf)))));
        return verdict(checked);
    }

    private static Verdict consistency(JsonNode proof) {
        Outcome<Verdict> checked = hashes(proof.path("proof"))
                .then(path -> head(proof.path("size1"), root(proof.path("root1")))
                        .then(older -> head(proof.path("size2"), root(proof.path("root2")))
                                .map(newer -> ProofChecks.consistency(path, older, newer))));
        return verdict(checked);
    }

    /**
     * Some cases compare roots that are words and no hashes ("don't care"). What they ask is whether two are equal, so
     * the hash of the word stands for it.
     */
    private static Hash root(JsonNode text) {
        return switch (hash(text)) {
            case Outcome.Good<Hash>(Hash hash) -> hash;
            case Outcome.Refused<Hash> _ -> Merkle.leaf(Base64.getDecoder().decode(text.asString("")));
        };
    }

    private static Outcome<TreeHead> head(JsonNode size, Hash root) {
        long number = number(size);
        return number < 0 ? Outcome.refused(LogFault.SIZE_NEGATIVE, number) : Outcome.good(new TreeHead(number, root));
    }

    /** Unsigned 64 bits, of which the upper half is below nought here, and refused as such. */
    private static long number(JsonNode number) {
        return new BigInteger(number.toString()).longValue();
    }

    private static Outcome<Hash> hash(JsonNode base64) {
        return Hash.ofBase64(base64.isNull() ? "" : base64.asString());
    }

    private static Outcome<List<Hash>> hashes(JsonNode texts) {
        List<Hash> hashes = new ArrayList<>();
        for (JsonNode text : texts) {
            switch (hash(text)) {
                case Outcome.Good<Hash>(Hash hash) -> hashes.add(hash);
                case Outcome.Refused<Hash> refused -> {
                    return refused.as();
                }
            }
        }
        return Outcome.good(hashes);
    }

    private static Verdict verdict(Outcome<Verdict> checked) {
        return switch (checked) {
            case Outcome.Good<Verdict>(Verdict verdict) -> verdict;
            case Outcome.Refused<Verdict>(LogFault fault, long position) -> new Verdict.Fails(fault, position);
        };
    }

    private Outcome<TrustedCheckpoint> open(Path checkpoint) throws IOException {
        String key = Files.readString(log.resolve("vkey.txt")).strip();
        byte[] octets = Files.readAllBytes(checkpoint);
        return VerifierKey.parse(key)
                .then(verifier ->
                        TrustedCheckpoint.open(octets, new LogIdentity(verifier.name(), List.of(verifier)), List.of()));
    }

    private List<Difference> published(String name, Path checkpoint) throws IOException {
        return switch (open(checkpoint)) {
            case Outcome.Refused<TrustedCheckpoint> refused ->
                List.of(new Difference(name, "note", "verified", refused.toString()));
            case Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint opened) -> published(name, opened);
        };
    }

    private List<Difference> published(String name, TrustedCheckpoint opened) throws IOException {
        List<Difference> differences = new ArrayList<>();
        TreeHead head = opened.head();
        compare(name, "text", opened.note().text(), opened.checkpoint().text(), differences);
        GrowingTree tree = new GrowingTree();
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (LogFile.EntryBundle bundle : Tiling.bundles(head.size())) {
            byte[] octets = Files.readAllBytes(log.resolve(bundle.path()));
            Outcome<List<byte[]>> entries = TileOctets.entries(octets, bundle.width());
            if (entries instanceof Outcome.Good<List<byte[]>>(List<byte[]> read)) {
                read.forEach(
                        entry -> tree.append(Merkle.leaf(entry), (tile, content) -> files.put(tile.path(), content)));
                Outcome<byte[]> written = TileOctets.bundle(read);
                if (written instanceof Outcome.Good<byte[]>(byte[] content)) {
                    files.put(bundle.path(), content);
                }
            } else {
                differences.add(new Difference(name, bundle.path(), "entries", entries.toString()));
            }
        }
        tree.partialTiles((tile, content) -> files.put(tile.path(), content));
        compare(name, "head", head.toString(), tree.head().toString(), differences);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] theirs = Files.readAllBytes(log.resolve(file.getKey()));
            compare(name, file.getKey(), base64(theirs), base64(file.getValue()), differences);
        }
        proofsFromTiles(name, head, differences);
        return differences;
    }

    /** Out of the published tiles: each entry is in the tree, and each older checkpoint is its beginning. */
    private void proofsFromTiles(String name, TreeHead head, List<Difference> differences) throws IOException {
        TileSource source = tile -> {
            try {
                return Outcome.good(Files.readAllBytes(log.resolve(tile.path())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        VerifiedTiles tiles = new VerifiedTiles(head, source);
        for (long size = 0; size <= head.size(); size++) {
            Path path = log.resolve("checkpoint." + size);
            Optional<TreeHead> older = open(path) instanceof Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint opened)
                    ? Optional.of(opened.head())
                    : Optional.empty();
            Outcome<String> proven = Proofs.consistency(size, head.size(), tiles)
                    .then(proof -> ProofChecks.consistency(proof, older.orElse(TreeHead.EMPTY), head)
                            .proving("proven"));
            compare(name, "consistent with " + size, Outcome.good("proven").toString(), proven.toString(), differences);
        }
        for (LogFile.EntryBundle bundle : Tiling.bundles(head.size())) {
            byte[] octets = Files.readAllBytes(log.resolve(bundle.path()));
            if (TileOctets.entries(octets, bundle.width())
                    instanceof Outcome.Good<List<byte[]>>(List<byte[]> entries)) {
                for (int i = 0; i < entries.size(); i++) {
                    long index = bundle.index() * LogFile.WIDTH_MAX + i;
                    Hash leaf = Merkle.leaf(entries.get(i));
                    Outcome<String> proven = Proofs.inclusion(index, head.size(), tiles)
                            .then(proof -> ProofChecks.inclusion(proof, head, index, leaf)
                                    .proving("proven"));
                    String figure = "entry " + index;
                    compare(name, figure, Outcome.good("proven").toString(), proven.toString(), differences);
                }
            }
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private static void compare(String name, String figure, String expected, String got, List<Difference> differences) {
        if (!expected.equals(got)) {
            differences.add(new Difference(name, figure, expected, got));
        }
    }
}
