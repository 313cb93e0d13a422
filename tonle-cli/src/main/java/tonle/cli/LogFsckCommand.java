// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tonle.notary.check.Finding;
import tonle.notary.check.Fsck;
import tonle.notary.check.LogSource;
import tonle.notary.entry.Entry;
import tonle.portal.words.Language;
import tonle.portal.words.Messages;
import tonle.tlog.proof.TrustPolicy;

/** {@code tonle log fsck}: derives a log anew from its entries. */
@CommandLine.Command(
        name = "fsck",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads every entry of a log, derives every hash, tile and the root anew, and compares. A line a finding:",
            "kind, file, entry, detail. Ends with 4 where anything differs."
        },
        footerHeading = "%nExample:%n",
        footer = "  tonle log fsck data/log")
final class LogFsckCommand implements Command {
    @Mixin
    private LogCommand.Place place;

    @Option(
            names = {"-q", "--quiet"},
            description = "no progress")
    private boolean quiet;

    @Override
    public ExitCode run(Console console) throws IOException {
        LogSource source = place.source();
        TrustPolicy policy = place.policy(source);
        long now = console.clock().unixMillis() / 1_000;
        Progress progress = new Progress(console, quiet, 0);
        Fsck fsck = new Fsck(
                source,
                LogFsckCommand::fault,
                finding -> show(console, finding),
                entries -> progress.at(Figures.grouped(entries) + " entries", 0));
        Fsck.Report report = fsck.run(note -> policy.accept(note, now));
        progress.done();
        if (report.isWhole()) {
            LogCommand.say(console, "log-check.whole", Figures.grouped(report.entriesRead()));
            return ExitCode.DONE;
        }
        LogCommand.say(console, "log-check.broken", Figures.grouped(report.findings()));
        return ExitCode.PROOF_FAILED;
    }

    private static Optional<String> fault(byte[] entry) {
        return switch (Entry.read(entry)) {
            case Entry.Reading.Good _ -> Optional.empty();
            case Entry.Reading.Refused(var fault, int position) -> Optional.of(fault + " at " + position);
        };
    }

    private static void show(Console console, Finding finding) {
        console.out()
                .println(String.join(
                        "\t",
                        finding.kind().name(),
                        finding.file(),
                        finding.entry() < 0 ? "-" : Long.toString(finding.entry()),
                        Messages.in(Language.EN).text("log-finding." + finding.kind())
                                + (finding.detail().isEmpty() ? "" : ": " + finding.detail())));
    }
}
