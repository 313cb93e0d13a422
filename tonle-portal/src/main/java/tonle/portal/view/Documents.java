// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;

/** Answers addresses with the tables of their pages, as JSON, CSV or text, without HTTP: {@code /exporters.json}. */
public final class Documents {
    private final PortalSettings settings;
    private final PortalServices services;

    public Documents(PortalSettings settings, PortalServices services) {
        this.settings = settings;
        this.services = services;
    }

    /**
     * The document at an address.
     *
     * @param pathAndQuery a page's path with {@code .json}, {@code .csv} or {@code .txt} at its end, and its parameters
     */
    public Document answer(String pathAndQuery) {
        throw new UnsupportedOperationException(
                "no document yet for " + pathAndQuery + " in " + settings.zone() + services.clock());
    }
}
