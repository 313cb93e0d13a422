// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.util.Arrays;

/** {@code ./tonle bench}: measures Tonle beside the usual tools, on the same input and the same question. */
public final class Main {
    private Main() {}

    static void main(String[] arguments) throws IOException, InterruptedException {
        String what = arguments.length == 0 ? "" : arguments[0];
        String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        int exitCode = switch (what) {
            case "flows" -> FlowBench.run(rest);
            case "live" -> FlowBench.runLive(rest);
            case "live-receiver" -> LiveTonle.run(rest);
            case "meter" -> MeterBench.run();
            case "endurance" -> EnduranceBench.run(rest);
            case "log" -> LogBench.run(rest);
            case "portal" -> PortalBench.run(rest);
            case "store" -> StoreBench.run(rest);
            default -> {
                System.err.println(FlowBench.USAGE
                        + "\n       ./tonle bench live [--rounds N] [--alone]\n       ./tonle bench meter"
                        + "\n       ./tonle bench store\n       " + LogBench.USAGE + "\n       " + PortalBench.USAGE
                        + "\n       "
                        + EnduranceBench.USAGE);
                yield 2;
            }
        };
        System.exit(exitCode);
    }
}
