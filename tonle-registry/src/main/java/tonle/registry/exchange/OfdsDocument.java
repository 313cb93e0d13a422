// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Fibre circuits in the shape of the Open Fibre Data Standard 0.3 (JSON): networks of nodes that spans join. Contracts,
 * funders, street addresses and routes on the map are not taken.
 */
public record OfdsDocument(List<FibreNetwork> networks) {

    /** One network; {@code id} is a UUID. */
    public record FibreNetwork(
            String id, Optional<String> name, List<Organisation> organisations, List<Node> nodes, List<Span> spans) {}

    /** Who owns or runs a part of the network. */
    public record Organisation(String id, Optional<String> name, Optional<String> country, List<String> roles) {}

    /** A point of the network. Degrees as WGS 84; countries by two letters. */
    public record Node(
            String id,
            Optional<String> name,
            Optional<Status> status,
            Optional<Position> position,
            Optional<String> country,
            List<String> types,
            List<String> internationalCountries,
            List<String> networkProviders) {}

    /** Longitude and latitude in degrees, in this order, as GeoJSON has them. */
    public record Position(double longitude, double latitude) {}

    /** A physical connection between two nodes. The capacity in Gbit/s, the length in metres. */
    public record Span(
            String id,
            Optional<String> name,
            Optional<Status> status,
            Optional<LocalDate> readyForService,
            Optional<String> start,
            Optional<String> end,
            Optional<String> physicalInfrastructureProvider,
            List<String> networkProviders,
            List<String> media,
            OptionalInt fibreCount,
            Optional<Double> lengthMetres,
            Optional<Double> capacityGigabits,
            List<String> countries) {}

    /** The closed list {@code nodeStatus} and {@code spanStatus}. */
    public enum Status {
        PROPOSED("proposed"),
        PLANNED("planned"),
        UNDER_CONSTRUCTION("underConstruction"),
        OPERATIONAL("operational"),
        DECOMMISSIONED("decommissioned"),
        INACTIVE("inactive");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /** As it stands in the file. */
        public String text() {
            return text;
        }
    }
}
