// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tonle.base.Prefix;
import tonle.base.Speed;
import tonle.registry.book.Entry;
import tonle.registry.book.Form;
import tonle.registry.book.Histories;
import tonle.registry.book.Kind;
import tonle.registry.book.RoleMailbox;
import tonle.registry.book.Snapshot;
import tonle.registry.change.Item;
import tonle.registry.exchange.IxfDocument.Connection;
import tonle.registry.exchange.IxfDocument.LanUse;
import tonle.registry.exchange.IxfDocument.Member;
import tonle.registry.exchange.IxfDocument.Router;
import tonle.registry.exchange.OfdsDocument.Span;
import tonle.registry.exchange.PeeringDbDocument.Net;

/**
 * What a foreign file would change in the book: items of a draft that somebody proposes and another confirms. A file
 * fills what the book does not know. Where both say something and it differs, the book stays as it is and the
 * difference is told.
 */
public final class BookImports {
    private static final int ID_LETTERS_MAX = 31;
    private static final double BITS_PER_GIGABIT = 1e9;

    private final Histories histories;
    private final Snapshot book;
    private final List<Item> items = new ArrayList<>();
    private final List<Divergence> divergences = new ArrayList<>();
    private final Set<String> idsTaken = new HashSet<>();

    /** @param day the day on which the draft shall begin to hold */
    public BookImports(Histories histories, LocalDate day) {
        this.histories = histories;
        this.book = new Snapshot(day, histories);
        for (Kind kind : Kind.values()) {
            histories.of(kind).keySet().forEach(id -> idsTaken.add(kind.word() + ' ' + id.toLowerCase(Locale.ROOT)));
        }
    }

    /** Where file and book say different things; {@code object} as {@link Entry#label}. */
    public record Divergence(String object, String field, String book, String file) {}

    /** The items of a draft, which may be none, and what differs. */
    public record Proposal(List<Item> items, List<Divergence> divergences) {
        public Proposal {
            items = List.copyOf(items);
            divergences = List.copyOf(divergences);
        }
    }

    /** Members of an exchange become operators, by their AS number. */
    public Proposal ixf(IxfDocument document) {
        for (Member member : document.members()) {
            Map<String, String> fields = new LinkedHashMap<>();
            member.name().ifPresent(name -> fields.put("name", name));
            member.url().ifPresent(url -> fields.put("web-address", url));
            Set<String> macros = new TreeSet<>();
            for (Connection connection : member.connections()) {
                for (LanUse use : connection.lans()) {
                    use.ipv4().flatMap(Router::asMacro).ifPresent(macros::add);
                    use.ipv6().flatMap(Router::asMacro).ifPresent(macros::add);
                }
            }
            asSets(macros).ifPresent(sets -> fields.put("as-sets", sets));
            member.emails().stream()
                    .filter(RoleMailbox::isRole)
                    .findFirst()
                    .ifPresent(mailbox -> fields.put("contact-peering", mailbox));
            operator(member.asn(), fields);
        }
        return proposal();
    }

    /** Networks become operators, by their AS number. */
    public Proposal peeringDb(PeeringDbDocument document) {
        for (Net net : document.networks()) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("name", net.name());
            net.website().ifPresent(url -> fields.put("web-address", url));
            net.asSet()
                    .flatMap(set -> asSets(new TreeSet<>(List.of(set.split("[ ,]+")))))
                    .ifPresent(sets -> fields.put("as-sets", sets));
            if (net.id() <= 10_000_000) {
                fields.put("peeringdb-id", Integer.toString(net.id()));
            }
            operator(net.asn(), fields);
        }
        return proposal();
    }

    /** Spans of which one end is a site of ours become links; spans between strangers are not ours to keep. */
    public Proposal ofds(OfdsDocument document) {
        document.networks().forEach(network -> network.spans().forEach(this::link));
        return proposal();
    }

    /**
     * How the operators of the book stand to what the country holds.
     *
     * @param foreignAsns operator and AS number that the country does not hold
     * @param foreignPrefixes operator and prefix that lies outside what the country holds
     * @param unclaimedAsns how many AS numbers of the country no operator of the book has
     */
    public record ResourceReport(
            List<String> foreignAsns, List<String> foreignPrefixes, long heldAsns, long unclaimedAsns) {}

    /** Compares; nothing is proposed, for a number held abroad is a fact to look at and not a fault. */
    public ResourceReport delegated(DelegatedResources resources) {
        List<String> asns = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        Set<Long> claimed = new HashSet<>();
        for (Entry operator : book.all(Kind.OPERATOR)) {
            for (long asn : operator.numbers("asns")) {
                if (resources.holdsAsn(asn)) {
                    claimed.add(asn);
                } else {
                    asns.add(operator.id() + " AS" + asn);
                }
            }
            for (Prefix prefix : operator.prefixes("prefixes")) {
                if (!resources.holds(prefix)) {
                    prefixes.add(operator.id() + ' ' + prefix.text());
                }
            }
        }
        long held = resources.asns().stream()
                .mapToLong(range -> range.last() - range.first() + 1)
                .sum();
        return new ResourceReport(List.copyOf(asns), List.copyOf(prefixes), held, held - claimed.size());
    }

    private void operator(long asn, Map<String, String> fields) {
        Optional<Entry> known = book.all(Kind.OPERATOR).stream()
                .filter(operator -> operator.numbers("asns").contains(asn))
                .findFirst();
        if (known.isPresent()) {
            fill(known.get(), fields);
            return;
        }
        String name = fields.computeIfAbsent("name", missing -> "AS" + asn);
        fields.put("asns", Long.toString(asn));
        items.add(Item.add(Kind.OPERATOR, id(Kind.OPERATOR, name, "as" + asn), fields));
    }

    private void link(Span span) {
        Optional<Entry> start = span.start().flatMap(id -> book.find(Kind.SITE, id));
        Optional<Entry> end = span.end().flatMap(id -> book.find(Kind.SITE, id));
        Optional<Entry> near = start.or(() -> end);
        if (near.isEmpty() || span.capacityGigabits().isEmpty()) {
            return;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("site", near.get().id());
        if (start.isPresent() && end.isPresent()) {
            fields.put("kind", "backbone");
            fields.put("far-site", end.get().id());
        } else {
            fields.put("kind", "international");
            span.countries().stream()
                    .filter(country -> !country.equals(near.get().text("country")))
                    .findFirst()
                    .ifPresent(country -> fields.put("counterpart-country", country));
        }
        fields.put("capacity", Speed.text(Math.round(span.capacityGigabits().get() * BITS_PER_GIGABIT)));
        span.readyForService().ifPresent(day -> fields.put("in-service-from", day.toString()));
        span.networkProviders().stream()
                .filter(provider -> book.find(Kind.OPERATOR, provider).isPresent())
                .findFirst()
                .ifPresent(operator -> fields.put("operator", operator));
        Optional<Entry> known = book.find(Kind.LINK, span.id());
        if (known.isPresent()) {
            fill(known.get(), fields);
        } else {
            items.add(Item.add(Kind.LINK, id(Kind.LINK, span.id(), "span"), fields));
        }
    }

    /** Proposes what the book leaves open, and tells where it says otherwise. */
    private void fill(Entry known, Map<String, String> fields) {
        Map<String, String> missing = new LinkedHashMap<>();
        fields.forEach((field, value) -> {
            String now = known.text(field);
            if (now.isEmpty()) {
                missing.put(field, value);
            } else if (!now.equals(value)) {
                divergences.add(new Divergence(known.label(), field, now, value));
            }
        });
        if (!missing.isEmpty()) {
            int head = histories.of(known.kind()).get(known.id()).head();
            items.add(Item.amend(known.kind(), known.id(), head, missing));
        }
    }

    /** AS-SETs in the book's form: without the database that some write in front ({@code RIPE::AS-ALPHA}). */
    private static Optional<String> asSets(Set<String> written) {
        List<String> sets = written.stream()
                .map(text -> text.substring(text.lastIndexOf("::") < 0 ? 0 : text.lastIndexOf("::") + 2)
                        .toUpperCase(Locale.ROOT))
                .filter(text -> text.startsWith("AS-") || text.contains(":AS-"))
                .distinct()
                .sorted()
                .toList();
        return sets.isEmpty() ? Optional.empty() : Optional.of(Form.listOf(sets));
    }

    /** An id that people can read and nobody ever had: letters of the name, else the word that stays. */
    private String id(Kind kind, String name, String otherwise) {
        String latin = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        String slug = latin.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-+|-+$", "");
        if (kind == Kind.OPERATOR) {
            slug = slug.toLowerCase(Locale.ROOT);
        }
        if (slug.length() > ID_LETTERS_MAX) {
            slug = slug.substring(0, ID_LETTERS_MAX).replaceAll("-+$", "");
        }
        if (slug.isEmpty() || kind.checkId(slug).isPresent() || !take(kind, slug)) {
            slug = otherwise;
            for (int count = 2; !take(kind, slug); count++) {
                slug = otherwise + '-' + count;
            }
        }
        return slug;
    }

    private boolean take(Kind kind, String id) {
        return idsTaken.add(kind.word() + ' ' + id.toLowerCase(Locale.ROOT));
    }

    private Proposal proposal() {
        return new Proposal(items, divergences);
    }
}
