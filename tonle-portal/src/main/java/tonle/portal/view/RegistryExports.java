// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import tonle.registry.Registry;
import tonle.registry.book.Book;
import tonle.registry.exchange.BookExports;
import tonle.registry.exchange.IxfVersion;
import tonle.registry.exchange.IxfWriter;
import tonle.registry.exchange.OfdsWriter;
import tonle.registry.exchange.PeeringDbWriter;
import tonle.registry.rights.Actor;

/** The registry in the formats of others, as it was on any day. Only public fields go out, whoever asks. */
public final class RegistryExports {
    /** File names, as in {@code /registry/export/NAME}. */
    public static final List<String> NAMES =
            List.of("ixf-1.0.json", "ixf-0.7.json", "ixf-0.6.json", "peeringdb.json", "ofds.json");

    private RegistryExports() {}

    /** The file of that name; empty where there is none of it. */
    public static Optional<Document> document(Registry registry, String version, String name, LocalDate day) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        Instant now = Instant.ofEpochMilli(registry.clock().unixMillis());
        String text = registry.book().onDay(Book.facts(Actor.TONLE.pseudonym()), day, book -> {
            BookExports exports = new BookExports(book);
            return switch (name) {
                case "peeringdb.json" -> PeeringDbWriter.text(exports.peeringDb());
                case "ofds.json" -> OfdsWriter.text(exports.ofds("tonle", "Tonle"));
                default -> IxfWriter.text(exports.ixf("Tonle " + version, now), ixf(name));
            };
        });
        return Optional.of(Document.of(Document.JSON, text));
    }

    private static IxfVersion ixf(String name) {
        return switch (name) {
            case "ixf-0.6.json" -> IxfVersion.V0_6;
            case "ixf-0.7.json" -> IxfVersion.V0_7;
            default -> IxfVersion.V1_0;
        };
    }
}
