// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tonle.base.Json;

/** {@code tonle store}: the traffic store. */
@CommandLine.Command(
        name = "store",
        mixinStandardHelpOptions = true,
        description = "The running gateway's traffic store.",
        subcommands = StoreCommand.Export.class,
        footerHeading = "%nExample:%n",
        footer = "  tonle store export --parquet /srv/tonle-2026-10 --from 2026-10-01 --to 2026-11-01")
final class StoreCommand {
    /** Writes Parquet files that other programs may read while the gateway runs. */
    @CommandLine.Command(
            name = "export",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Writes volumes as Parquet files, which other programs may read while the gateway runs.",
            footerHeading = "%nExample:%n",
            footer = "  tonle store export --parquet /srv/tonle-2026-10 --from 2026-10-01 --to 2026-11-01")
    static final class Export implements Command {
        @Option(names = "--parquet", paramLabel = "DIR", required = true, description = "the folder to write into")
        private Path folder;

        @Option(names = "--from", paramLabel = "TIME", description = "included: 2026-10-01, 2026-10-01T00:00:00Z (UTC)")
        private String from;

        @Option(names = "--to", paramLabel = "TIME", description = "excluded (default: all there is)")
        private String to;

        @Mixin
        private Remote remote;

        @Override
        public ExitCode run(Console console) throws IOException {
            long now = console.clock().unixMillis() / 1_000;
            StringBuilder body = new StringBuilder();
            new Json(body, false)
                    .beginObject()
                    .member("directory", folder.toAbsolutePath().normalize().toString())
                    .member("from", from == null ? "0" : Long.toString(seconds("--from", from)))
                    .member("to", Long.toString(to == null ? now + 1 : seconds("--to", to)))
                    .endObject();
            return remote.order(console, "/store/export", body.toString());
        }
    }

    /** A day of UTC or a moment, in seconds since 1970. */
    static long seconds(String option, String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toEpochSecond()
                    : Instant.parse(text).getEpochSecond();
        } catch (DateTimeParseException _) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    option + " is '" + text + "', neither a day nor a moment",
                    "2026-10-01 or 2026-10-01T00:00:00Z");
        }
    }
}
