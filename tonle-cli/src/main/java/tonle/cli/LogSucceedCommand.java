// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tonle.notary.log.Succession;

/** {@code tonle log succeed}: a log with new keys that goes on where this one ends. */
@CommandLine.Command(
        name = "succeed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Begins a log with new keys that names the head of this one, because its key is lost, known to others or",
            "old. This one, if its key is there, ends with an entry that names the new one. Its gateway must not run.",
            "There is no way back."
        },
        footerHeading = "%nExample:%n",
        footer = "  tonle log succeed --data data --name Mekong --reason key-lost")
final class LogSucceedCommand implements Command {
    private static final int REASON_CHARS_MAX = 200;

    @Mixin
    private LogCommand.Own own;

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "begins the new log's origin")
    private String name;

    @Option(names = "--reason", paramLabel = "WORDS", required = true, description = "one line, for everybody to read")
    private String reason;

    @Mixin
    private Consent consent;

    @Override
    public ExitCode run(Console console) throws IOException {
        String words = reason.strip();
        if (words.isEmpty()
                || words.length() > REASON_CHARS_MAX
                || !words.lines().skip(1).toList().isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "--reason is one line of 1 to " + REASON_CHARS_MAX + " letters");
        }
        own.places();
        if (!consent.isGiven(console, "end the log in " + own.data() + " and begin another with new keys")) {
            return ExitCode.REFUSED;
        }
        try {
            Succession.Succeeded done = new Succession(own.data(), console.clock()).run(name, words);
            console.out()
                    .println(done.oldOrigin() + " ended at "
                            + Figures.count(done.oldHead().size(), "entry", "entries")
                            + (done.isClosed() ? ", and names its successor" : "; its key was not there to say so"));
            console.out().println("it lies in " + done.oldFolder() + " now: go on serving it");
            console.out().println(done.successor().origin() + " goes on; tell its witnesses these keys:");
            done.successor().keys().forEach(key -> console.out().println("  " + key.text()));
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, String.valueOf(e.getMessage()));
        }
    }
}
