// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import tonle.registry.exchange.OfdsDocument.FibreNetwork;
import tonle.registry.exchange.OfdsDocument.Node;
import tonle.registry.exchange.OfdsDocument.Organisation;
import tonle.registry.exchange.OfdsDocument.Position;
import tonle.registry.exchange.OfdsDocument.Span;
import tonle.registry.exchange.OfdsDocument.Status;
import tools.jackson.databind.JsonNode;

/**
 * Reads Open Fibre Data Standard packages ({@code {"networks":[…]}}) of versions 0.1 to 0.3. In 0.1 and 0.2 the two
 * ends of a span may be written as a reference with id and name, in 0.3 as the id alone: both are read.
 */
public final class OfdsReader {
    private static final int NETWORKS_MAX = 100;
    private static final int PARTS_MAX = 50_000;
    private static final int LIST_MAX = 200;
    private static final int ID_CHARS_MAX = 200;
    private static final int NAME_CHARS_MAX = 300;
    private static final double LENGTH_METRES_MAX = 50_000_000;
    private static final double CAPACITY_GIGABITS_MAX = 10_000_000;
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Set<String> MEDIA = Set.of("fibre", "microwave", "copper", "coaxial");
    private static final List<String> STATUSES =
            Arrays.stream(Status.values()).map(Status::text).toList();

    private final Findings findings = new Findings();

    private OfdsReader() {}

    /** Reads one file of at most {@link JsonFile#FILE_OCTETS_MAX} octets; the stream stays open. */
    public static Reading<OfdsDocument> read(InputStream in) throws IOException {
        return new OfdsReader().file(in);
    }

    private Reading<OfdsDocument> file(InputStream in) throws IOException {
        Optional<JsonNode> tree = JsonFile.read(in, findings);
        if (tree.isEmpty()) {
            return findings.refused();
        }
        JsonCursor root = new JsonCursor(tree.get(), "", findings);
        if (root.isObject()) {
            root.demand("networks");
        }
        List<FibreNetwork> networks = root.objects("networks", NETWORKS_MAX, this::network);
        Set<String> ids = new HashSet<>();
        networks.forEach(network -> {
            if (!ids.add(network.id())) {
                findings.refuse(Reason.DUPLICATE_ID, "/networks", "network " + network.id() + " stands twice");
            }
        });
        return findings.outcome(new OfdsDocument(networks));
    }

    private FibreNetwork network(JsonCursor at) {
        at.demand("id", "links");
        Optional<String> id = at.text("id", ID_CHARS_MAX);
        if (id.isPresent() && !UUID.matcher(id.get()).matches()) {
            findings.refuse(Reason.NOT_IN_LIST, at.at("id"), Findings.quote(id.get()) + " is no UUID (RFC 9562)");
        }
        List<Organisation> organisations = at.objects("organisations", PARTS_MAX, this::organisation);
        List<Node> nodes = at.objects("nodes", PARTS_MAX, this::node);
        List<Span> spans = at.objects("spans", PARTS_MAX, this::span);
        checkReferences(at, organisations, nodes, spans);
        return id.map(text -> new FibreNetwork(text, at.text("name", NAME_CHARS_MAX), organisations, nodes, spans))
                .orElse(null);
    }

    private Organisation organisation(JsonCursor at) {
        at.demand("id");
        return at.text("id", ID_CHARS_MAX)
                .map(id -> new Organisation(
                        id, at.text("name", NAME_CHARS_MAX), country(at, "country"), at.texts("roles", 60, LIST_MAX)))
                .orElse(null);
    }

    private Node node(JsonCursor at) {
        at.demand("id");
        return at.text("id", ID_CHARS_MAX)
                .map(id -> new Node(
                        id,
                        at.text("name", NAME_CHARS_MAX),
                        status(at),
                        at.object("location").flatMap(this::position),
                        at.object("address").flatMap(address -> country(address, "country")),
                        at.texts("type", 60, LIST_MAX),
                        at.objects("internationalConnections", LIST_MAX, place -> {
                            place.demand("country");
                            return country(place, "country").orElse(null);
                        }),
                        references(at, "networkProviders")))
                .orElse(null);
    }

    private Optional<Position> position(JsonCursor at) {
        at.demand("type", "coordinates");
        at.oneOf("type", Set.of("Point"));
        List<Double> degrees = at.decimals("coordinates", 2, 3);
        if (degrees.size() < 2) {
            return Optional.empty();
        }
        double longitude = degrees.get(0);
        double latitude = degrees.get(1);
        if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) {
            // The commonest fault of such files: latitude first.
            findings.refuse(
                    Reason.OUT_OF_RANGE,
                    at.at("coordinates"),
                    longitude + ", " + latitude + " is no place on earth; longitude stands first, then latitude");
            return Optional.empty();
        }
        return Optional.of(new Position(longitude, latitude));
    }

    private Span span(JsonCursor at) {
        at.demand("id");
        List<String> media = at.texts("transmissionMedium", 60, LIST_MAX);
        media.stream()
                .filter(medium -> !MEDIA.contains(medium))
                .forEach(medium -> findings.refuse(
                        Reason.NOT_IN_LIST,
                        at.at("transmissionMedium"),
                        Findings.quote(medium) + " is none of fibre, microwave, copper, coaxial"));
        List<String> countries = at.texts("countries", 60, LIST_MAX);
        countries.stream()
                .filter(code -> !COUNTRY.matcher(code).matches())
                .forEach(code -> findings.refuse(
                        Reason.NOT_IN_LIST,
                        at.at("countries"),
                        Findings.quote(code) + " is no country of two capital letters"));
        return at.text("id", ID_CHARS_MAX)
                .map(id -> new Span(
                        id,
                        at.text("name", NAME_CHARS_MAX),
                        status(at),
                        at.date("readyForServiceDate"),
                        end(at, "start"),
                        end(at, "end"),
                        at.object("physicalInfrastructureProvider").flatMap(this::reference),
                        references(at, "networkProviders"),
                        media,
                        at.integer("fibreCount", 0, 1_000_000),
                        at.decimal("fibreLength", 0, LENGTH_METRES_MAX),
                        at.decimal("capacity", 0, CAPACITY_GIGABITS_MAX),
                        countries))
                .orElse(null);
    }

    private Optional<Status> status(JsonCursor at) {
        return at.oneOf("status", STATUSES)
                .flatMap(text -> Arrays.stream(Status.values())
                        .filter(status -> status.text().equals(text))
                        .findFirst());
    }

    private Optional<String> end(JsonCursor at, String name) {
        return at.isTextual(name)
                ? at.text(name, ID_CHARS_MAX)
                : at.object(name).flatMap(this::reference);
    }

    private Optional<String> reference(JsonCursor at) {
        at.demand("id");
        return at.text("id", ID_CHARS_MAX);
    }

    private List<String> references(JsonCursor at, String name) {
        return at.objects(name, LIST_MAX, cursor -> reference(cursor).orElse(null));
    }

    private Optional<String> country(JsonCursor at, String name) {
        Optional<String> code = at.text(name, 60);
        if (code.isPresent() && !COUNTRY.matcher(code.get()).matches()) {
            findings.refuse(
                    Reason.NOT_IN_LIST,
                    at.at(name),
                    Findings.quote(code.get()) + " is no country of two capital letters");
            return Optional.empty();
        }
        return code;
    }

    private void checkReferences(JsonCursor at, List<Organisation> organisations, List<Node> nodes, List<Span> spans) {
        Map<String, Node> nodesById = byId(nodes, Node::id, at.at("nodes"));
        byId(spans, Span::id, at.at("spans"));
        Set<String> known =
                byId(organisations, Organisation::id, at.at("organisations")).keySet();
        List<String> providers = new ArrayList<>();
        for (Span span : spans) {
            for (Optional<String> end : List.of(span.start(), span.end())) {
                if (end.isPresent() && !nodesById.containsKey(end.get())) {
                    findings.refuse(
                            Reason.UNKNOWN_REFERENCE,
                            at.at("spans"),
                            "span " + Findings.quote(span.id()) + " ends at " + Findings.quote(end.get())
                                    + ", which is no node of this network");
                }
            }
            if (span.start().isPresent() && span.start().equals(span.end())) {
                findings.note(
                        Reason.UNKNOWN_REFERENCE,
                        at.at("spans"),
                        "span " + Findings.quote(span.id()) + " starts and ends at the same node");
            }
            providers.addAll(span.networkProviders());
            span.physicalInfrastructureProvider().ifPresent(providers::add);
        }
        nodes.forEach(node -> providers.addAll(node.networkProviders()));
        providers.stream()
                .distinct()
                .filter(id -> !known.contains(id))
                .forEach(id -> findings.note(
                        Reason.UNKNOWN_REFERENCE,
                        at.at("organisations"),
                        Findings.quote(id) + " provides a part of this network and is not in its list"));
    }

    private <T> Map<String, T> byId(List<T> parts, Function<T, String> id, String where) {
        Map<String, T> map = new HashMap<>();
        parts.forEach(part -> {
            if (map.put(id.apply(part), part) != null) {
                findings.refuse(Reason.DUPLICATE_ID, where, Findings.quote(id.apply(part)) + " stands twice");
            }
        });
        return map;
    }
}
