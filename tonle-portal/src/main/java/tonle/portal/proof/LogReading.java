// SPDX-License-Identifier: Apache-2.0
package tonle.portal.proof;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tonle.notary.check.LogSource;
import tonle.notary.entry.Entry;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.tile.LogFile;
import tonle.tlog.tree.Hash;
import tonle.tlog.tree.Merkle;

/** Reads entries of a log to show them, from its published files. It proves nothing: that is the reader's own to do. */
public final class LogReading {
    private final LogSource source;
    private final long size;

    /** @param size entries that the checkpoint signs for */
    public LogReading(LogSource source, long size) {
        this.source = source;
        this.size = size;
    }

    /** An entry with its number. */
    public record Line(long index, Hash leaf, Entry.Reading reading) {}

    /**
     * A time in which the gateway did not say that it runs, though it had promised to.
     *
     * @param until the next heartbeat; empty where it lasts
     */
    public record Silence(Instant since, Optional<Instant> until) {}

    /**
     * The entries of a range, as far as there are such.
     *
     * @throws IOException where a file of the log cannot be read, is missing or is none
     */
    public List<Line> lines(long first, long end) throws IOException {
        List<Line> lines = new ArrayList<>();
        long from = Math.max(0, first);
        long to = Math.min(end, size);
        for (long bundle = from / LogFile.WIDTH_MAX; bundle * LogFile.WIDTH_MAX < to; bundle++) {
            long start = bundle * LogFile.WIDTH_MAX;
            List<byte[]> entries = bundle(bundle, (int) Math.min(LogFile.WIDTH_MAX, size - start));
            for (long i = Math.max(from, start); i < Math.min(to, start + entries.size()); i++) {
                byte[] entry = entries.get((int) (i - start));
                lines.add(new Line(i, Merkle.leaf(entry), Entry.read(entry)));
            }
        }
        return lines;
    }

    private List<byte[]> bundle(long index, int width) throws IOException {
        LogFile.EntryBundle bundle = new LogFile.EntryBundle(index, width);
        return switch (source.entries(bundle)
                .orElseThrow(() -> new IOException(source.place() + " has no file " + bundle.path()))) {
            case Outcome.Good<List<byte[]>>(List<byte[]> entries) -> entries;
            case Outcome.Refused<List<byte[]>>(LogFault fault, long position) ->
                throw new IOException(source.place() + "/" + bundle.path() + ": " + fault + " at " + position);
        };
    }

    /** The silences that heartbeats among {@code lines} show, the newest last. */
    public static List<Silence> silences(List<Line> lines, Instant now) {
        List<Silence> silences = new ArrayList<>();
        Optional<Entry.Heartbeat> before = Optional.empty();
        for (Line line : lines) {
            if (line.reading() instanceof Entry.Reading.Good(Entry.Heartbeat beat)) {
                before.filter(last -> promised(last).isBefore(beat.at()))
                        .ifPresent(last -> silences.add(new Silence(last.at(), Optional.of(beat.at()))));
                before = Optional.of(beat);
            }
        }
        before.filter(last -> promised(last).isBefore(now))
                .ifPresent(last -> silences.add(new Silence(last.at(), Optional.empty())));
        return silences;
    }

    private static Instant promised(Entry.Heartbeat beat) {
        return beat.at().plusSeconds(beat.nextWithinSeconds());
    }
}
