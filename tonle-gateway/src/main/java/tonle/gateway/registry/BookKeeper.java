// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.registry;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import tonle.base.power.Clock;
import tonle.database.Scope;
import tonle.database.Work;
import tonle.registry.Registry;
import tonle.registry.audit.AuditTrail;
import tonle.registry.book.BookStore;
import tonle.registry.book.Days;
import tonle.registry.book.Entry;
import tonle.registry.book.Histories;
import tonle.registry.book.Kind;
import tonle.registry.book.Problem;
import tonle.registry.book.Snapshot;
import tonle.registry.book.Timeline;
import tonle.registry.change.ChangeOutcome;
import tonle.registry.change.ChangeRules;
import tonle.registry.change.Changes;
import tonle.registry.change.Draft;
import tonle.registry.change.Item;
import tonle.registry.licence.Regimes;
import tonle.registry.rights.Actor;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.Topology;

/**
 * Keeps book and configuration file together. While nobody but the gateway itself has changed the book, the file rules
 * and the book follows it, as changes of their own day. From the first change of a person on the book rules: metering
 * takes its topology from there, and what the file says otherwise is told and changes nothing.
 */
public final class BookKeeper {
    private static final String REASON = "follows the configuration file";

    private final Work server;
    private final Clock clock;
    private final ZoneId zone;
    private final Changes changes;
    private final BookStore book = new BookStore();

    /**
     * @param server units under the gateway's own credentials
     * @param zone in which a day of the book begins
     */
    public BookKeeper(Work server, Clock clock, ZoneId zone, BooleanSupplier takesNestedPrefixes) {
        this.server = server;
        this.clock = clock;
        this.zone = zone;
        Regimes regimes = Regimes.shipped();
        this.changes = new Changes(
                server,
                new AuditTrail(clock),
                clock,
                () -> new ChangeRules(takesNestedPrefixes.getAsBoolean(), regimes));
    }

    /** What the book and the day were when they were last read: another state means reading it again. */
    public record State(long confirmedCount, boolean isChangedByPeople, LocalDate day) {}

    /** What rules now, and what is to be said of it. */
    public sealed interface Ruling {
        /**
         * The file rules.
         *
         * @param words what was entered into the book, or empty
         * @param trouble why the book could not follow, or empty
         */
        record File(String words, String trouble) implements Ruling {}

        /** @param differences what the file says otherwise, each in a sentence */
        record Book(Topology topology, List<String> differences) implements Ruling {
            public Book {
                differences = List.copyOf(differences);
            }
        }
    }

    public State state() {
        Changes.Standing standing = changes.standing(Scope.system());
        return new State(standing.confirmedCount(), standing.isChangedByPeople(), today());
    }

    /** The day that it is in the zone of the book. */
    public LocalDate today() {
        return clock.today(zone);
    }

    /** Units and changes of the gateway itself, for what else it enters. */
    public Changes changes() {
        return changes;
    }

    /**
     * Lets the book follow the file, or answers with what the book says.
     *
     * @param file the topology of the configuration file
     * @param version of the topology that is made
     */
    public Ruling rule(Topology file, long version) {
        State state = state();
        if (state.isChangedByPeople()) {
            Topology topology = server.read(
                    Scope.system(),
                    unit -> BookTopology.of(
                            new Snapshot(state.day(), book.histories(unit)), version, file.gatewayName()));
            return new Ruling.Book(topology, BookTopology.differences(topology, file));
        }
        return follow(file, state.day(), REASON);
    }

    /** Makes the book equal to a file from a day on: a day of the past where a history is told. */
    public Ruling follow(Topology file, LocalDate day, String reason) {
        List<Problem> problems = new ArrayList<>();
        Optional<Draft> draft = draft(file, day, reason, problems);
        if (!problems.isEmpty()) {
            return new Ruling.File("", trouble(problems));
        }
        return draft.map(this::follow).orElseGet(() -> new Ruling.File("", ""));
    }

    /** The number of the newest version of an object; 0 where it was never there. */
    public int head(Kind kind, String id) {
        return server.read(Scope.system(), unit -> book.timeline(unit, kind, id).head());
    }

    private Ruling follow(Draft draft) {
        return switch (changes.enter(Actor.TONLE, draft)) {
            case ChangeOutcome.Done done ->
                new Ruling.File(
                        String.format(
                                Locale.ROOT,
                                "%s: %,d objects of the configuration file",
                                done.change().id(),
                                draft.items().size()),
                        "");
            case ChangeOutcome.Refused refused -> new Ruling.File("", trouble(refused.problems()));
            // Somebody changed the book between reading and writing: the next look finds it.
            case ChangeOutcome.Conflicted conflicted ->
                new Ruling.File(
                        "",
                        "the registry changed meanwhile: "
                                + conflicted.conflicts().getFirst().field());
        };
    }

    private static String trouble(List<Problem> problems) {
        Problem first = problems.getFirst();
        String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
        return "the registry does not follow the configuration file, which is in force all the same: " + first.text()
                + more;
    }

    private Optional<Draft> draft(Topology file, LocalDate day, String reason, List<Problem> problems) {
        var wanted = TopologyEntries.of(file, problems::add);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        List<Item> items = server.read(Scope.system(), unit -> items(book.histories(unit), wanted, day));
        return items.isEmpty() ? Optional.empty() : Optional.of(new Draft(Days.since(day), reason, items));
    }

    /**
     * Takes an exporter into the book, for a person with the right to or for the owner of the data directory.
     *
     * @return why not, in words, or empty
     */
    public Optional<String> take(Exporter exporter, Actor actor, Registry registry) {
        List<Problem> problems = new ArrayList<>();
        Topology alone = new Topology(0, "", List.of(), List.of(), List.of(), List.of(exporter));
        Map<String, String> fields =
                TopologyEntries.of(alone, problems::add).get(Kind.DEVICE).get(exporter.id());
        if (!problems.isEmpty()) {
            return Optional.of(problems.getFirst().text());
        }
        Draft draft = new Draft(
                Days.since(today()), "takes an exporter in", List.of(Item.add(Kind.DEVICE, exporter.id(), fields)));
        ChangeOutcome outcome = actor.equals(Actor.OWNER)
                ? changes.enter(actor, draft)
                : registry.changes().takeIn(actor, draft);
        return switch (outcome) {
            case ChangeOutcome.Done _ -> Optional.empty();
            case ChangeOutcome.Refused refused ->
                Optional.of(refused.problems().getFirst().text());
            case ChangeOutcome.Conflicted _ -> Optional.of("somebody entered it at the same time");
        };
    }

    /** What makes the book equal to {@code wanted} on a day and after it. */
    static List<Item> items(Histories histories, Map<Kind, Map<String, Map<String, String>>> wanted, LocalDate day) {
        List<Item> items = new ArrayList<>();
        for (Kind kind : TopologyEntries.KINDS) {
            Map<String, Timeline> known = histories.of(kind);
            Set<String> kept = new HashSet<>();
            wanted.get(kind).forEach((id, fields) -> {
                kept.add(id);
                Timeline timeline = known.get(id);
                Optional<Entry> now = Optional.ofNullable(timeline).flatMap(each -> each.asOn(day));
                if (now.isEmpty()) {
                    items.add(Item.add(kind, id, fields));
                    return;
                }
                Map<String, String> other = new LinkedHashMap<>();
                fields.forEach((name, value) -> {
                    if (!now.get().text(name).equals(value)) {
                        other.put(name, value);
                    }
                });
                if (!other.isEmpty()) {
                    items.add(Item.amend(kind, id, timeline.head(), other));
                }
            });
            known.forEach((id, timeline) -> {
                // An interface without a link is there all the same, until its device goes.
                boolean isKept = kept.contains(id)
                        || (kind == Kind.INTERFACE
                                && wanted.get(Kind.DEVICE).containsKey(id.substring(0, id.lastIndexOf('/'))));
                if (!isKept && timeline.asOn(day).isPresent()) {
                    items.add(Item.end(kind, id, timeline.head()));
                }
            });
        }
        return items;
    }
}
