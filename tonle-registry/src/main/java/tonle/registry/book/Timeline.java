// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The history of one object: versions as coats of paint on a row of days. The latest version that covers a day rules.
 * <pre>
 *   day        1  2  3  4  5  6  7  8 ...
 *   version 1        a  a  a  a  a  a        added since day 3
 *   version 2                 b  b  b        amended since day 6
 *   version 3           c  c                 amended for days 4 and 5
 *   reads            a  c  c  b  b  b
 * </pre>
 * A change of one field since some day keeps what was planned for other fields on later days: it is written as one
 * version for each stretch that it meets.
 */
public record Timeline(Kind kind, String id, List<Version> versions) {
    public Timeline {
        versions = versions.stream()
                .sorted(Comparator.comparingInt(Version::number))
                .toList();
    }

    /** Days on which nothing changes, and what holds there. */
    public record Stretch(Days days, Version version) {}

    /** The highest version number; 0 where the object was never there. */
    public int head() {
        return versions.isEmpty() ? 0 : versions.getLast().number();
    }

    /** The object on a day, as far as was known by a moment. */
    public Optional<Entry> asOn(LocalDate day, long knownMillis) {
        return ruling(day, knownMillis).filter(version -> !version.isEnded()).map(this::entry);
    }

    /** The object on a day. */
    public Optional<Entry> asOn(LocalDate day) {
        return asOn(day, Long.MAX_VALUE);
    }

    /** The object on a day as it was when its head was {@code number}: what an editor saw. */
    public Optional<Entry> asOnAtVersion(LocalDate day, int number) {
        Timeline then = new Timeline(
                kind,
                id,
                versions.stream().filter(version -> version.number() <= number).toList());
        return then.asOn(day);
    }

    private Optional<Version> ruling(LocalDate day, long knownMillis) {
        return versions.reversed().stream()
                .filter(version -> version.recordedMillis() <= knownMillis)
                .filter(version -> version.days().covers(day))
                .findFirst();
    }

    /** From the first day to the last, without the days on which the object is not there. */
    public List<Stretch> stretches() {
        TreeSet<LocalDate> edges = new TreeSet<>();
        for (Version version : versions) {
            edges.add(version.days().from());
            version.days().until().ifPresent(edges::add);
        }
        List<Stretch> stretches = new ArrayList<>();
        for (LocalDate edge : edges) {
            Optional<LocalDate> next = Optional.ofNullable(edges.higher(edge));
            ruling(edge, Long.MAX_VALUE)
                    .filter(version -> !version.isEnded())
                    .ifPresent(version -> stretches.add(new Stretch(new Days(edge, next), version)));
        }
        return joined(stretches);
    }

    /** Neighbouring stretches of one version are one. */
    private static List<Stretch> joined(List<Stretch> stretches) {
        List<Stretch> joined = new ArrayList<>();
        for (Stretch stretch : stretches) {
            Stretch last = joined.isEmpty() ? null : joined.getLast();
            boolean goesOn = last != null
                    && last.version().number() == stretch.version().number()
                    && last.days().until().equals(Optional.of(stretch.days().from()));
            if (goesOn) {
                joined.removeLast();
                joined.add(
                        new Stretch(new Days(last.days().from(), stretch.days().until()), stretch.version()));
            } else {
                joined.add(stretch);
            }
        }
        return joined;
    }

    /** The versions that add the object on some days. */
    public List<Version> added(Map<String, String> values, Days days, long nowMillis, String change) {
        return List.of(new Version(head() + 1, days, false, new Entry(kind, id, values).values(), nowMillis, change));
    }

    /** The versions that give some fields other values on some days: one for each stretch that differs afterwards. */
    public List<Version> amended(Map<String, String> fields, Days days, long nowMillis, String change) {
        List<Version> written = new ArrayList<>();
        int number = head();
        for (Stretch stretch : stretches()) {
            Optional<Days> common = stretch.days().common(days);
            Map<String, String> values = new LinkedHashMap<>(stretch.version().values());
            values.putAll(fields);
            if (common.isPresent() && !values.equals(stretch.version().values())) {
                written.add(new Version(++number, common.get(), false, values, nowMillis, change));
            }
        }
        return written;
    }

    /** The version that ends the object. */
    public List<Version> ended(LocalDate day, long nowMillis, String change) {
        return List.of(new Version(head() + 1, Days.since(day), true, Map.of(), nowMillis, change));
    }

    /** With more versions at its end. */
    public Timeline and(List<Version> more) {
        List<Version> all = new ArrayList<>(versions);
        all.addAll(more);
        return new Timeline(kind, id, all);
    }

    private Entry entry(Version version) {
        return new Entry(kind, id, version.values());
    }
}
