// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import tonle.base.power.SystemClock;
import tonle.traffic.exporter.Conservation;

/** A gateway in a process of its own that says its sums over and over, until it is killed or its input ends. */
final class KillableGateway {
    private KillableGateway() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        GatewayOptions options = new GatewayOptions(
                Path.of(args[0]), Optional.empty(), false, "test", new SystemClock(), line -> say("said " + line));
        try (RunningGateway gateway = Gateway.start(options, LiveGateway.WITHOUT_PAGES)) {
            say("port " + gateway.streamPorts().getFirst());
            while (System.in.available() == 0) {
                Conservation sums = gateway.meter().conservation();
                say("sums " + sums.decoded() + " " + sums.booked() + " " + sums.underWay() + " " + sums.held());
                Thread.sleep(20);
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
