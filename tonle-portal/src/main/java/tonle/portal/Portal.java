// SPDX-License-Identifier: Apache-2.0
package tonle.portal;

/** Starts the pages. */
public final class Portal {
    private Portal() {}

    /** Listens on loopback and answers; throws {@link PortBusyException} where the port is taken. */
    public static RunningPortal start(PortalSettings settings, PortalServices services) throws PortBusyException {
        throw new UnsupportedOperationException("the pages are not served yet");
    }
}
