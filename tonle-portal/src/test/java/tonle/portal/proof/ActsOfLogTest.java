// SPDX-License-Identifier: Apache-2.0
package tonle.portal.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.Seed;
import tonle.notary.check.LogSource;
import tonle.notary.entry.Entry;
import tonle.notary.log.LogPlaces;
import tonle.notary.log.Placed;
import tonle.notary.log.PublicLog;
import tonle.notary.log.Witnesses;
import tonle.registry.audit.ActsInLog;
import tonle.registry.audit.AuditDigest;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditRange;
import tonle.registry.audit.AuditTrail;
import tonle.registry.audit.Outbox;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;
import tonle.testdatabase.TestDatabase;
import tonle.testkit.SettableClock;
import tonle.tlog.Outcome;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.Merkle;

class ActsOfLogTest {
    private static final long SEED = 17;
    private static final int ENTRIES = 1_500;

    @TempDir
    Path folder;

    final SettableClock clock = new SettableClock(1_790_000_000_000L);

    /** Acts of one event and of several, thinly and thickly sown among other entries. */
    private List<ActsInLog.Entered> grown() throws Exception {
        Seed seed = new Seed(SEED);
        List<ActsInLog.Entered> all = new ArrayList<>();
        List<CompletableFuture<Placed>> placed = new ArrayList<>();
        long next = 1;
        try (PublicLog log = new PublicLog(LogPlaces.in(folder), "Demo", clock, Witnesses.NONE).start()) {
            long opened = log.state().head().size();
            for (int i = 0; i < ENTRIES; i++) {
                // None at all in the middle third: whole bundles without acts lie between.
                boolean isActs = (i < ENTRIES / 3 || i > 2 * ENTRIES / 3) && seed.below(4) == 0;
                if (isActs) {
                    long last = next + seed.below(3);
                    Hash digest = Merkle.leaf(("acts " + next).getBytes(UTF_8));
                    placed.add(log.append(new Entry.Acts(next, last, "read", digest).octets()));
                    all.add(new ActsInLog.Entered(opened + i, new AuditDigest(digest.hex(), next, last, "read")));
                    next = last + 1;
                } else {
                    Instant at = Instant.ofEpochSecond(1_790_000_000L + i);
                    placed.add(log.append(new Entry.Heartbeat(at, 60).octets()));
                }
            }
            CompletableFuture.allOf(placed.toArray(CompletableFuture[]::new)).get();
        }
        return all;
    }

    @Test
    void theSearchFindsWhatLookingThroughAllFinds() throws Exception {
        List<ActsInLog.Entered> all = grown();
        ActsOfLog acts = new ActsOfLog(LogSource.folder(folder.resolve("log")), clock);
        long newest = all.getLast().digest().sequenceFinal();
        Seed seed = new Seed(SEED + 1);
        for (int i = 0; i < 60; i++) {
            long first = 1 + seed.below((int) newest + 20);
            long last = first + seed.below(60);
            assertThat(acts.touching(first, last))
                    .as("seed " + SEED + ", " + first + " to " + last)
                    .isEqualTo(all.stream()
                            .filter(e -> e.digest().sequenceFirst() <= last
                                    && e.digest().sequenceFinal() >= first)
                            .toList());
        }
        assertThat(acts.touching(1, newest)).isEqualTo(all);
    }

    /** The whole way: the database, its outbox, a log on disk, and back. */
    @Test
    void eventsThatTheOutboxEnteredAgreeWithTheLogUntilOneIsChanged() throws Exception {
        Actor dara = Actor.person("p-dara-2222", "Dara", List.of(Role.AUDITOR), Optional.empty());
        AuditTrail trail = new AuditTrail(clock);
        try (TestDatabase database = TestDatabase.fresh();
                PublicLog log = new PublicLog(LogPlaces.in(folder), "Demo", clock, Witnesses.NONE).start()) {
            for (int i = 0; i < 40; i++) {
                AuditEvent event = i % 3 == 0
                        ? AuditEvent.of("changed-link", "link", "PNH-" + i, "")
                        : AuditEvent.read("people", "all", "");
                database.web().in(dara.scope(), unit -> trail.record(unit, dara, event));
            }
            new Outbox(database.server()).drain(digests -> digests.forEach(digest -> entered(log, digest)));
            ActsOfLog acts = new ActsOfLog(LogSource.folder(folder.resolve("log")), clock);
            assertThat(checked(database, dara, acts)).hasSize(27).containsOnly(AuditRange.Finding.AGREES);
            database.owner().sql("ALTER TABLE audit.event DISABLE TRIGGER USER").update();
            database.owner()
                    .sql("UPDATE audit.event SET object_id = 'PNH-4' WHERE sequence = 4")
                    .update();
            assertThat(checked(database, dara, acts).get(2)).isEqualTo(AuditRange.Finding.DIFFERS);
        }
    }

    private static void entered(PublicLog log, AuditDigest digest) {
        Hash commitment = ((Outcome.Good<Hash>) Hash.of(HexFormat.of().parseHex(digest.contentId()))).value();
        Entry acts = new Entry.Acts(digest.sequenceFirst(), digest.sequenceFinal(), digest.act(), commitment);
        log.append(acts.octets()).join();
    }

    private static List<AuditRange.Finding> checked(TestDatabase database, Actor actor, ActsInLog acts) {
        AuditRange.Outcome outcome =
                database.web().read(actor.scope(), unit -> AuditRange.check(unit, actor, 1, 500, acts));
        return ((AuditRange.Outcome.Checked) outcome)
                .lines().stream().map(AuditRange.Line::finding).toList();
    }

    @Test
    void aLogThatWasChangedIsNotBelieved() throws Exception {
        grown();
        Path log = folder.resolve("log");
        Path bundle = log.resolve("tile/entries/000");
        String octets = Files.readString(bundle, java.nio.charset.StandardCharsets.ISO_8859_1);
        int act = octets.indexOf("act read");
        Files.writeString(
                bundle,
                octets.substring(0, act) + "act lied" + octets.substring(act + 8),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        ActsOfLog acts = new ActsOfLog(LogSource.folder(log), clock);
        assertThatThrownBy(() -> acts.touching(1, 5))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("INCLUSION")
                .hasMessageContaining("ROOT_MISMATCH");
        Files.delete(log.resolve("policy"));
        assertThatThrownBy(() -> acts.touching(1, 5)).hasMessageContaining("shows no keys");
    }
}
