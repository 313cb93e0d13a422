// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tonle.base.Json;
import tonle.registry.exchange.OfdsDocument.FibreNetwork;
import tonle.registry.exchange.OfdsDocument.Node;
import tonle.registry.exchange.OfdsDocument.Organisation;
import tonle.registry.exchange.OfdsDocument.Span;

/** Writes Open Fibre Data Standard packages of version 0.3, which {@link OfdsReader} reads back equal. */
public final class OfdsWriter {
    private static final String SCHEMA = "https://raw.githubusercontent.com/Open-Telecoms-Data/"
            + "open-fibre-data-standard/0__3__0/schema/network-schema.json";

    private final Json json;
    private Map<String, Optional<String>> organisationNames = Map.of();

    private OfdsWriter(Json json) {
        this.json = json;
    }

    /** The document, indented, with a line feed at the end. */
    public static String text(OfdsDocument document) {
        StringBuilder out = new StringBuilder();
        OfdsWriter writer = new OfdsWriter(new Json(out, true));
        writer.json.beginObject().name("networks").beginArray();
        document.networks().forEach(writer::network);
        writer.json.endArray().endObject();
        return out.append('\n').toString();
    }

    private void network(FibreNetwork network) {
        organisationNames = network.organisations().stream()
                .collect(Collectors.toMap(Organisation::id, Organisation::name, (first, second) -> first));
        json.beginObject().member("id", network.id());
        text("name", network.name());
        list("nodes", network.nodes(), this::node);
        list("spans", network.spans(), this::span);
        list("organisations", network.organisations(), this::organisation);
        json.name("crs")
                .beginObject()
                .member("name", "urn:ogc:def:crs:OGC::CRS84")
                .member("uri", "http://www.opengis.net/def/crs/OGC/1.3/CRS84")
                .endObject();
        json.name("links")
                .beginArray()
                .beginObject()
                .member("rel", "describedby")
                .member("href", SCHEMA)
                .endObject()
                .endArray();
        json.endObject();
    }

    private void organisation(Organisation organisation) {
        json.beginObject().member("id", organisation.id());
        text("name", organisation.name());
        text("country", organisation.country());
        texts("roles", organisation.roles());
        json.endObject();
    }

    private void node(Node node) {
        json.beginObject().member("id", node.id());
        text("name", node.name());
        text("status", node.status().map(OfdsDocument.Status::text));
        node.position()
                .ifPresent(position -> json.name("location")
                        .beginObject()
                        .member("type", "Point")
                        .name("coordinates")
                        .beginArray()
                        .value(position.longitude())
                        .value(position.latitude())
                        .endArray()
                        .endObject());
        node.country()
                .ifPresent(country -> json.name("address")
                        .beginObject()
                        .member("country", country)
                        .endObject());
        texts("type", node.types());
        list("internationalConnections", node.internationalCountries(), country -> {
            json.beginObject().member("country", country).endObject();
        });
        list("networkProviders", node.networkProviders(), this::reference);
        json.endObject();
    }

    private void span(Span span) {
        json.beginObject().member("id", span.id());
        text("name", span.name());
        text("status", span.status().map(OfdsDocument.Status::text));
        span.readyForService().ifPresent(day -> json.member("readyForServiceDate", day.toString()));
        text("start", span.start());
        text("end", span.end());
        span.physicalInfrastructureProvider().ifPresent(id -> {
            json.name("physicalInfrastructureProvider");
            reference(id);
        });
        list("networkProviders", span.networkProviders(), this::reference);
        texts("transmissionMedium", span.media());
        span.fibreCount().ifPresent(count -> json.member("fibreCount", count));
        span.lengthMetres().ifPresent(metres -> json.member("fibreLength", metres.doubleValue()));
        span.capacityGigabits().ifPresent(gigabits -> json.member("capacity", gigabits.doubleValue()));
        texts("countries", span.countries());
        json.endObject();
    }

    private void reference(String id) {
        json.beginObject().member("id", id);
        text("name", organisationNames.getOrDefault(id, Optional.empty()));
        json.endObject();
    }

    private void text(String name, Optional<String> value) {
        value.ifPresent(text -> json.member(name, text));
    }

    private void texts(String name, List<String> values) {
        list(name, values, text -> {
            json.value(text);
        });
    }

    private <T> void list(String name, List<T> values, Consumer<T> writer) {
        // The schema wants no empty list: what is not known has no member.
        if (!values.isEmpty()) {
            json.name(name).beginArray();
            values.forEach(writer);
            json.endArray();
        }
    }
}
