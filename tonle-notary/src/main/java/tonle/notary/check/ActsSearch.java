// SPDX-License-Identifier: Apache-2.0
package tonle.notary.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tonle.notary.entry.Entry;
import tonle.tlog.Outcome;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.tile.LogFile;

/**
 * Finds the entries of acts that commit to a range of events. Acts enter a log in the order of their numbers, so a few
 * bundles are looked at however long the log is; what is found is then proven, entry by entry.
 */
public final class ActsSearch {
    private final LogSource source;
    private final LogCheck check;
    private final TrustedCheckpoint head;
    private final long size;

    /** @param head a checkpoint that {@code check} found to hold */
    public ActsSearch(LogSource source, LogCheck check, TrustedCheckpoint head) {
        this.source = source;
        this.check = check;
        this.head = head;
        this.size = head.head().size();
    }

    /** An entry of acts and its number. */
    public record Found(long entry, Entry.Acts acts) {}

    /**
     * The entries that commit to an event of the range, in their order.
     *
     * @param first the number of the first event
     * @param last that of the last one
     * @return or the step that failed, where what the source gives is not what was signed
     */
    public LogCheck.Result<List<Found>> touching(long first, long last) throws IOException {
        long bundles = (size + LogFile.WIDTH_MAX - 1) / LogFile.WIDTH_MAX;
        long low = 0;
        long high = bundles;
        // The last bundle from which on acts begin at the range or before it; the first where there is none.
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            Optional<Found> next = next(middle, bundles);
            if (next.isPresent() && next.get().acts().first() <= first) {
                low = middle;
            } else {
                high = middle;
            }
        }
        List<Found> found = new ArrayList<>();
        for (long i = low; i < bundles; i++) {
            for (Found each : acts(i)) {
                if (each.acts().first() > last) {
                    return new LogCheck.Result.Holds<>(found);
                }
                if (each.acts().last() >= first) {
                    LogCheck.Result<LogCheck.ProvenEntry> proven = check.entryUnder(head, each.entry());
                    if (proven instanceof LogCheck.Result.Fails<LogCheck.ProvenEntry> fails) {
                        return fails.as();
                    }
                    found.add(each);
                }
            }
        }
        return new LogCheck.Result.Holds<>(found);
    }

    /** The first acts of a bundle or of those after it. */
    private Optional<Found> next(long from, long bundles) throws IOException {
        for (long i = from; i < bundles; i++) {
            List<Found> found = acts(i);
            if (!found.isEmpty()) {
                return Optional.of(found.getFirst());
            }
        }
        return Optional.empty();
    }

    private List<Found> acts(long number) throws IOException {
        long first = number * LogFile.WIDTH_MAX;
        LogFile.EntryBundle bundle = new LogFile.EntryBundle(number, (int) Math.min(LogFile.WIDTH_MAX, size - first));
        Outcome<List<byte[]>> read = source.entries(bundle)
                .orElseThrow(() -> new IOException(source.place() + " has no file " + bundle.path()));
        return switch (read) {
            case Outcome.Refused<List<byte[]>> refused ->
                throw new IOException(
                        bundle.path() + " holds no entries: " + refused.fault() + " at " + refused.position());
            case Outcome.Good<List<byte[]>>(List<byte[]> entries) -> {
                List<Found> found = new ArrayList<>();
                for (int i = 0; i < entries.size(); i++) {
                    if (Entry.read(entries.get(i)) instanceof Entry.Reading.Good(Entry.Acts acts)) {
                        found.add(new Found(first + i, acts));
                    }
                }
                yield found;
            }
        };
    }
}
