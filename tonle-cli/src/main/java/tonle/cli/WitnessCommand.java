// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tonle.base.power.SystemClock;
import tonle.tlog.Outcome;
import tonle.tlog.note.VerifierKey;
import tonle.tlog.tree.TreeHead;
import tonle.witness.WitnessFolder;
import tonle.witness.WitnessMemory;
import tonle.witness.WitnessServer;

/** {@code tonle witness}: somebody who is not the log, and remembers what it said. */
@CommandLine.Command(
        name = "witness",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs a witness of public logs: own keys, own folder, no gateway and no database.",
        subcommands = {
            WitnessCommand.New.class,
            WitnessCommand.Know.class,
            WitnessCommand.Run.class,
            WitnessCommand.Show.class
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  tonle witness new --name witness.example.org/w1",
            "  tonle witness know tonle.example/log+2f6e1d0a+AX...",
            "  tonle witness run --listen 192.0.2.7:8480"
        })
final class WitnessCommand {
    private static final int PORT_DEFAULT = 8_480;

    private WitnessCommand() {}

    /** Where the witness keeps its files. */
    static final class Place {
        @Option(
                names = "--witness",
                paramLabel = "DIR",
                defaultValue = "witness",
                description = "the witness's folder (default ${DEFAULT-VALUE})")
        private Path folder;

        WitnessFolder files() {
            return new WitnessFolder(folder.toAbsolutePath().normalize());
        }
    }

    /** {@code tonle witness new}. */
    @CommandLine.Command(
            name = "new",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Makes the keys of a new witness and prints what others verify its cosignatures with.",
            footerHeading = "%nExample:%n",
            footer = "  tonle witness new --name witness.example.org/w1")
    static final class New implements Command {
        @CommandLine.Mixin
        private Place place;

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "the witness's name: a domain that is yours and a path, without spaces and +")
        private String name;

        @Override
        public ExitCode run(Console console) throws IOException {
            try {
                for (VerifierKey key : place.files().create(name, new SecureRandom())) {
                    console.out().println(key.text());
                }
            } catch (FileAlreadyExistsException e) {
                throw new CommandFailure(ExitCode.REFUSED, String.valueOf(e.getReason()), "" + e.getFile());
            }
            console.err()
                    .println("made " + place.files().path() + "; give these lines to the logs, keep 'key' to yourself");
            return ExitCode.DONE;
        }
    }

    /** {@code tonle witness know}. */
    @CommandLine.Command(
            name = "know",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Knows a log by its verifier key; a witness that runs sees it at its next start.",
            footerHeading = "%nExample:%n",
            footer = "  tonle witness know tonle.example/log+2f6e1d0a+AX...")
    static final class Know implements Command {
        @CommandLine.Mixin
        private Place place;

        @Parameters(paramLabel = "KEY", arity = "1..*", description = "verifier keys: name+id+key")
        private String[] keys;

        @Override
        public ExitCode run(Console console) throws IOException {
            for (String text : keys) {
                switch (VerifierKey.parse(text)) {
                    case Outcome.Good<VerifierKey>(VerifierKey key) -> {
                        boolean isNew = place.files().addLog(key);
                        console.out().println(key.name() + (isNew ? " is known now" : " was known already"));
                    }
                    case Outcome.Refused<VerifierKey> refused ->
                        throw new CommandFailure(
                                ExitCode.MALFORMED,
                                "'" + text + "' is no verifier key: " + refused.fault() + " at octet "
                                        + refused.position());
                }
            }
            return ExitCode.DONE;
        }
    }

    /** {@code tonle witness run}. */
    @CommandLine.Command(
            name = "run",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Answers logs over HTTP (C2SP tlog-witness) until it is interrupted.",
            footerHeading = "%nExample:%n",
            footer = "  tonle witness run --listen 127.0.0.1:8480")
    static final class Run implements Command {
        @CommandLine.Mixin
        private Place place;

        @Option(
                names = "--listen",
                paramLabel = "ADDRESS:PORT",
                defaultValue = "127.0.0.1:" + PORT_DEFAULT,
                description = "where to listen (default ${DEFAULT-VALUE}); port 0 takes a free one")
        private String listen;

        @Option(names = "--with-parent", hidden = true, description = "ends when the process that started it does")
        private boolean isWithParent;

        @Override
        public ExitCode run(Console console) throws IOException {
            CountDownLatch stopped = new CountDownLatch(1);
            try (WitnessMemory memory = WitnessMemory.open(place.files(), new SystemClock());
                    WitnessServer server = WitnessServer.start(memory, address(), console.err()::println)) {
                memory.logs()
                        .keySet()
                        .forEach(origin -> console.err()
                                .println("knows      " + origin + ", size "
                                        + memory.held(origin).size()));
                console.out()
                        .println("witness    http://" + listen.substring(0, listen.lastIndexOf(':')) + ":"
                                + server.port() + "/");
                console.out().flush();
                Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
                if (isWithParent) {
                    ProcessHandle.current()
                            .parent()
                            .ifPresent(parent -> parent.onExit().thenRun(stopped::countDown));
                }
                stopped.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return ExitCode.DONE;
        }

        private InetSocketAddress address() throws UnknownHostException {
            int colon = listen.lastIndexOf(':');
            String port = listen.substring(colon + 1);
            if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "'" + listen + "' is no ADDRESS:PORT",
                        "tonle witness run --listen 127.0.0.1:8480");
            }
            return new InetSocketAddress(InetAddress.getByName(listen.substring(0, colon)), Integer.parseInt(port));
        }
    }

    /** {@code tonle witness show}. */
    @CommandLine.Command(
            name = "show",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Says which logs the witness knows, what it cosigned last, and what contradictions it keeps.",
            footerHeading = "%nExample:%n",
            footer = "  tonle witness show")
    static final class Show implements Command {
        @CommandLine.Mixin
        private Place place;

        @Override
        public ExitCode run(Console console) throws IOException {
            Map<String, TreeHead> held = place.files().held();
            TextTable table = new TextTable(List.of("log", "#size", "root"));
            held.forEach((origin, head) -> table.row(List.of(
                    origin,
                    String.valueOf(head.size()),
                    head.size() == 0 ? "" : head.root().base64())));
            table.print(console.out(), console.width());
            console.err().println(place.files().evidenceCount() + " contradictions are kept in the folder 'evidence'");
            return held.isEmpty() ? ExitCode.FOUND_NOTHING : ExitCode.DONE;
        }
    }
}
