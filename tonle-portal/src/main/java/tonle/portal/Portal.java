// SPDX-License-Identifier: Apache-2.0
package tonle.portal;

import tonle.portal.web.PortalApplication;

/** Starts the pages. */
public final class Portal {
    private Portal() {}

    /** Listens on loopback and answers; throws {@link PortBusyException} where the port is taken. */
    public static RunningPortal start(PortalSettings settings, PortalServices services) throws PortBusyException {
        return PortalApplication.start(settings, services);
    }
}
