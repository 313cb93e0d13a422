// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import tonle.registry.book.Entry;
import tonle.registry.book.Kind;
import tonle.registry.book.Snapshot;
import tonle.registry.exchange.OfdsDocument.FibreNetwork;
import tonle.registry.exchange.OfdsDocument.Node;
import tonle.registry.exchange.OfdsDocument.Organisation;
import tonle.registry.exchange.OfdsDocument.Position;
import tonle.registry.exchange.OfdsDocument.Span;
import tonle.registry.exchange.OfdsDocument.Status;

/**
 * The book as others read it, on one day: our own exchanges as an IX-F member export and as PeeringDB objects, circuits
 * as an Open Fibre Data Standard package. Only public fields go out, whoever asks.
 */
public final class BookExports {
    private static final long BITS_PER_MEGABIT = 1_000_000;
    private static final double BITS_PER_GIGABIT = 1e9;

    private final Snapshot book;

    public BookExports(Snapshot book) {
        this.book = book;
    }

    /**
     * The members of our own exchanges. Operators without an AS number or without a port at an exchange are not members
     * there.
     *
     * @param generator the program and its version, as the file names it
     */
    public IxfDocument ixf(String generator, Instant now) {
        List<IxfDocument.Exchange> exchanges = new ArrayList<>();
        for (Entry exchange : ownExchanges()) {
            exchanges.add(new IxfDocument.Exchange(
                    numberOf(exchange),
                    exchange.id(),
                    said(exchange.text("name")),
                    Optional.empty(),
                    Optional.empty(),
                    said(exchange.text("country")),
                    integer(exchange, "ixf-id"),
                    OptionalInt.empty(),
                    List.of(),
                    List.of(),
                    switches(exchange),
                    List.of()));
        }
        List<IxfDocument.Member> members = new ArrayList<>();
        membersByAsn().forEach((asn, operator) -> members.add(member(asn, operator)));
        members.removeIf(member -> member.connections().isEmpty());
        return new IxfDocument(
                IxfVersion.V1_0, now.atOffset(ZoneOffset.UTC), Optional.of(generator), exchanges, members);
    }

    private List<IxfDocument.Switch> switches(Entry exchange) {
        return book.all(Kind.DEVICE).stream()
                .filter(device -> device.text("role").equals("switch") && isAt(device.text("site"), exchange))
                .map(device -> new IxfDocument.Switch(
                        OptionalInt.of(numberOf(device)),
                        Optional.of(device.id()),
                        Optional.empty(),
                        OptionalInt.empty(),
                        site(device.text("site")).map(site -> site.text("name")),
                        site(device.text("site")).flatMap(site -> said(site.text("country"))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
    }

    private IxfDocument.Member member(long asn, Entry operator) {
        List<IxfDocument.Connection> connections = new ArrayList<>();
        for (Entry link : exchangePorts(operator)) {
            Optional<Entry> exchange = site(link.text("site")).flatMap(site -> exchange(site.text("exchange")));
            if (exchange.isEmpty() || exchange.get().text("standing").equals("federated")) {
                continue;
            }
            int megabits =
                    Math.toIntExact(Math.min(link.bitsPerSecond("capacity") / BITS_PER_MEGABIT, Integer.MAX_VALUE));
            connections.add(new IxfDocument.Connection(
                    numberOf(exchange.get()),
                    Optional.of(isInService(link) ? "active" : "inactive"),
                    day(link.text("in-service-from"))
                            .map(day -> day.atStartOfDay().atOffset(ZoneOffset.UTC)),
                    List.of(new IxfDocument.Port(switchOf(link), OptionalInt.of(megabits), Optional.empty())),
                    List.of()));
        }
        return new IxfDocument.Member(
                asn,
                Optional.of("peering"),
                said(operator.text("name")),
                said(operator.text("web-address")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                connections);
    }

    private OptionalInt switchOf(Entry link) {
        return link.list("ports").stream()
                .map(port -> port.substring(0, port.lastIndexOf('/')))
                .flatMap(device -> book.find(Kind.DEVICE, device).stream())
                .filter(device -> device.text("role").equals("switch"))
                .mapToInt(BookExports::numberOf)
                .findFirst();
    }

    /** Our own exchanges, their members and the halls that they meet in, as PeeringDB would have them. */
    public PeeringDbDocument peeringDb() {
        List<PeeringDbDocument.Organisation> organisations = new ArrayList<>();
        List<PeeringDbDocument.Net> networks = new ArrayList<>();
        Map<String, Integer> lanOfExchange = new LinkedHashMap<>();
        List<PeeringDbDocument.Exchange> exchanges = new ArrayList<>();
        List<PeeringDbDocument.Lan> lans = new ArrayList<>();
        for (Entry exchange : ownExchanges()) {
            exchanges.add(new PeeringDbDocument.Exchange(
                    numberOf(exchange),
                    OptionalInt.empty(),
                    exchange.text("name"),
                    Optional.empty(),
                    said(exchange.text("country"))));
            lans.add(new PeeringDbDocument.Lan(
                    numberOf(exchange), numberOf(exchange), Optional.empty(), OptionalInt.empty()));
            lanOfExchange.put(exchange.id(), numberOf(exchange));
        }
        List<PeeringDbDocument.Presence> presences = new ArrayList<>();
        for (Entry operator : book.all(Kind.OPERATOR)) {
            organisations.add(new PeeringDbDocument.Organisation(
                    numberOf(operator), operator.text("name"), said(operator.text("web-address")), Optional.empty()));
            for (long asn : operator.numbers("asns")) {
                networks.add(net(operator, asn));
            }
            operator.numbers("asns").stream()
                    .findFirst()
                    .ifPresent(asn -> exchangePorts(operator)
                            .forEach(link -> site(link.text("site"))
                                    .map(site -> lanOfExchange.get(site.text("exchange")))
                                    .ifPresent(lan -> presences.add(presence(link, asn, lan)))));
        }
        List<PeeringDbDocument.Facility> facilities =
                book.all(Kind.FACILITY).stream().map(this::facility).toList();
        return new PeeringDbDocument(
                organisations,
                networks,
                exchanges,
                lans,
                List.of(),
                facilities,
                presences,
                List.of(),
                exchangeFacilities());
    }

    private PeeringDbDocument.Net net(Entry operator, long asn) {
        return new PeeringDbDocument.Net(
                numberOf("net", Long.toString(asn)),
                OptionalInt.of(numberOf(operator)),
                operator.text("name"),
                asn,
                said(operator.text("web-address")),
                operator.list("as-sets").stream().findFirst(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    private PeeringDbDocument.Presence presence(Entry link, long asn, int lan) {
        long megabits = Math.min(link.bitsPerSecond("capacity") / BITS_PER_MEGABIT, 100_000_000);
        return new PeeringDbDocument.Presence(
                numberOf(link),
                OptionalInt.of(numberOf("net", Long.toString(asn))),
                lan,
                asn,
                Math.toIntExact(megabits),
                Optional.empty(),
                Optional.empty(),
                false,
                isInService(link));
    }

    private PeeringDbDocument.Facility facility(Entry facility) {
        return new PeeringDbDocument.Facility(
                numberOf(facility),
                OptionalInt.empty(),
                facility.text("name"),
                site(facility.text("site")).map(site -> site.text("name")),
                site(facility.text("site")).flatMap(site -> said(site.text("country"))),
                degrees(facility, "latitude"),
                degrees(facility, "longitude"));
    }

    private List<PeeringDbDocument.ExchangeFacility> exchangeFacilities() {
        List<PeeringDbDocument.ExchangeFacility> places = new ArrayList<>();
        for (Entry facility : book.all(Kind.FACILITY)) {
            site(facility.text("site"))
                    .flatMap(site -> exchange(site.text("exchange")))
                    .filter(exchange -> exchange.text("standing").equals("own"))
                    .ifPresent(exchange -> places.add(new PeeringDbDocument.ExchangeFacility(
                            numberOf("exchange-facility", exchange.id() + "/" + facility.id()),
                            numberOf(exchange),
                            numberOf(facility))));
        }
        return places;
    }

    /**
     * The circuits between our sites and to other countries.
     *
     * @param networkId a UUID that stays the same for this gateway
     */
    public OfdsDocument ofds(String networkId, String networkName) {
        List<Node> nodes = new ArrayList<>();
        for (Entry site : book.all(Kind.SITE)) {
            Set<String> countries = new LinkedHashSet<>();
            circuits()
                    .filter(link -> link.text("site").equals(site.id()))
                    .map(link -> link.text("counterpart-country"))
                    .filter(country -> !country.isEmpty())
                    .forEach(countries::add);
            nodes.add(new Node(
                    site.id(),
                    Optional.of(site.text("name")),
                    Optional.of(Status.OPERATIONAL),
                    degrees(site, "longitude")
                            .flatMap(longitude ->
                                    degrees(site, "latitude").map(latitude -> new Position(longitude, latitude))),
                    said(site.text("country")),
                    List.of("pop"),
                    List.copyOf(countries),
                    List.of()));
        }
        List<Span> spans = new ArrayList<>();
        Map<String, Entry> owners = new TreeMap<>();
        circuits().forEach(link -> {
            String far = link.text("far-site");
            if (far.isEmpty()) {
                far = "abroad-" + link.id();
                nodes.add(new Node(
                        far,
                        said(link.text("counterpart")),
                        Optional.empty(),
                        Optional.empty(),
                        said(link.text("counterpart-country")),
                        List.of(),
                        List.of(),
                        List.of()));
            }
            book.find(Kind.OPERATOR, link.text("operator")).ifPresent(owner -> owners.put(owner.id(), owner));
            spans.add(span(link, far));
        });
        List<Organisation> organisations = owners.values().stream()
                .map(owner -> new Organisation(
                        owner.id(), Optional.of(owner.text("name")), Optional.empty(), List.of("networkProvider")))
                .toList();
        return new OfdsDocument(
                List.of(new FibreNetwork(networkId, Optional.of(networkName), organisations, nodes, spans)));
    }

    private Span span(Entry link, String far) {
        Set<String> countries = new LinkedHashSet<>();
        site(link.text("site")).map(site -> site.text("country")).ifPresent(countries::add);
        countries.add(link.text("counterpart-country"));
        countries.remove("");
        return new Span(
                link.id(),
                Optional.empty(),
                Optional.of(status(link)),
                day(link.text("in-service-from")),
                Optional.of(link.text("site")),
                Optional.of(far),
                Optional.empty(),
                book.find(Kind.OPERATOR, link.text("operator")).map(Entry::id).stream()
                        .toList(),
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(link.bitsPerSecond("capacity") / BITS_PER_GIGABIT),
                List.copyOf(countries));
    }

    private Status status(Entry link) {
        Optional<LocalDate> from = day(link.text("in-service-from"));
        if (day(link.text("in-service-until"))
                .filter(until -> !until.isAfter(book.day()))
                .isPresent()) {
            return Status.DECOMMISSIONED;
        }
        return from.isPresent() && from.get().isAfter(book.day()) ? Status.PLANNED : Status.OPERATIONAL;
    }

    private boolean isInService(Entry link) {
        return status(link) == Status.OPERATIONAL;
    }

    private Stream<Entry> circuits() {
        return book.all(Kind.LINK).stream()
                .filter(link -> link.text("kind").equals("international")
                        || link.text("kind").equals("backbone"));
    }

    private Collection<Entry> ownExchanges() {
        return book.all(Kind.EXCHANGE).stream()
                .filter(exchange -> exchange.text("standing").equals("own"))
                .toList();
    }

    /** An operator is a member under its first AS number: the one that its other numbers stand behind. */
    private Map<Long, Entry> membersByAsn() {
        Map<Long, Entry> members = new TreeMap<>();
        book.all(Kind.OPERATOR)
                .forEach(operator ->
                        operator.numbers("asns").stream().findFirst().ifPresent(asn -> members.put(asn, operator)));
        return members;
    }

    private List<Entry> exchangePorts(Entry operator) {
        return book.all(Kind.LINK).stream()
                .filter(link -> link.text("kind").equals("exchange-port")
                        && link.text("operator").equals(operator.id()))
                .toList();
    }

    private boolean isAt(String siteId, Entry exchange) {
        return site(siteId)
                .filter(site -> site.text("exchange").equals(exchange.id()))
                .isPresent();
    }

    private Optional<Entry> site(String id) {
        return id.isEmpty() ? Optional.empty() : book.find(Kind.SITE, id);
    }

    private Optional<Entry> exchange(String id) {
        return id.isEmpty() ? Optional.empty() : book.find(Kind.EXCHANGE, id);
    }

    private static Optional<Double> degrees(Entry entry, String field) {
        return said(entry.text(field)).map(Double::valueOf);
    }

    private static Optional<LocalDate> day(String text) {
        return said(text).map(LocalDate::parse);
    }

    private static OptionalInt integer(Entry entry, String field) {
        return entry.text(field).isEmpty() ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(entry.number(field)));
    }

    private static Optional<String> said(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static int numberOf(Entry entry) {
        return numberOf(entry.kind().word(), entry.id());
    }

    /**
     * A number for an id that has none. These formats want whole numbers that stay the same for ever; an id is never
     * used again, so a checksum of it stays too. Two of some thousands meeting by chance is one in about a thousand,
     * and shows as a duplicate when the file is read.
     */
    static int numberOf(String kind, String id) {
        CRC32 checksum = new CRC32();
        checksum.update((kind + ' ' + id).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return Math.max(1, (int) (checksum.getValue() & 0x7FFF_FFFF));
    }
}
