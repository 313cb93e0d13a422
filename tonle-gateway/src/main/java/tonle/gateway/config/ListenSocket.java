// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import java.util.Optional;
import tonle.base.DeviceAddress;

/** An own address and port to listen on: {@code 127.0.0.1:2055}, {@code [::1]:4739}. Port 0 lets the system choose. */
public record ListenSocket(DeviceAddress address, int port) {
    private static final int PORT_MAX = 65_535;

    /** The socket that {@code text} writes, or empty. Names are not looked up. */
    public static Optional<ListenSocket> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (port > PORT_MAX || (host.indexOf(':') >= 0) != bracketed) {
            return Optional.empty();
        }
        return DeviceAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host)
                .map(address -> new ListenSocket(address, port));
    }

    public boolean isLoopback() {
        return address.ipVersion() == 4 ? address.high() >>> 56 == 127 : address.high() == 0 && address.low() == 1;
    }

    public String text() {
        return (address.ipVersion() == 4 ? address.text() : "[" + address.text() + "]") + ":" + port;
    }

    @Override
    public String toString() {
        return text();
    }
}
