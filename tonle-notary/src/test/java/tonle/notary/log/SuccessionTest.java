// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.notary.entry.Entry;
import tonle.notary.entry.EntryKind;
import tonle.testkit.SettableClock;

/** A log that follows another: with its key, and without it. */
class SuccessionTest {
    @TempDir
    Path data;

    private final SettableClock clock = new SettableClock(1_790_000_000_000L);

    private String grown(int entries) throws Exception {
        try (PublicLog log = new PublicLog(LogPlaces.in(data), "Old", clock, Witnesses.NONE).start()) {
            for (int i = 0; i < entries; i++) {
                log.append(("entry " + i).getBytes(UTF_8)).get();
            }
            return log.state().identity().orElseThrow().origin();
        }
    }

    private static List<Entry> last(LogPlaces places, int count) throws IOException {
        List<String> all = LogOnDiskTest.published(places);
        return all.subList(all.size() - count, all.size()).stream()
                .map(text -> ((Entry.Reading.Good) Entry.read(text.getBytes(UTF_8))).entry())
                .toList();
    }

    @Test
    void theOldLogNamesTheNewOneAndTheNewOneTheOldOnesHead() throws Exception {
        String origin = grown(300);
        Succession.Succeeded done = new Succession(data, clock).run("New", "the key was carried out of the house");
        assertThat(done.isClosed()).isTrue();
        assertThat(done.oldOrigin()).isEqualTo(origin);
        assertThat(done.oldHead().size()).isEqualTo(301);
        LogPlaces old = new LogPlaces(done.oldFolder(), data.resolve("notary-was-" + origin.replace('/', '-')));
        Entry.LogClosed closed = (Entry.LogClosed) last(old, 1).getFirst();
        assertThat(closed.successor()).isEqualTo(done.successor().origin());
        List<Entry> begun = last(LogPlaces.in(data), 2);
        assertThat(begun.getFirst().kind()).isEqualTo(EntryKind.LOG_OPENED);
        Entry.LogFollows follows = (Entry.LogFollows) begun.getLast();
        assertThat(follows.origin()).isEqualTo(origin);
        assertThat(follows.size()).isEqualTo(301);
        assertThat(follows.root()).isEqualTo(done.oldHead().root());
        try (PublicLog log = new PublicLog(old, "", clock, Witnesses.NONE).start()) {
            assertThat(log.state().stage()).isEqualTo(LogStage.FROZEN);
        }
        try (PublicLog log = new PublicLog(LogPlaces.in(data), "", clock, Witnesses.NONE).start()) {
            assertThat(log.append("goes on".getBytes(UTF_8)).get().index()).isEqualTo(2);
        }
    }

    @Test
    void aLogWhoseKeyIsLostIsFollowedFromItsLastCheckpoint() throws Exception {
        grown(7);
        Files.delete(LogPlaces.in(data).keys());
        Succession.Succeeded done = new Succession(data, clock).run("New", "the key is lost");
        assertThat(done.isClosed()).isFalse();
        assertThat(done.oldHead().size()).isEqualTo(7);
        assertThat(((Entry.LogFollows) last(LogPlaces.in(data), 1).getFirst()).size())
                .isEqualTo(7);
    }

    @Test
    void whatWasBegunIsFinishedWhenItIsRunAgain() throws Exception {
        grown(3);
        LogPlaces next = new LogPlaces(data.resolve("log.next"), data.resolve("notary.next"));
        String begun;
        try (PublicLog log = new PublicLog(next, "New", clock, Witnesses.NONE).start()) {
            begun = log.state().identity().orElseThrow().origin();
        }
        Succession.Succeeded done = new Succession(data, clock).run("Other", "again");
        assertThat(done.successor().origin())
                .as("the keys that were drawn first")
                .isEqualTo(begun);
        Succession.Succeeded third = new Succession(data, clock).run("Third", "and once more");
        assertThat(third.oldOrigin()).isEqualTo(begun);
        assertThat(third.oldHead().size()).isEqualTo(3);
    }

    @Test
    void withoutALogThereIsNothingToFollow() {
        assertThatThrownBy(() -> new Succession(data, clock).run("New", "none"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("to follow");
        assertThat(data.resolve("log.next")).doesNotExist();
    }

    @Test
    void aLogThatIsInUseIsNotFollowed() throws Exception {
        grown(2);
        try (PublicLog log = new PublicLog(LogPlaces.in(data), "", clock, Witnesses.NONE).start()) {
            assertThatThrownBy(() -> new Succession(data, clock).run("New", "in use"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
            assertThat(log.append("goes on".getBytes(UTF_8)).get().index()).isEqualTo(2);
        }
    }
}
