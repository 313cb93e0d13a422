// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tonle.base.Json;
import tonle.notary.check.CheckStep;
import tonle.notary.check.LogCheck;
import tonle.notary.check.LogSource;
import tonle.notary.check.WebSource;
import tonle.notary.entry.Entry;
import tonle.notary.log.LogOutage;
import tonle.notary.log.LogPlaces;
import tonle.notary.log.LogStage;
import tonle.notary.log.PublicLog;
import tonle.notary.log.TakeUp;
import tonle.notary.log.Witnesses;
import tonle.portal.words.Language;
import tonle.portal.words.Messages;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.proof.ProofFile;
import tonle.tlog.proof.TrustPolicy;
import tonle.tlog.tree.TreeHead;

/** {@code tonle log}: reads public logs, anybody's, and trusts nothing but keys. */
@CommandLine.Command(
        name = "log",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Checks public logs: offline, without a gateway, against keys that you trust.",
        subcommands = {
            LogVerifyCommand.class,
            LogFsckCommand.class,
            LogCommand.Tail.class,
            LogCommand.Prove.class,
            LogCheckPageCommand.class,
            LogCheatDemoCommand.class,
            LogWitnessesCommand.class,
            LogCommand.Stage.class,
            LogCommand.TakeUpCommand.class,
            LogSucceedCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tonle log verify https://gateway.example/log --policy trusted.policy 1234",
            "  tonle log fsck data/log",
            "  tonle log tail data/log"
        })
final class LogCommand {
    private LogCommand() {}

    /** Where a log is, and whom one trusts. */
    static final class Place {
        @Parameters(paramLabel = "WHERE", index = "0", description = "a folder, or the address of a log on the web")
        private String where;

        @Option(
                names = "--policy",
                paramLabel = "FILE",
                description = {
                    "the keys that you trust, and how many witnesses must have signed (C2SP tlog-policy);",
                    "without it those that the log itself shows"
                })
        private Path policy;

        String where() {
            return where;
        }

        LogSource source() {
            return where.startsWith("http://") || where.startsWith("https://")
                    ? new WebSource(URI.create(where))
                    : LogSource.folder(Path.of(where));
        }

        boolean trustsItself() {
            return policy == null;
        }

        TrustPolicy policy(LogSource source) throws IOException {
            byte[] octets = policy == null
                    ? source.read("policy")
                            .orElseThrow(() -> new CommandFailure(
                                    ExitCode.NOT_REACHABLE,
                                    source.place() + " shows no keys: there is no log, or not here",
                                    "name the keys that you trust with --policy FILE"))
                    : Files.readAllBytes(policy);
            return policy(octets, policy == null ? source.place() + "/policy" : policy.toString());
        }

        /** The policy of a proof that stands alone: it shows no keys of its own. */
        TrustPolicy policyOfFile() throws IOException {
            if (policy == null) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "a proof in a file is checked against keys that you trust",
                        "tonle log verify " + where + " --policy FILE");
            }
            return policy(Files.readAllBytes(policy), policy.toString());
        }

        private static TrustPolicy policy(byte[] octets, String name) {
            return switch (TrustPolicy.parse(octets)) {
                case Outcome.Good<TrustPolicy>(TrustPolicy policy) -> policy;
                case Outcome.Refused<TrustPolicy>(LogFault fault, long position) ->
                    throw new CommandFailure(
                            ExitCode.MALFORMED,
                            name + " is no policy: " + words(Language.EN, fault) + ", at octet " + position);
            };
        }

        LogCheck check(Console console) throws IOException {
            LogSource source = source();
            return new LogCheck(source, policy(source), console.clock().unixMillis() / 1_000);
        }
    }

    static String words(Language language, LogFault fault) {
        return Messages.in(language).text("log-fault." + fault);
    }

    /** Says one sentence in both languages, each on its line. */
    static void say(Console console, String key, Object... arguments) {
        for (Language language : Language.values()) {
            console.out().println(Messages.in(language).text(key, arguments));
        }
    }

    static ExitCode fail(Console console, LogCheck.Result.Fails<?> fails) {
        fail(console, fails.step(), fails.fault(), fails.position());
        return ExitCode.PROOF_FAILED;
    }

    private static void fail(Console console, CheckStep step, LogFault fault, long position) {
        for (Language language : Language.values()) {
            Messages words = Messages.in(language);
            String why = words(language, fault) + " (" + fault.place().name().toLowerCase(Locale.ROOT) + " "
                    + Figures.grouped(position) + ")";
            console.out().println(words.text("log-check.fails", words.text("log-step." + step), why));
        }
    }

    /** An entry in one line: its kind and values, or the hash of what is none of Tonle's. */
    static String line(byte[] octets) {
        return switch (Entry.read(octets)) {
            case Entry.Reading.Good(Entry entry) -> entry.kind().word() + "  " + String.join(" ", shortened(entry));
            case Entry.Reading.Refused(var fault, int position) ->
                "? " + octets.length + " octets, " + fault + " at " + position + ", "
                        + HexFormat.of().formatHex(octets, 0, Math.min(octets.length, 16));
        };
    }

    private static List<String> shortened(Entry entry) {
        return entry.texts().stream()
                .map(text -> text.length() > 80 ? text.substring(0, 77) + "…" : text)
                .toList();
    }

    /** {@code tonle log tail}. */
    @CommandLine.Command(
            name = "tail",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Shows the newest entries of a log, each proven to stand in it.",
            footerHeading = "%nExample:%n",
            footer = "  tonle log tail data/log --count 20")
    static final class Tail implements Command {
        private static final int COUNT_MAX = 10_000;

        @Mixin
        private Place place;

        @Option(names = "--count", paramLabel = "N", description = "how many entries (default ${DEFAULT-VALUE})")
        private int count = 10;

        @Mixin
        private Output output;

        @Override
        public ExitCode run(Console console) throws IOException {
            if (count < 1 || count > COUNT_MAX) {
                throw new CommandFailure(ExitCode.USAGE, "--count is " + count, "1 to " + Figures.grouped(COUNT_MAX));
            }
            LogCheck check = place.check(console);
            TrustedCheckpoint head;
            switch (check.head()) {
                case LogCheck.Result.Fails<TrustedCheckpoint> fails -> {
                    return fail(console, fails);
                }
                case LogCheck.Result.Holds<TrustedCheckpoint>(TrustedCheckpoint checkpoint) -> head = checkpoint;
            }
            Output.Shape shape = output.shape(console);
            long size = head.head().size();
            for (long index = Math.max(0, size - count); index < size; index++) {
                switch (check.entryUnder(head, index)) {
                    case LogCheck.Result.Fails<LogCheck.ProvenEntry> fails -> {
                        return fail(console, fails);
                    }
                    case LogCheck.Result.Holds<LogCheck.ProvenEntry>(LogCheck.ProvenEntry entry) ->
                        show(console, shape, entry);
                }
            }
            return size > 0 ? ExitCode.DONE : ExitCode.FOUND_NOTHING;
        }

        private static void show(Console console, Output.Shape shape, LogCheck.ProvenEntry entry) {
            if (shape == Output.Shape.JSON || shape == Output.Shape.NDJSON) {
                Json json = new Json(console.out(), false);
                json.beginObject()
                        .member("index", entry.index())
                        .member("leaf", entry.leaf().hex());
                if (Entry.read(entry.entry()) instanceof Entry.Reading.Good(Entry read)) {
                    json.member("kind", read.kind().word());
                    for (int i = 0; i < read.texts().size(); i++) {
                        json.member(
                                read.kind().fields().get(i).name(), read.texts().get(i));
                    }
                }
                json.endObject().endLine();
            } else {
                console.out().println(entry.index() + "\t" + line(entry.entry()));
            }
        }
    }

    /** {@code tonle log prove}. */
    @CommandLine.Command(
            name = "prove",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description =
                    "Writes the proof of an entry, with the entry in it, for others to check offline (C2SP tlog-proof).",
            footerHeading = "%nExample:%n",
            footer = "  tonle log prove data/log 17 > entry-17.proof")
    static final class Prove implements Command {
        @Mixin
        private Place place;

        @Parameters(paramLabel = "ENTRY", index = "1", description = "the entry's number, from 0")
        private long index;

        @Override
        public ExitCode run(Console console) throws IOException {
            return switch (place.check(console).entry(index)) {
                case LogCheck.Result.Fails<LogCheck.ProvenEntry> fails -> fail(console, fails);
                case LogCheck.Result.Holds<LogCheck.ProvenEntry>(LogCheck.ProvenEntry entry) -> {
                    ProofFile file = entry.file();
                    console.out().writeBytes(file.octets());
                    yield ExitCode.DONE;
                }
            };
        }
    }

    /** Where the log of a gateway that does not run has its files. */
    static final class Own {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "the data directory (default ${DEFAULT-VALUE}); its gateway must not run",
                order = 80)
        private Path data = Path.of("data");

        Path data() {
            return data;
        }

        LogPlaces places() {
            LogPlaces places = LogPlaces.in(data);
            if (!Files.isDirectory(places.published())) {
                throw new CommandFailure(ExitCode.NOT_REACHABLE, "there is no log in " + data, "name it with --data");
            }
            return places;
        }
    }

    /** {@code tonle log stage}. */
    @CommandLine.Command(
            name = "stage",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Pauses a log, lets it go on, or closes it for good. Its gateway must not run.",
                "There is no way back from 'freeze'."
            },
            footerHeading = "%nExample:%n",
            footer = "  tonle log stage pause --data data")
    static final class Stage implements Command {
        /** The moves that a person may make. */
        enum Move {
            pause(LogStage.Move.PAUSE),
            resume(LogStage.Move.RESUME),
            freeze(LogStage.Move.FREEZE);

            private final LogStage.Move move;

            Move(LogStage.Move move) {
                this.move = move;
            }
        }

        @Parameters(paramLabel = "MOVE", description = "pause, resume or freeze")
        private Move move;

        @Mixin
        private Own own;

        @Mixin
        private Consent consent;

        @Override
        public ExitCode run(Console console) throws IOException {
            LogPlaces places = own.places();
            if (!consent.isGiven(console, move + " the log in " + places.published())) {
                return ExitCode.REFUSED;
            }
            try (PublicLog log = new PublicLog(places, "", console.clock(), Witnesses.NONE).start()) {
                boolean isDone = log.move(move.move);
                console.out()
                        .println("the log is " + log.state().stage().name().toLowerCase(Locale.ROOT) + " at "
                                + Figures.count(log.state().head().size(), "entry", "entries"));
                return isDone ? ExitCode.DONE : ExitCode.REFUSED;
            } catch (LogOutage e) {
                throw new CommandFailure(
                        ExitCode.REFUSED, Optional.ofNullable(e.getMessage()).orElse(""));
            }
        }
    }

    /** {@code tonle log take-up}. */
    @CommandLine.Command(
            name = "take-up",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Lets a log grow again that came out of a backup: on your word that it is not behind what its witnesses",
                "last cosigned. Every file is derived anew first. Its gateway must not run."
            },
            footerHeading = "%nExample:%n",
            footer = "  tonle log take-up --data data --size 70000")
    static final class TakeUpCommand implements Command {
        @Mixin
        private Own own;

        @Option(
                names = "--size",
                paramLabel = "N",
                required = true,
                description = "the entries that the witnesses last cosigned; ask each of them")
        private long size;

        @Mixin
        private Consent consent;

        @Override
        public ExitCode run(Console console) throws IOException {
            LogPlaces places = own.places();
            if (!consent.isGiven(console, "let the log in " + places.published() + " grow from " + size + " entries")) {
                return ExitCode.REFUSED;
            }
            try {
                TreeHead head = TakeUp.run(places, size);
                console.out()
                        .println("taken up at " + Figures.count(head.size(), "entry", "entries") + ", root "
                                + head.root().base64());
                return ExitCode.DONE;
            } catch (LogOutage e) {
                throw new CommandFailure(
                        ExitCode.REFUSED, Optional.ofNullable(e.getMessage()).orElse(""));
            }
        }
    }
}
