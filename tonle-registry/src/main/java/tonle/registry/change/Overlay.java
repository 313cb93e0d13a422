// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tonle.registry.book.Histories;
import tonle.registry.book.Kind;
import tonle.registry.book.Timeline;
import tonle.registry.book.Version;

/** Histories with versions on top that nobody has written yet. */
final class Overlay implements Histories {
    private final Histories below;
    private final Map<Kind, Map<String, List<Version>>> writes;
    private final Map<Kind, Map<String, Timeline>> read = new EnumMap<>(Kind.class);

    Overlay(Histories below, Map<Kind, Map<String, List<Version>>> writes) {
        this.below = below;
        this.writes = writes;
    }

    @Override
    public Map<String, Timeline> of(Kind kind) {
        return read.computeIfAbsent(kind, this::overlaid);
    }

    private Map<String, Timeline> overlaid(Kind kind) {
        Map<String, List<Version>> fresh = writes.getOrDefault(kind, Map.of());
        if (fresh.isEmpty()) {
            return below.of(kind);
        }
        Map<String, Timeline> all = new TreeMap<>(below.of(kind));
        fresh.forEach((id, versions) ->
                all.merge(id, new Timeline(kind, id, versions), (timeline, _) -> timeline.and(versions)));
        return all;
    }
}
