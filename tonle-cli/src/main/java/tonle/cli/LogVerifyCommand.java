// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tonle.base.Sha256;
import tonle.notary.check.LogCheck;
import tonle.notary.entry.Entry;
import tonle.portal.words.Language;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.proof.ProofFile;
import tonle.tlog.tree.Hash;

/** {@code tonle log verify}: whether a log, or an entry of it, is what it says. */
@CommandLine.Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Checks signatures and hashes of a log, and with ENTRY that this entry stands in it. WHERE may also be a",
            "file with a proof. Ends with 4 where a proof fails."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tonle log verify data/log",
            "  tonle log verify https://gateway.example/log 17 --policy trusted.policy",
            "  tonle log verify https://gateway.example/log 63 --content retention.document",
            "  tonle log verify data/log --since yesterday.checkpoint",
            "  tonle log verify entry-17.proof --policy trusted.policy"
        })
final class LogVerifyCommand implements Command {
    @Mixin
    private LogCommand.Place place;

    @Parameters(paramLabel = "ENTRY", index = "1", arity = "0..1", description = "the entry's number, from 0")
    private Long index;

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description = "a checkpoint that you kept: is the log of today its continuation?")
    private Path since;

    @Option(
            names = "--content",
            paramLabel = "FILE",
            description =
                    "with ENTRY, of a rule or a program: is this file the one that the entry names by its digest?")
    private Path content;

    @Option(names = "--save", paramLabel = "FILE", description = "keep the checkpoint that was checked, for --since")
    private Path save;

    @Override
    public ExitCode run(Console console) throws IOException {
        if (content != null && index == null) {
            throw new CommandFailure(ExitCode.USAGE, "--content is compared with an entry: name its number");
        }
        if (!place.where().contains("://") && Files.isRegularFile(Path.of(place.where()))) {
            return ofFile(console);
        }
        LogCheck check = place.check(console);
        LogCheck.Result<TrustedCheckpoint> result =
                since == null ? check.head() : check.growthSince(note(Files.readAllBytes(since), since));
        switch (result) {
            case LogCheck.Result.Fails<TrustedCheckpoint> fails -> {
                return LogCommand.fail(console, fails);
            }
            case LogCheck.Result.Holds<TrustedCheckpoint>(TrustedCheckpoint checkpoint) -> {
                return of(console, check, checkpoint);
            }
        }
    }

    private ExitCode of(Console console, LogCheck check, TrustedCheckpoint checkpoint) throws IOException {
        show(console, checkpoint);
        if (index != null) {
            switch (check.entryUnder(checkpoint, index)) {
                case LogCheck.Result.Fails<LogCheck.ProvenEntry> fails -> {
                    return LogCommand.fail(console, fails);
                }
                case LogCheck.Result.Holds<LogCheck.ProvenEntry>(LogCheck.ProvenEntry entry) -> {
                    show(console, entry);
                    if (content != null && !isContent(console, entry)) {
                        return ExitCode.PROOF_FAILED;
                    }
                }
            }
        } else {
            LogCommand.say(
                    console,
                    "log-check.log",
                    checkpoint.checkpoint().origin(),
                    Figures.grouped(checkpoint.head().size()));
        }
        if (since != null) {
            SignedNote older = note(Files.readAllBytes(since), since);
            String size = older.text().lines().skip(1).findFirst().orElse("");
            LogCommand.say(console, "log-check.grown", Figures.grouped(Long.parseLong(size)));
        }
        if (place.trustsItself()) {
            LogCommand.say(console, "log-check.own-keys");
        }
        if (save != null) {
            Files.write(save, checkpoint.note().octets());
        }
        return ExitCode.DONE;
    }

    /** Whether the file's SHA-256 is the one that stands in the entry, and says so. */
    private boolean isContent(Console console, LogCheck.ProvenEntry entry) throws IOException {
        Optional<Hash> named = Entry.read(entry.entry()) instanceof Entry.Reading.Good(Entry read)
                ? switch (read) {
                    case Entry.Rule rule -> Optional.of(rule.document());
                    case Entry.Software software -> Optional.of(software.digest());
                    case Entry.LogOpened _,
                            Entry.LogFollows _,
                            Entry.LogClosed _,
                            Entry.WitnessPolicy _,
                            Entry.Configuration _,
                            Entry.Heartbeat _,
                            Entry.Acts _,
                            Entry.RegistryDecision _,
                            Entry.MonthClosed _,
                            Entry.Invoice _,
                            Entry.RightsChanged _ -> Optional.<Hash>empty();
                }
                : Optional.empty();
        if (named.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "entry " + entry.index() + " names no file by its digest; those of rules and programs do");
        }
        String digest = Sha256.hex(Files.readAllBytes(content));
        boolean isSame = named.get().hex().equals(digest);
        LogCommand.say(console, isSame ? "log-check.content" : "log-check.other-content", content, digest);
        return isSame;
    }

    private ExitCode ofFile(Console console) throws IOException {
        Path path = Path.of(place.where());
        ProofFile file;
        switch (ProofFile.parse(Files.readAllBytes(path))) {
            case Outcome.Refused<ProofFile>(LogFault fault, long position) ->
                throw new CommandFailure(
                        ExitCode.MALFORMED,
                        path + " is no proof: " + LogCommand.words(Language.EN, fault) + ", at octet " + position);
            case Outcome.Good<ProofFile>(ProofFile read) -> file = read;
        }
        return switch (LogCheck.file(file, place.policyOfFile(), console.clock().unixMillis() / 1_000)) {
            case LogCheck.Result.Fails<LogCheck.ProvenEntry> fails -> LogCommand.fail(console, fails);
            case LogCheck.Result.Holds<LogCheck.ProvenEntry>(LogCheck.ProvenEntry entry) -> {
                show(console, entry.checkpoint());
                show(console, entry);
                yield ExitCode.DONE;
            }
        };
    }

    private static SignedNote note(byte[] octets, Path file) {
        return switch (SignedNote.parse(octets)) {
            case Outcome.Good<SignedNote>(SignedNote note) -> note;
            case Outcome.Refused<SignedNote>(LogFault fault, long position) ->
                throw new CommandFailure(
                        ExitCode.MALFORMED,
                        file + " is no checkpoint: " + LogCommand.words(Language.EN, fault) + ", at octet " + position);
        };
    }

    private static void show(Console console, TrustedCheckpoint checkpoint) {
        console.out().println("log         " + checkpoint.checkpoint().origin());
        console.out()
                .println("checkpoint  " + Figures.count(checkpoint.head().size(), "entry", "entries") + ", root "
                        + checkpoint.head().root().base64());
        console.out().println("signed by   " + names(checkpoint.ofLog()));
        console.out()
                .println("witnesses   "
                        + (checkpoint.ofWitnesses().isEmpty() ? "none" : names(checkpoint.ofWitnesses())));
    }

    private static String names(List<SignedNote.Verified> signatures) {
        return signatures.stream()
                .map(one -> one.key() + " (" + one.key().type() + ")")
                .collect(Collectors.joining(", "));
    }

    private static void show(Console console, LogCheck.ProvenEntry entry) {
        console.out().println("entry       " + LogCommand.line(entry.entry()));
        console.out().println("leaf        " + entry.leaf().hex());
        console.out().println("path        " + Figures.count(entry.path().size(), "hash", "hashes") + " to the root");
        LogCommand.say(
                console,
                "log-check.entry",
                Figures.grouped(entry.index()),
                entry.checkpoint().checkpoint().origin(),
                Figures.grouped(entry.checkpoint().head().size()));
    }
}
