// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import tonle.base.power.Clock;

/**
 * How a gateway is started.
 *
 * @param data the data directory
 * @param configuration the main file; empty: {@code tonle.yaml} in the data directory, or the defaults where it is
 * absent
 * @param demo whether this is the demonstration country: pages say so
 * @param version of the software, as pages and the first line show it
 * @param say takes what the gateway says, a line each
 * @param portalPort port of the pages in place of the configuration's
 */
public record GatewayOptions(
        Path data,
        Optional<Path> configuration,
        boolean demo,
        String version,
        Clock clock,
        Consumer<String> say,
        OptionalInt portalPort) {
    /** The file's name inside the data directory. */
    public static final String CONFIGURATION = "tonle.yaml";

    /** With the port of the pages that the configuration says. */
    public GatewayOptions(
            Path data, Optional<Path> configuration, boolean demo, String version, Clock clock, Consumer<String> say) {
        this(data, configuration, demo, version, clock, say, OptionalInt.empty());
    }

    /** The file that rules, whether it exists or not. */
    public Path configurationFile() {
        return configuration
                .orElse(data.resolve(CONFIGURATION))
                .toAbsolutePath()
                .normalize();
    }
}
