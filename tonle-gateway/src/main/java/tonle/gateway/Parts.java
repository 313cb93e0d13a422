// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import tonle.base.power.Clock;
import tonle.database.Database;
import tonle.database.DatabaseSettings;
import tonle.portal.Portal;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.RunningPortal;
import tonle.traffic.store.DuckTrafficStore;
import tonle.traffic.store.StoreSettings;
import tonle.traffic.store.TrafficStore;

/**
 * What a gateway is put together from and a test may replace: the store's engine, the database and the web server.
 */
public interface Parts {
    TrafficStore store(Path directory, Clock clock) throws IOException;

    /** The database; empty for a gateway that shall have none, as in a test of something else. */
    default Optional<Database> database(DatabaseSettings settings, Clock clock) {
        return Optional.empty();
    }

    RunningPortal portal(PortalSettings settings, PortalServices services) throws IOException;

    /** The real ones. */
    Parts REAL = new Parts() {
        @Override
        public TrafficStore store(Path directory, Clock clock) throws IOException {
            return DuckTrafficStore.open(StoreSettings.in(directory), clock);
        }

        @Override
        public Optional<Database> database(DatabaseSettings settings, Clock clock) {
            return Optional.of(Database.open(settings, clock));
        }

        @Override
        public RunningPortal portal(PortalSettings settings, PortalServices services) throws IOException {
            return Portal.start(settings, services);
        }
    };
}
