// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tonle.base.NearestName;
import tonle.registry.book.BookRules;
import tonle.registry.book.Days;
import tonle.registry.book.Entry;
import tonle.registry.book.Field;
import tonle.registry.book.Histories;
import tonle.registry.book.Kind;
import tonle.registry.book.PersonalTrace;
import tonle.registry.book.Problem;
import tonle.registry.book.Reason;
import tonle.registry.book.Snapshot;
import tonle.registry.book.Timeline;
import tonle.registry.book.Version;

/**
 * Works out what a draft would do: each item by itself, then the whole book on every day on which something begins or
 * ends. Pure: histories in, plan out.
 */
final class Planner {
    /** Problems that are told at once; the rest waits until these are mended. */
    static final int PROBLEMS_MAX = 100;
    /** Later days on which a change is judged anew. What lies beyond is held by the database's own constraints. */
    static final int DAYS_JUDGED_MAX = 64;

    private final Histories histories;
    private final Draft draft;
    private final ChangeRules rules;
    private final long nowMillis;
    private final String change;

    private final List<Problem> problems = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();
    private final Map<Kind, Map<String, List<Version>>> writes = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<String, String>> idsByLowerCase = new EnumMap<>(Kind.class);
    private final Set<Optional<String>> owners = new LinkedHashSet<>();

    private Planner(Histories histories, Draft draft, ChangeRules rules, long nowMillis, String change) {
        this.histories = histories;
        this.draft = draft;
        this.rules = rules;
        this.nowMillis = nowMillis;
        this.change = change;
    }

    static Plan plan(Histories histories, Draft draft, ChangeRules rules, long nowMillis, String change) {
        Planner planner = new Planner(histories, draft, rules, nowMillis, change);
        planner.work();
        return new Plan(
                planner.problems.stream().limit(PROBLEMS_MAX).toList(),
                List.copyOf(planner.conflicts),
                List.copyOf(planner.items),
                planner.owners.size() == 1 ? planner.owners.iterator().next() : Optional.empty(),
                planner.writes,
                List.copyOf(planner.differences));
    }

    private void work() {
        if (!isWhole()) {
            return;
        }
        Set<String> labels = new HashSet<>();
        for (Item item : draft.items()) {
            if (!labels.add(item.label().toLowerCase(Locale.ROOT))) {
                refuse(item, "", Reason.OBJECT_TWICE, item.id());
                continue;
            }
            switch (item.act()) {
                case ADD -> add(item);
                case AMEND -> amend(item);
                case END -> end(item);
            }
        }
        if (problems.isEmpty() && conflicts.isEmpty() && writes.isEmpty()) {
            problems.add(Problem.of(Reason.NOTHING_CHANGES));
        }
        if (problems.isEmpty() && conflicts.isEmpty()) {
            judgeDays();
        }
    }

    private boolean isWhole() {
        if (draft.reason().isBlank() || draft.reason().length() > Draft.REASON_LETTERS_MAX) {
            problems.add(Problem.of(Reason.REASON_MISSING, Draft.REASON_LETTERS_MAX));
        }
        PersonalTrace.first(draft.reason())
                .ifPresent(trace -> problems.add(Problem.of(Reason.TEXT_OF_A_PERSON, trace)));
        if (draft.items().isEmpty()) {
            problems.add(Problem.of(Reason.NOTHING_CHANGES));
        }
        if (draft.items().size() > Draft.ITEMS_MAX) {
            problems.add(Problem.of(Reason.TOO_MANY_ITEMS, draft.items().size(), Draft.ITEMS_MAX));
        }
        Days days = draft.days();
        if (days.from().isBefore(Days.EARLIEST)
                || days.until().orElse(days.from()).isAfter(Days.LATEST)) {
            problems.add(Problem.of(
                    Reason.DAYS_INVALID,
                    days.from(),
                    days.until().map(Object::toString).orElse("")));
        }
        return problems.isEmpty();
    }

    private void add(Item item) {
        Optional<Problem> wrongId = item.kind().checkId(item.id());
        if (wrongId.isPresent()) {
            problems.add(wrongId.get().in(item.label(), "id"));
            return;
        }
        String taken = idsByLowerCase
                .computeIfAbsent(item.kind(), this::idsByLowerCase)
                .putIfAbsent(item.id().toLowerCase(Locale.ROOT), item.id());
        if (taken != null) {
            refuse(item, "id", Reason.ID_TAKEN, taken);
            return;
        }
        Map<String, String> all = new LinkedHashMap<>();
        item.kind().fields().forEach(field -> all.put(field.name(), ""));
        all.putAll(item.fields());
        Map<String, String> values = checked(item, all);
        Timeline timeline = new Timeline(item.kind(), item.id(), List.of());
        items.add(new Item(item.kind(), item.id(), Act.ADD, 0, values));
        write(timeline, timeline.added(values, draft.days(), nowMillis, change));
    }

    private Map<String, String> idsByLowerCase(Kind kind) {
        Map<String, String> ids = new HashMap<>();
        histories.of(kind).keySet().forEach(id -> ids.put(id.toLowerCase(Locale.ROOT), id));
        return ids;
    }

    private void amend(Item item) {
        Timeline timeline = histories.of(item.kind()).get(item.id());
        Optional<Entry> current = present(item, timeline);
        if (current.isEmpty()) {
            return;
        }
        Map<String, String> values = checked(item, item.fields());
        items.add(new Item(item.kind(), item.id(), Act.AMEND, item.baseVersion(), values));
        if (item.baseVersion() < timeline.head()) {
            Optional<Entry> seen = timeline.asOnAtVersion(draft.days().from(), item.baseVersion());
            values.forEach((field, proposed) -> {
                String then = seen.map(entry -> entry.text(field)).orElse("");
                String now = current.get().text(field);
                if (!now.equals(then) && !now.equals(proposed)) {
                    conflicts.add(new Conflict(item.kind(), item.id(), field, then, now, proposed));
                }
            });
        }
        owners.add(current.get().owner());
        write(timeline, timeline.amended(values, draft.days(), nowMillis, change));
    }

    private void end(Item item) {
        Timeline timeline = histories.of(item.kind()).get(item.id());
        Optional<Entry> current = present(item, timeline);
        if (current.isEmpty()) {
            return;
        }
        items.add(item);
        Optional<Entry> seen = timeline.asOnAtVersion(draft.days().from(), item.baseVersion());
        if (seen.isPresent() && !seen.get().equals(current.get())) {
            current.get().values().forEach((field, now) -> {
                if (!now.equals(seen.get().text(field))) {
                    conflicts.add(new Conflict(
                            item.kind(), item.id(), field, seen.get().text(field), now, ""));
                }
            });
        }
        owners.add(current.get().owner());
        List<Version> written = timeline.ended(draft.days().from(), nowMillis, change);
        writes.computeIfAbsent(item.kind(), _ -> new LinkedHashMap<>()).put(item.id(), written);
        Days since = Days.since(draft.days().from());
        differences.add(new Difference(item.kind(), item.id(), Difference.PRESENCE, "yes", "no", since));
    }

    private Optional<Entry> present(Item item, Timeline timeline) {
        LocalDate day = draft.days().from();
        Optional<Entry> current = Optional.ofNullable(timeline).flatMap(each -> each.asOn(day));
        boolean sawTheFuture = timeline != null && item.baseVersion() > timeline.head();
        if (current.isEmpty() || sawTheFuture) {
            String question =
                    NearestName.asQuestion(item.id(), histories.of(item.kind()).keySet());
            refuse(item, "", Reason.OBJECT_UNKNOWN, item.label(), day, timeline == null ? question : "");
            return Optional.empty();
        }
        return current;
    }

    private Map<String, String> checked(Item item, Map<String, String> written) {
        Map<String, String> values = new LinkedHashMap<>();
        written.forEach((name, text) -> {
            Optional<Field> field = item.kind().field(name);
            if (field.isEmpty()) {
                List<String> names =
                        item.kind().fields().stream().map(Field::name).toList();
                refuse(item, name, Reason.FIELD_UNKNOWN, name, NearestName.asQuestion(name, names));
                return;
            }
            field.get().canonical(item.label(), text, problems::add).ifPresent(value -> values.put(name, value));
        });
        return values;
    }

    private void write(Timeline timeline, List<Version> versions) {
        if (versions.isEmpty()) {
            return;
        }
        writes.computeIfAbsent(timeline.kind(), _ -> new LinkedHashMap<>()).put(timeline.id(), versions);
        for (Version version : versions) {
            Optional<Entry> before = timeline.asOn(version.days().from());
            Entry after = new Entry(timeline.kind(), timeline.id(), version.values());
            owners.add(after.owner());
            after.values().forEach((field, now) -> {
                String then = before.map(entry -> entry.text(field)).orElse("");
                if (!now.equals(then)) {
                    differences.add(new Difference(timeline.kind(), timeline.id(), field, then, now, version.days()));
                }
            });
        }
    }

    /**
     * The first day of the change, and each later one on which a version of anything that is touched begins or ends.
     */
    private void judgeDays() {
        Histories after = new Overlay(histories, writes);
        TreeSet<LocalDate> days = new TreeSet<>();
        days.add(draft.days().from());
        for (Kind kind : Kind.values()) {
            after.of(kind).values().stream()
                    .flatMap(timeline -> timeline.versions().stream())
                    .flatMap(version -> java.util.stream.Stream.concat(
                            java.util.stream.Stream.of(version.days().from()), version.days().until().stream()))
                    .filter(draft.days()::covers)
                    .forEach(days::add);
        }
        // An object that comes back where the change ends must stand there too.
        draft.days().until().ifPresent(days::add);
        Set<String> told = new HashSet<>();
        for (LocalDate day : days.stream().limit(DAYS_JUDGED_MAX).toList()) {
            judge(day, new Snapshot(day, after), told);
        }
    }

    private void judge(LocalDate day, Snapshot after, Set<String> told) {
        List<Entry> touched = new ArrayList<>();
        List<Entry> gone = new ArrayList<>();
        writes.forEach((kind, byId) -> byId.forEach((id, versions) -> {
            Optional<Entry> now = after.find(kind, id);
            now.ifPresent(touched::add);
            if (now.isEmpty()) {
                Optional.ofNullable(histories.of(kind).get(id))
                        .flatMap(timeline -> timeline.asOn(day))
                        .or(() -> Optional.of(new Entry(kind, id, Map.of())))
                        .ifPresent(gone::add);
            }
        }));
        List<Problem> found = new ArrayList<>(BookRules.check(after, touched, gone, rules.takesNestedPrefixes()));
        touched.stream()
                .filter(entry -> entry.kind() == Kind.LICENCE)
                .forEach(licence -> found.addAll(rules.licences().problems(licence)));
        for (Problem problem : found) {
            // The same trouble on many days is one trouble, told with its first day.
            if (told.add(problem.reason() + problem.object() + problem.field())) {
                problems.add(problem);
            }
        }
    }

    private void refuse(Item item, String field, Reason reason, Object... arguments) {
        problems.add(Problem.of(reason, arguments).in(item.label(), field));
    }
}
