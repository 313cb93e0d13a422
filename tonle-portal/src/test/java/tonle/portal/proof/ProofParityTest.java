// SPDX-License-Identifier: Apache-2.0
package tonle.portal.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.Seed;
import tonle.notary.check.CheckStep;
import tonle.notary.check.LogCheck;
import tonle.notary.entry.Entry;
import tonle.portal.fixture.TestBrowser;
import tonle.testkit.SettableClock;
import tonle.tlog.LogFault;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.SignatureType;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.SigningKey;
import tonle.tlog.proof.ProofFile;
import tonle.tlog.proof.TrustPolicy;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.HashReader;
import tonle.tlog.tree.Merkle;
import tonle.tlog.tree.Proofs;
import tonle.tlog.tree.TreeHead;

/** The checker in the browser and that of the command line, written apart from each other, over one table of damage. */
class ProofParityTest {
    private static final long NOW_SECONDS = 1_790_000_000L;
    private static final long SEED = 20_261_124L;
    private static final int EACH = 400;

    @TempDir
    static Path folder;

    static TestBrowser chromium;
    static Page page;

    /** A proof and a policy, of which one may be damaged, and in words how. */
    private record Case(String how, byte[] proof, byte[] policy) {}

    /** What a checker found. @param step empty where all holds */
    private record Found(String verdict, String step, String fault, String position) {}

    @BeforeAll
    static void open() {
        chromium = new TestBrowser();
        page = chromium.browser().newPage();
        page.navigate(folder.toUri().toString());
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(new String(ProofScript.octets(), UTF_8)));
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void bothFindTheSameInWholeAndDamagedProofs() {
        Seed seed = new Seed(SEED);
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            Country country = new Country(seed);
            Seed chance = seed.fork("case " + i);
            cases.add(new Case("whole " + i, country.proof, country.policy));
            Damage proof = Damage.of(country.proof, chance);
            cases.add(new Case("proof " + i + ": " + proof.how(), proof.octets(), country.policy));
            Damage policy = Damage.of(country.policy, chance);
            cases.add(new Case("policy " + i + ": " + policy.how(), country.proof, policy.octets()));
        }
        Set<String> seen = compared(cases);
        // The table is worth what it reaches: every step fails in it, and holds in it.
        assertThat(seen).contains("PROVED", "READ", "TRUST", "LOG", "WITNESSES", "PATH");
        assertThat(seen).hasSizeGreaterThan(25);
    }

    @Test
    void everyOctetOfAProofThatIsChangedIsFoundByBothAtTheSamePlace() {
        Country country = new Country(new Seed(SEED + 1));
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < country.proof.length; i++) {
            byte[] changed = country.proof.clone();
            changed[i] ^= (byte) (1 << i % 8);
            cases.add(new Case("octet " + i, changed, country.policy));
        }
        compared(cases);
    }

    @Test
    void whatIsWrittenByHandIsJudgedAlike() {
        Country country = new Country(new Seed(SEED + 2));
        String proof = new String(country.proof, UTF_8);
        String policy = new String(country.policy, UTF_8);
        List<Case> cases = new ArrayList<>();
        for (String other : List.of(
                "",
                "\n",
                "no proof\n",
                proof.stripTrailing(),
                proof.replace("\n", "\r\n"),
                "\ufeff" + proof,
                proof.replace("index ", "index 0"),
                proof.replace("index ", "index 92233720368547758"),
                proof.replace("tlog-proof@v1", "tlog-proof@v2"),
                proof + proof.substring(proof.lastIndexOf("— ")),
                proof + "— stranger " + "AAAAAAAA\n".repeat(120),
                proof + "— stranger AAAAAAAA\n".repeat(120),
                proof + "— stran+ger AAAAAAAA\n",
                proof + "— stranger AAAA\n",
                proof.substring(0, proof.indexOf("— ")))) {
            cases.add(new Case(other, other.getBytes(UTF_8), country.policy));
        }
        for (byte[] octets : List.of(
                new byte[] {(byte) 0xC3}, new byte[] {(byte) 0xE0, (byte) 0x80}, new byte[] {'a', (byte) 0xF5, 'b'})) {
            cases.add(new Case("not UTF-8 " + Arrays.toString(octets), octets, country.policy));
        }
        String weak = new String(Base64.getEncoder().encode(point(0)), ISO_8859_1);
        String none = new String(Base64.getEncoder().encode(point(2)), ISO_8859_1);
        String over = new String(Base64.getEncoder().encode(overlong()), ISO_8859_1);
        for (String other : List.of(
                "",
                "quorum none\n",
                policy.replace("quorum", "# quorum"),
                policy + "quorum none\n",
                policy.replace(" ", "\t  "),
                policy.replaceAll("group all \\w+", "group all 9"),
                "log weak+00000000+" + weak + "\nquorum none\n",
                "log none+00000000+" + none + "\nquorum none\n",
                "log over+00000000+" + over + "\nquorum none\n",
                "group none any a b\nquorum none\n",
                "group g any a b\nquorum g\n",
                policy + "\u00a0\n")) {
            cases.add(new Case(other, country.proof, other.getBytes(UTF_8)));
        }
        compared(cases);
    }

    @Test
    void aBrowserWithoutMlDsaNamesWhatItDidNotCheckAndNeverSaysMore() {
        Seed seed = new Seed(SEED + 3);
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            Country country = new Country(seed);
            cases.add(new Case("whole " + i, country.proof, country.policy));
        }
        Page poor = chromium.browser().newPage();
        poor.addInitScript("""
                const whole = SubtleCrypto.prototype.importKey;
                SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...rest) {
                  return algorithm === "ML-DSA-44"
                    ? Promise.reject(new DOMException("none", "NotSupportedError"))
                    : whole.call(this, format, key, algorithm, ...rest);
                };""");
        poor.navigate(folder.toUri().toString());
        poor.addScriptTag(new Page.AddScriptTagOptions().setContent(new String(ProofScript.octets(), UTF_8)));
        List<?> found = asked(poor, cases);
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < cases.size(); i++) {
            List<?> one = (List<?>) found.get(i);
            Found java = java(cases.get(i).proof, cases.get(i).policy);
            String verdict = one.get(0).toString();
            boolean isUnchecked = one.get(4).toString().contains("(ML-DSA-44)");
            assertThat(verdict)
                    .as("seed " + SEED + ", " + cases.get(i).how)
                    .isIn(isUnchecked ? Set.of(java.verdict, "UNSAID") : Set.of(java.verdict));
            seen.add(verdict + (isUnchecked ? " in part" : ""));
        }
        assertThat(seen).contains("PROVED in part", "PROVED", "UNSAID in part", "NOT_PROVED");
        poor.close();
    }

    @Test
    void samplesAreWhatTheyAreCalled() {
        SettableClock clock = new SettableClock(NOW_SECONDS * 1_000);
        ProofSamples samples = ProofSamples.make(clock, new SecureRandom());
        byte[] policy = samples.policy().getBytes(UTF_8);
        Map<ProofSamples.Kind, Found> found = samples.proofs().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, e -> java(e.getValue().octets(), policy)));
        assertThat(found.get(ProofSamples.Kind.GOOD).verdict).isEqualTo("PROVED");
        assertThat(found.get(ProofSamples.Kind.OLD).verdict).isEqualTo("PROVED");
        assertThat(found.get(ProofSamples.Kind.BROKEN).fault).isEqualTo("ROOT_MISMATCH");
        assertThat(found.get(ProofSamples.Kind.WRONG_KEY).fault).isEqualTo("LOG_SIGNATURE_MISSING");
        assertThat(found.get(ProofSamples.Kind.FEW_WITNESSES).fault).isEqualTo("QUORUM_MISSED");
        compared(samples.proofs().entrySet().stream()
                .map(e -> new Case(e.getKey().key(), e.getValue().octets(), policy))
                .toList());
    }

    /** @return the verdicts, steps and faults that came up */
    private static Set<String> compared(List<Case> cases) {
        Set<String> seen = new TreeSet<>();
        List<?> found = asked(page, cases);
        for (int i = 0; i < cases.size(); i++) {
            List<?> one = (List<?>) found.get(i);
            assertThat(one.get(4)).as("this browser has both methods").isEqualTo("");
            Found browser = new Found(
                    one.get(0).toString(),
                    one.get(1).toString(),
                    one.get(2).toString(),
                    one.get(3).toString());
            Found java = java(cases.get(i).proof, cases.get(i).policy);
            String as = "seed " + SEED + ", " + cases.get(i).how;
            // The browser parts what the command calls signatures into the log's and the witnesses'.
            boolean isSameStep = browser.step.equals(java.step)
                    || java.step.equals("SIGNATURES")
                            && Set.of("LOG", "WITNESSES").contains(browser.step);
            assertThat(new Found(
                            browser.verdict, isSameStep ? java.step : browser.step, browser.fault, browser.position))
                    .as(as)
                    .isEqualTo(java);
            seen.add(browser.verdict);
            seen.add(browser.step);
            seen.add(browser.fault);
        }
        return seen;
    }

    /** Verdict, step, fault, position and what was not checked, for each case. */
    private static List<?> asked(Page page, List<Case> cases) {
        List<List<String>> asked = cases.stream()
                .map(c -> List.of(
                        Base64.getEncoder().encodeToString(c.proof),
                        Base64.getEncoder().encodeToString(c.policy)))
                .toList();
        return (List<?>) page.evaluate("""
                async ([cases, now]) => {
                  const octets = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
                  const found = [];
                  for (const [proof, policy] of cases) {
                    const r = await TonleProof.check(octets(proof), octets(policy), now);
                    found.push([r.verdict, r.step, r.fault, r.position, r.unchecked.join()]);
                  }
                  return found;
                }""", List.of(asked, (double) NOW_SECONDS));
    }

    private static Found java(byte[] proof, byte[] policy) {
        return switch (ProofFile.parse(proof)) {
            case Outcome.Refused<ProofFile>(LogFault fault, long at) ->
                new Found("UNSAID", "READ", fault + "", at + "");
            case Outcome.Good<ProofFile>(ProofFile file) ->
                switch (TrustPolicy.parse(policy)) {
                    case Outcome.Refused<TrustPolicy>(LogFault fault, long at) ->
                        new Found("UNSAID", "TRUST", fault + "", at + "");
                    case Outcome.Good<TrustPolicy>(TrustPolicy trust) ->
                        switch (LogCheck.file(file, trust, NOW_SECONDS)) {
                            case LogCheck.Result.Holds<LogCheck.ProvenEntry> holds -> new Found("PROVED", "", "", "");
                            case LogCheck.Result.Fails<LogCheck.ProvenEntry>(CheckStep step, LogFault fault, long at) ->
                                new Found(
                                        "NOT_PROVED",
                                        step == CheckStep.INCLUSION ? "PATH" : step.name(),
                                        fault + "",
                                        at + "");
                        };
                };
        };
    }

    private static byte[] point(int y) {
        byte[] typed = new byte[33];
        typed[0] = 1;
        typed[1] = (byte) y;
        return typed;
    }

    /** The y of the base point, with the prime added: the same point in a second way, which is refused. */
    private static byte[] overlong() {
        byte[] typed = new byte[33];
        Arrays.fill(typed, (byte) 0xFF);
        typed[0] = 1;
        typed[1] = (byte) 0xF0;
        typed[32] = 0x7F;
        return typed;
    }

    /** One change, or several, of some octets. */
    private record Damage(String how, byte[] octets) {
        static Damage of(byte[] whole, Seed chance) {
            byte[] octets = whole.clone();
            int at = chance.below(octets.length);
            int to = at + 1 + chance.below(Math.min(40, octets.length - at));
            return switch (chance.below(7)) {
                case 0 -> {
                    octets[at] ^= (byte) (1 << chance.below(8));
                    yield new Damage("a bit of octet " + at, octets);
                }
                case 1 -> new Damage("cut at " + at, Arrays.copyOf(octets, at));
                case 2 -> new Damage("without " + at + " to " + to, spliced(octets, at, to, new byte[0]));
                case 3 ->
                    new Damage(
                            at + " to " + to + " twice", spliced(octets, at, at, Arrays.copyOfRange(octets, at, to)));
                case 4 -> {
                    byte[] letters = "0129+/=A \n—".getBytes(UTF_8);
                    octets[at] = letters[chance.below(letters.length)];
                    yield new Damage("another letter at " + at, octets);
                }
                case 5 -> lines(octets, chance, false);
                default -> lines(octets, chance, true);
            };
        }

        private static Damage lines(byte[] octets, Seed chance, boolean isDoubling) {
            List<String> lines = new ArrayList<>(List.of(new String(octets, ISO_8859_1).split("(?<=\n)")));
            int at = chance.below(lines.size());
            String line = isDoubling ? lines.get(at) : lines.remove(at);
            int to = chance.below(lines.size() + 1);
            lines.add(to, line);
            return new Damage(
                    "line " + at + (isDoubling ? " again at " : " moved to ") + to,
                    String.join("", lines).getBytes(ISO_8859_1));
        }

        private static byte[] spliced(byte[] octets, int from, int to, byte[] middle) {
            byte[] spliced = new byte[from + middle.length + octets.length - to];
            System.arraycopy(octets, 0, spliced, 0, from);
            System.arraycopy(middle, 0, spliced, from, middle.length);
            System.arraycopy(octets, to, spliced, from + middle.length, octets.length - to);
            return spliced;
        }
    }

    /** A log of some size with its witnesses, keys of both methods, signatures at all sorts of times. */
    private static final class Country {
        private static final int SIZE_MAX = 700;
        private static final SignatureType[] COSIGNATURES = {
            SignatureType.ED25519_COSIGNATURE, SignatureType.ML_DSA_44_COSIGNATURE
        };

        final byte[] proof;
        final byte[] policy;

        Country(Seed seed) {
            int size = 1 + seed.below(SIZE_MAX);
            int index = seed.below(size);
            List<byte[]> entries = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                entries.add(new Entry.Heartbeat(java.time.Instant.ofEpochSecond(NOW_SECONDS + i), 60).octets());
            }
            List<Hash> leaves = entries.stream().map(Merkle::leaf).toList();
            HashReader nodes = wanted -> Outcome.good(wanted.stream()
                    .map(n -> Merkle.row(leaves.subList((int) (n.index() << n.level()), (int) n.end())))
                    .toList());
            Checkpoint checkpoint = new Checkpoint("parity.example/log", good(TreeHead.at(size, nodes)));
            List<SigningKey> logKeys = List.of(
                    key(checkpoint.origin(), SignatureType.ED25519, seed),
                    key(checkpoint.origin(), SignatureType.ML_DSA_44_COSIGNATURE, seed));
            StringBuilder words = new StringBuilder("# whom one trusts\n");
            List<NoteSignature> signatures = new ArrayList<>();
            for (SigningKey key : logKeys) {
                words.append("log ").append(key.verifier().text()).append(" https://parity.example/\n");
                if (seed.below(8) > 0) {
                    signatures.add(key.sign(checkpoint, NOW_SECONDS));
                }
            }
            int witnesses = 1 + seed.below(4);
            StringBuilder group = new StringBuilder("group all " + (1 + seed.below(witnesses)));
            for (int i = 0; i < witnesses; i++) {
                SigningKey key = key("witness-" + i + ".example", COSIGNATURES[seed.below(2)], seed);
                words.append("witness w" + i + " ")
                        .append(key.verifier().text())
                        .append('\n');
                group.append(" w").append(i);
                // Some not at all, some from the future, one at the very moment.
                if (seed.below(5) > 0) {
                    signatures.add(
                            seed.below(signatures.size() + 1),
                            key.sign(checkpoint, NOW_SECONDS - seed.below(900) + (seed.below(9) == 0 ? 1_000 : 0)));
                }
            }
            if (signatures.isEmpty() || seed.below(4) == 0) {
                signatures.add(key("stranger.example", COSIGNATURES[0], seed).sign(checkpoint, NOW_SECONDS));
            }
            policy = words.append(group).append("\nquorum all\n").toString().getBytes(UTF_8);
            proof = new ProofFile(
                            java.util.Optional.of(Octets.of(entries.get(index))),
                            index,
                            good(Proofs.inclusion(index, size, nodes)),
                            new SignedNote(checkpoint.text(), signatures))
                    .octets();
        }

        private static SigningKey key(String name, SignatureType type, Seed seed) {
            byte[] secret = new byte[32];
            for (int i = 0; i < secret.length; i++) {
                secret[i] = (byte) seed.nextLong();
            }
            return good(SigningKey.ofSeed(name, type, secret));
        }

        private static <T> T good(Outcome<T> outcome) {
            return ((Outcome.Good<T>) outcome).value();
        }
    }
}
