// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tonle.base.power.Clock;
import tonle.database.Database;
import tonle.database.DatabaseOutage;
import tonle.gateway.config.Configuration;
import tonle.registry.Registry;

/**
 * The registry of a running gateway: there as soon as its database is, also where that comes after the start. What
 * is done once in a run, such as the first administrator's link, is done then.
 */
final class GatewayRegistry {
    private final GatewayDatabase database;
    private final Clock clock;
    private final Supplier<Configuration> configuration;
    private final Consumer<String> say;
    private volatile Optional<Registry> registry = Optional.empty();
    private boolean isWelcomed;

    GatewayRegistry(
            GatewayDatabase database, Clock clock, Supplier<Configuration> configuration, Consumer<String> say) {
        this.database = database;
        this.clock = clock;
        this.configuration = configuration;
        this.say = say;
    }

    /** Empty while there is no database. */
    Optional<Registry> registry() {
        if (registry.isEmpty()) {
            make();
        }
        return registry;
    }

    private synchronized void make() {
        if (registry.isEmpty()) {
            registry = database.database().map(this::over);
        }
    }

    private Registry over(Database open) {
        return Registry.of(
                open.web(),
                open.server(),
                clock,
                configuration.get().gateway().portal().zone(),
                () -> configuration.get().gateway().policies().nestedPrefixes(),
                operator -> configuration.get().topology().members().stream()
                        .anyMatch(member -> member.id().equals(operator)),
                List.of());
    }

    /**
     * Does what is due; asked from time to time by the gateway's housekeeping.
     *
     * @param port of the pages, for the link that is printed
     */
    synchronized void look(int port) {
        try {
            if (!isWelcomed && registry().isPresent()) {
                registry()
                        .flatMap(each -> each.people().firstLink("First administrator"))
                        .ifPresent(link -> say.accept("sign in    http://localhost:" + port + "/link/" + link.text()
                                + " makes you the first administrator, once, within a day"));
                isWelcomed = true;
            }
        } catch (DatabaseOutage _) {
            // Said by whoever looks after the database; the next look tries again.
        }
    }
}
