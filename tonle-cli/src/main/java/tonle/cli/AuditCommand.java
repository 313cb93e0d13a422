// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tonle audit}: is what was done still what the log says was done? */
@CommandLine.Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Checks the audit of the running gateway against its public log.",
        subcommands = AuditCommand.Verify.class,
        footerHeading = "%nExample:%n",
        footer = "  tonle audit verify 1 500")
final class AuditCommand {
    private AuditCommand() {}

    /** {@code tonle audit verify}. */
    @CommandLine.Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Computes the digests of events anew and compares them with the entries of the log, as the page",
                "/audit/verify. Ends with 4 where one differs, is gone, or is not in the log though it was entered."
            },
            footerHeading = "%nExample:%n",
            footer = "  tonle audit verify 1 500")
    static final class Verify implements Command {
        @Parameters(paramLabel = "FROM", index = "0", description = "the number of the first event, from 1")
        private long first;

        @Parameters(paramLabel = "TO", index = "1", description = "that of the last; at most 500 events")
        private long last;

        @Mixin
        private PageOptions page;

        @Override
        public ExitCode run(Console console) throws IOException {
            Map<String, String> range = new LinkedHashMap<>();
            range.put("first", Long.toString(first));
            range.put("last", Long.toString(last));
            ExitCode shown = page.show(console, "/audit/verify", range);
            return shown != ExitCode.DONE || page.remote().states("/audit/verify", range, "sound")
                    ? shown
                    : ExitCode.PROOF_FAILED;
        }
    }
}
