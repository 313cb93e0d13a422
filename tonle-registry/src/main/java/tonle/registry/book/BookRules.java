// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tonle.base.NearestName;
import tonle.base.Prefix;

/**
 * What must hold between entries of one day: what is referred to is there, and nothing is held twice. Judged is what a
 * change touches; what stood wrong before it refuses nobody.
 */
public final class BookRules {
    private final Snapshot after;
    private final boolean takesNestedPrefixes;
    private final List<Problem> problems = new ArrayList<>();

    private BookRules(Snapshot after, boolean takesNestedPrefixes) {
        this.after = after;
        this.takesNestedPrefixes = takesNestedPrefixes;
    }

    /**
     * What is wrong on a day.
     *
     * @param after the book as it would be
     * @param touched entries that a change adds or amends, as they would be
     * @param gone entries that it ends, as they were
     * @param takesNestedPrefixes whether an operator's prefix may lie inside another's
     */
    public static List<Problem> check(
            Snapshot after, Collection<Entry> touched, Collection<Entry> gone, boolean takesNestedPrefixes) {
        BookRules rules = new BookRules(after, takesNestedPrefixes);
        touched.forEach(rules::references);
        touched.stream().filter(entry -> entry.kind() == Kind.LINK).forEach(rules::sides);
        if (!gone.isEmpty()) {
            rules.stillReferredTo(gone);
        }
        Set<String> labels = new HashSet<>();
        touched.forEach(entry -> labels.add(entry.label()));
        if (touched.stream().anyMatch(entry -> entry.kind() == Kind.OPERATOR)) {
            rules.names(labels);
            rules.heldOnce(Kind.OPERATOR, "asns", Reason.ASN_HELD, labels);
            rules.prefixes(labels);
        }
        rules.heldOnce(Kind.DEVICE, "addresses", Reason.ADDRESS_HELD, labels);
        rules.heldOnce(Kind.LINK, "ports", Reason.PORT_HELD, labels);
        return List.copyOf(rules.problems);
    }

    private void references(Entry entry) {
        for (Field field : entry.kind().fields()) {
            for (String id : field.targets(entry.text(field.name()))) {
                mustBeThere(entry, field.name(), Kind.of(field.refersTo()).orElseThrow(), id);
            }
        }
        if (entry.kind() == Kind.INTERFACE) {
            mustBeThere(entry, "", Kind.DEVICE, deviceOf(entry.id()));
        }
        if (entry.kind() == Kind.DEVICE) {
            agents(entry);
        }
    }

    /** A device passes on for agents that are known by themselves, and is none of them. */
    private void agents(Entry relay) {
        for (String agent : relay.list("agents")) {
            boolean isKnown = after.all(Kind.DEVICE).stream()
                    .anyMatch(device -> !device.id().equals(relay.id())
                            && device.list("addresses").contains(agent));
            if (!isKnown) {
                refuse(relay, "agents", Reason.AGENT_UNKNOWN, agent, after.day());
            }
        }
    }

    static String deviceOf(String interfaceId) {
        return interfaceId.substring(0, interfaceId.lastIndexOf('/'));
    }

    private void mustBeThere(Entry entry, String field, Kind kind, String id) {
        if (after.find(kind, id).isEmpty()) {
            String question = NearestName.asQuestion(id, after.of(kind).keySet());
            refuse(entry, field, Reason.REFERENCE_UNKNOWN, kind.word() + " " + id, after.day(), question);
        }
    }

    private void sides(Entry link) {
        boolean isBackbone = link.text("kind").equals("backbone");
        String farSite = link.text("far-site");
        if (isBackbone == farSite.isEmpty() || (isBackbone && farSite.equals(link.text("site")))) {
            refuse(link, "far-site", Reason.FAR_SITE_MISPLACED, link.text("kind"));
        }
        boolean endsAbroad = link.text("kind").equals("international");
        if (!endsAbroad && !link.text("counterpart-country").isEmpty()) {
            refuse(link, "counterpart-country", Reason.COUNTRY_MISPLACED, link.text("kind"));
        }
        if (link.bitsPerSecond("committed-rate") > link.bitsPerSecond("capacity")) {
            refuse(
                    link,
                    "committed-rate",
                    Reason.RATE_ABOVE_CAPACITY,
                    link.text("committed-rate"),
                    link.text("capacity"));
        }
        String from = link.text("in-service-from");
        String until = link.text("in-service-until");
        if (!from.isEmpty() && !until.isEmpty() && from.compareTo(until) >= 0) {
            refuse(link, "in-service-until", Reason.DAYS_INVALID, from, until);
        }
    }

    private void stillReferredTo(Collection<Entry> gone) {
        Map<String, List<Entry>> referring = new HashMap<>();
        for (Kind kind : Kind.values()) {
            for (Entry entry : after.all(kind)) {
                for (Field field : kind.fields()) {
                    field.targets(entry.text(field.name()))
                            .forEach(id -> referring
                                    .computeIfAbsent(field.refersTo() + " " + id, _ -> new ArrayList<>())
                                    .add(entry));
                }
                if (kind == Kind.INTERFACE) {
                    referring
                            .computeIfAbsent("device " + deviceOf(entry.id()), _ -> new ArrayList<>())
                            .add(entry);
                }
            }
        }
        for (Entry entry : gone) {
            List<Entry> by = referring.getOrDefault(entry.label(), List.of());
            if (!by.isEmpty()) {
                refuse(entry, "", Reason.STILL_REFERRED_TO, by.getFirst().label(), by.size() - 1, after.day());
            }
        }
    }

    private void names(Set<String> touched) {
        Map<String, List<Entry>> alike = new HashMap<>();
        for (Entry operator : after.all(Kind.OPERATOR)) {
            alike.computeIfAbsent(NameScripts.skeleton(operator.text("name")), _ -> new ArrayList<>())
                    .add(operator);
        }
        for (List<Entry> group : alike.values()) {
            for (Entry operator : group) {
                Entry other = operator == group.getFirst() ? group.getLast() : group.getFirst();
                if (other != operator && touched.contains(operator.label())) {
                    refuse(operator, "name", Reason.NAME_LOOKS_ALIKE, operator.text("name"), other.label());
                }
            }
        }
    }

    /** No value of a list may stand in two entries of one kind. */
    private void heldOnce(Kind kind, String field, Reason reason, Set<String> touched) {
        if (touched.stream().noneMatch(label -> label.startsWith(kind.word() + " "))) {
            return;
        }
        Map<String, Entry> holders = new HashMap<>();
        for (Entry entry : after.all(kind)) {
            for (String value : entry.list(field)) {
                String bare = value.endsWith(Form.SEEN) ? value.substring(0, value.indexOf(' ')) : value;
                Entry holder = holders.putIfAbsent(bare, entry);
                if (holder != null && holder != entry) {
                    boolean isNew = touched.contains(entry.label());
                    Entry wrong = isNew ? entry : holder;
                    if (isNew || touched.contains(holder.label())) {
                        refuse(wrong, field, reason, bare, (isNew ? holder : entry).label(), after.day());
                    }
                }
            }
        }
    }

    private record Holding(Prefix prefix, Entry operator) {}

    /** A sweep by address, the shorter first: what covers a prefix stands before it. */
    private void prefixes(Set<String> touched) {
        List<Holding> holdings = new ArrayList<>();
        for (Entry operator : after.all(Kind.OPERATOR)) {
            operator.prefixes("prefixes").forEach(prefix -> holdings.add(new Holding(prefix, operator)));
        }
        holdings.sort(Comparator.comparing(
                Holding::prefix,
                Comparator.comparingInt(Prefix::ipVersion)
                        .thenComparing(Prefix::high, Long::compareUnsigned)
                        .thenComparing(Prefix::low, Long::compareUnsigned)
                        .thenComparingInt(Prefix::lengthBits)));
        Deque<Holding> covering = new ArrayDeque<>();
        for (Holding holding : holdings) {
            while (!covering.isEmpty() && !covering.peek().prefix().covers(holding.prefix())) {
                covering.pop();
            }
            // Not the nearest alone: between two prefixes of one operator may lie another's.
            for (Holding outer : covering) {
                if (outer.operator() != holding.operator()) {
                    tellOverlap(outer, holding, touched);
                    break;
                }
            }
            covering.push(holding);
        }
    }

    private void tellOverlap(Holding outer, Holding inner, Set<String> touched) {
        boolean isSame = outer.prefix().equals(inner.prefix());
        if (!isSame && takesNestedPrefixes) {
            return;
        }
        boolean isInnerNew = touched.contains(inner.operator().label());
        if (!isInnerNew && !touched.contains(outer.operator().label())) {
            return;
        }
        Holding wrong = isInnerNew ? inner : outer;
        Holding other = isInnerNew ? outer : inner;
        refuse(
                wrong.operator(),
                "prefixes",
                isSame ? Reason.PREFIX_HELD : Reason.PREFIX_NESTED,
                wrong.prefix(),
                other.prefix(),
                other.operator().label(),
                after.day());
    }

    private void refuse(Entry entry, String field, Reason reason, Object... arguments) {
        problems.add(Problem.at(entry.label(), field, reason, arguments));
    }
}
