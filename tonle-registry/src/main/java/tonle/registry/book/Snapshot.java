// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The whole book as it was, is or will be on one day: what somebody who asks may see of it. */
public final class Snapshot {
    private final LocalDate day;
    private final Histories histories;
    private final Map<Kind, Map<String, Entry>> entries = new EnumMap<>(Kind.class);

    public Snapshot(LocalDate day, Histories histories) {
        this.day = day;
        this.histories = histories;
    }

    public LocalDate day() {
        return day;
    }

    /** In the order of ids. */
    public Collection<Entry> all(Kind kind) {
        return of(kind).values();
    }

    public Optional<Entry> find(Kind kind, String id) {
        return Optional.ofNullable(of(kind).get(id));
    }

    /** Every version of an object, whatever the day; none where it was never there. */
    public Timeline timeline(Kind kind, String id) {
        Timeline timeline = histories.of(kind).get(id);
        return timeline == null ? new Timeline(kind, id, List.of()) : timeline;
    }

    Map<String, Entry> of(Kind kind) {
        return entries.computeIfAbsent(kind, this::read);
    }

    private Map<String, Entry> read(Kind kind) {
        Map<String, Entry> read = new TreeMap<>();
        histories.of(kind).forEach((id, timeline) -> timeline.asOn(day).ifPresent(entry -> read.put(id, entry)));
        return Collections.unmodifiableMap(read);
    }
}
