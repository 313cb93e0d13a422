// SPDX-License-Identifier: Apache-2.0
package tonle.notary.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.base.power.Seed;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;
import tonle.tlog.note.SignatureType;
import tonle.tlog.note.SigningKey;
import tonle.tlog.note.VerifierKey;
import tonle.tlog.tree.Hash;

/** Each kind in octets that were written by hand, and what is not one of them. */
final class EntryTest {
    private static final String DIGEST = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final Hash HASH = Hash.at(HexFormat.of().parseHex(DIGEST), 0);
    private static final Instant AT = Instant.parse("2026-11-24T04:05:06Z");
    private static final VerifierKey SHORT_KEY = key(SignatureType.ED25519);
    private static final VerifierKey LONG_KEY = key(SignatureType.ML_DSA_44_COSIGNATURE);

    private static VerifierKey key(SignatureType type) {
        Outcome<SigningKey> key = SigningKey.ofSeed("demo/log", type, new byte[32]);
        return ((Outcome.Good<SigningKey>) key).value().verifier();
    }

    private static Map<String, Entry> golden() {
        Map<String, Entry> golden = new LinkedHashMap<>();
        golden.put(
                "tonle entry 1 log-opened\nat 2026-11-24T04:05:06Z\norigin demo/log\ned25519-key " + SHORT_KEY.text()
                        + "\nml-dsa-44-key " + LONG_KEY.text() + "\n",
                new Entry.LogOpened(AT, "demo/log", SHORT_KEY, LONG_KEY));
        golden.put(
                "tonle entry 1 log-follows\norigin demo/old\nsize 70000\nroot " + DIGEST
                        + "\nreason the key was lost\n",
                new Entry.LogFollows("demo/old", 70_000, HASH, "the key was lost"));
        golden.put(
                "tonle entry 1 log-closed\nat 2026-11-24T04:05:06Z\nsuccessor demo/new\nreason ប្តូរ​កូនសោ\n",
                new Entry.LogClosed(AT, "demo/new", "ប្តូរ​កូនសោ"));
        golden.put(
                "tonle entry 1 witness-policy\nat 2026-11-24T04:05:06Z\npolicy cXVvcnVtIG5vbmUK\n",
                new Entry.WitnessPolicy(AT, Octets.of("quorum none\n".getBytes(UTF_8))));
        golden.put(
                "tonle entry 1 software\nat 2026-11-24T04:05:06Z\nversion 0.1.0-SNAPSHOT\ndigest " + DIGEST + "\n",
                new Entry.Software(AT, "0.1.0-SNAPSHOT", HASH));
        golden.put(
                "tonle entry 1 configuration\nat 2026-11-24T04:05:00Z\ncommitment " + DIGEST + "\n",
                new Entry.Configuration(Instant.parse("2026-11-24T04:05:00Z"), HASH));
        golden.put(
                "tonle entry 1 heartbeat\nat 1970-01-01T00:00:00Z\nnext-within-seconds 600\n",
                new Entry.Heartbeat(Instant.EPOCH, 600));
        golden.put(
                "tonle entry 1 acts\nfirst 7\nfinal 9\nact read\ncommitment " + DIGEST + "\n",
                new Entry.Acts(7, 9, "read", HASH));
        golden.put(
                "tonle entry 1 registry-decision\ndecision approved\nchange C-17\neffective 2026-12-01\ncommitment "
                        + DIGEST + "\n",
                new Entry.RegistryDecision("approved", "C-17", LocalDate.of(2026, 12, 1), HASH));
        golden.put(
                "tonle entry 1 rule\nrule tariff\nversion 3\nstage approved\neffective 2026-12-31T17:00:00Z\nloosens no\n"
                        + "document " + DIGEST + "\n",
                new Entry.Rule("tariff", 3, "approved", Instant.parse("2026-12-31T17:00:00Z"), false, HASH));
        golden.put(
                "tonle entry 1 month-closed\nmonth 2026-10\nclosing 1\ninvoices 41\ncommitment " + DIGEST + "\n",
                new Entry.MonthClosed(YearMonth.of(2026, 10), 1, 41, HASH));
        golden.put(
                "tonle entry 1 invoice\nmonth 2026-10\nclosing 2\ncommitment " + DIGEST + "\n",
                new Entry.Invoice(YearMonth.of(2026, 10), 2, HASH));
        golden.put(
                "tonle entry 1 rights-changed\nat 2026-11-24T04:05:06Z\nchange granted\nrole auditor\ncommitment "
                        + DIGEST + "\n",
                new Entry.RightsChanged(AT, "granted", "auditor", HASH));
        return golden;
    }

    @Test
    void eachKindHasTheOctetsThatWereWrittenByHandAndIsReadFromThem() {
        Set<EntryKind> seen = EnumSet.noneOf(EntryKind.class);
        golden().forEach((text, entry) -> {
            seen.add(entry.kind());
            assertThat(new String(entry.octets(), UTF_8)).isEqualTo(text);
            assertThat(Entry.read(text.getBytes(UTF_8))).isEqualTo(new Entry.Reading.Good(entry));
        });
        assertThat(seen).as("kinds with a vector").isEqualTo(EnumSet.allOf(EntryKind.class));
    }

    @Test
    void whatIsTakenIsWrittenAgainWithTheSameOctets() {
        int taken = 0;
        for (String text : golden().keySet()) {
            byte[] octets = text.getBytes(UTF_8);
            Seed seed = new Seed(octets.length);
            for (int i = 0; i < 3_000; i++) {
                byte[] changed = mutated(octets, seed);
                if (Entry.read(changed) instanceof Entry.Reading.Good(Entry entry)) {
                    assertThat(entry.octets())
                            .as("seed %d, change %d", octets.length, i)
                            .isEqualTo(changed);
                    taken++;
                }
            }
        }
        assertThat(taken).as("changes that made another entry").isGreaterThan(100);
    }

    private static byte[] mutated(byte[] octets, Seed seed) {
        int at = seed.below(octets.length);
        byte[] changed = octets.clone();
        return switch (seed.below(4)) {
            case 0 -> {
                changed[at] ^= (byte) (1 << seed.below(8));
                yield changed;
            }
            case 1 -> {
                changed[at] = (byte) " 0123456789abcdefZT:-+\n".charAt(seed.below(23));
                yield changed;
            }
            case 2 -> Arrays.copyOf(octets, at);
            case 3 -> {
                byte[] longer = Arrays.copyOf(octets, octets.length + 1);
                System.arraycopy(octets, at, longer, at + 1, octets.length - at);
                yield longer;
            }
            default -> throw new IllegalStateException("four ways");
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "tonle entry 2 heartbeat;at 2026-11-24T04:05:06Z;next-within-seconds 600; | FORM_UNKNOWN | 0",
                "hello; | FORM_UNKNOWN | 0",
                "tonle entry 1 order; | KIND_RESERVED | 14",
                "tonle entry 1 order-stage; | KIND_RESERVED | 14",
                "tonle entry 1 flow; | KIND_UNKNOWN | 14",
                "tonle entry 1 Heartbeat; | KIND_UNKNOWN | 14",
                "tonle entry 1 heartbeat; | FIELD_UNEXPECTED | 24",
                "tonle entry 1 heartbeat;next-within-seconds 600;at 2026-11-24T04:05:06Z; | FIELD_UNEXPECTED | 24",
                "tonle entry 1 heartbeat;at  2026-11-24T04:05:06Z;next-within-seconds 600; | VALUE_INVALID | 27",
                "tonle entry 1 heartbeat;at 2026-11-24T04:05:06.0Z;next-within-seconds 600; | VALUE_INVALID | 27",
                "tonle entry 1 heartbeat;at 2026-11-24T24:00:00Z;next-within-seconds 600; | VALUE_INVALID | 27",
                "tonle entry 1 heartbeat;at 2026-02-30T04:05:06Z;next-within-seconds 600; | VALUE_INVALID | 27",
                "tonle entry 1 heartbeat;at 2026-11-24T04:05:06Z;next-within-seconds 0600; | VALUE_INVALID | 68",
                "tonle entry 1 heartbeat;at 2026-11-24T04:05:06Z;next-within-seconds 600;more 1; | TRAILING | 72",
                "tonle entry 1 heartbeat;at 2026-11-24T04:05:06Z;next-within-seconds 600 | FIELD_UNEXPECTED | 48",
                "tonle entry 1 invoice;month 2026-13;closing 1; | VALUE_INVALID | 28",
                "tonle entry 1 acts;first 1;final 1;act Read; | VALUE_INVALID | 39",
                "tonle entry 1 software;at 2026-11-24T04:05:06Z;version a ;digest 00; | VALUE_INVALID | 55",
            })
    void whatIsNotTheOneFormIsRefusedWhereItIsWrong(String text, EntryFault fault, int position) {
        byte[] octets = text.replace(';', '\n').getBytes(UTF_8);
        assertThat(Entry.read(octets)).isEqualTo(new Entry.Reading.Refused(fault, position));
    }

    @Test
    void octetsThatAreNoTextAndTooManyOfThemAreRefused() {
        assertThat(Entry.read(new byte[] {'a', 0, 'b', '\n'}))
                .isEqualTo(new Entry.Reading.Refused(EntryFault.TEXT_INVALID, 1));
        assertThat(Entry.read(new byte[] {'a', (byte) 0xC0, '\n'}))
                .isEqualTo(new Entry.Reading.Refused(EntryFault.TEXT_INVALID, 1));
        assertThat(Entry.read(new byte[65_536])).isEqualTo(new Entry.Reading.Refused(EntryFault.TOO_LARGE, 65_535));
    }

    @Test
    void textThatLooksOtherThanItIsCannotBeEnteredNorRead() {
        for (String text : List.of("a\u202Eb", "a\u2028b", "a\u0085b", "a\u007Fb", " a", "", "x".repeat(1_001))) {
            Entry entry = new Entry.LogClosed(AT, "demo/new", text);
            assertThatThrownBy(entry::octets).isInstanceOf(IllegalStateException.class);
            byte[] octets = ("tonle entry 1 log-closed\nat 2026-11-24T04:05:06Z\nsuccessor demo/new\nreason " + text
                            + "\n")
                    .getBytes(UTF_8);
            assertThat(Entry.read(octets)).isInstanceOf(Entry.Reading.Refused.class);
        }
    }

    /** Computed with sha256sum: printf 'tonle commitment 1\ninvoice\n' and 32 octets 00 to 1f and 'total 5'. */
    @Test
    void aCommitmentIsTheHashOfItsSubjectSaltAndContent() {
        Octets salt = Octets.of(HexFormat.of().parseHex(DIGEST));
        assertThat(Commitment.digest(EntryKind.INVOICE, salt, "total 5".getBytes(UTF_8))
                        .hex())
                .isEqualTo("302f33bc7a6ed9a1269aaa2b241b41dbea8741646d339a17103949a7d5a8a2d6");
        assertThat(Commitment.digest(EntryKind.MONTH_CLOSED, salt, "total 5".getBytes(UTF_8)))
                .isNotEqualTo(Commitment.digest(EntryKind.INVOICE, salt, "total 5".getBytes(UTF_8)));
    }

    @Test
    void theDocumentOfFilesTellsEveryKindFieldAndFault() throws IOException {
        String document = Files.readString(Path.of(System.getProperty("tonle.root"), "docs/FILES.md"));
        List<String> missing = new ArrayList<>();
        for (EntryKind kind : EntryKind.values()) {
            String row = "| `" + kind.word() + "` | "
                    + String.join(
                            ", ",
                            kind.fields().stream()
                                    .map(field -> "`" + field.name() + "` "
                                            + field.type().name().toLowerCase(java.util.Locale.ROOT))
                                    .toList())
                    + " |";
            if (!document.contains(row)) {
                missing.add(row);
            }
        }
        Stream.of(EntryFault.values())
                .filter(fault -> !document.contains("| `" + fault + "` |"))
                .forEach(fault -> missing.add(fault.name()));
        assertThat(missing).isEmpty();
    }
}
