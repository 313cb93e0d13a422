// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static tonle.database.DatabaseOutage.Reason.DISK_FULL;
import static tonle.database.DatabaseOutage.Reason.SERVER_DOWN;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The operating system's side of the embedded server: runs its programs, as an ordinary user even where Tonle is
 * root, and knows whether the server that a data folder names is alive.
 */
final class ServerProcess {
    /**
     * Recovery after a crash replays at most {@code max_wal_size}, which takes seconds; a slow disk may take minutes.
     */
    private static final int START_SECONDS_MAX = 900;

    private static final int STOP_SECONDS_MAX = 60;
    private static final int OUTPUT_OCTETS_MAX = 4096;

    private final PostgresBinaries binaries;
    private final Path dataFolder;
    private final Path output;
    private final Path logFolder;
    private final List<String> asOrdinaryUser;

    /**
     * {@code output}: a file that takes what the programs say; {@code logFolder}: where the server writes, once it
     * runs.
     */
    ServerProcess(PostgresBinaries binaries, Path dataFolder, Path output, Path logFolder) throws IOException {
        this.binaries = binaries;
        this.dataFolder = dataFolder;
        this.output = output;
        this.logFolder = logFolder;
        this.asOrdinaryUser = isRoot() ? namespace(output) : List.of();
    }

    void initialise(Path folder, Path passwordFile) throws IOException {
        run(
                "the first files of the database cannot be made",
                "initdb",
                "--pgdata=" + folder,
                "--username=" + DatabaseRole.ROOT.user(),
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions");
    }

    /** Returns when the server takes connections. pg_ctl makes it a session of its own, so that no ^C reaches it. */
    void start() throws IOException {
        run(
                "the database server does not start",
                "pg_ctl",
                "start",
                "--pgdata=" + dataFolder,
                "--log=" + output,
                "--wait",
                "--silent",
                "--timeout=" + START_SECONDS_MAX);
    }

    /** Ends sessions, writes a checkpoint, stops. Where that takes too long the server is left to its recovery. */
    void stop() throws IOException {
        try {
            stop("fast");
        } catch (DatabaseOutage _) {
            if (isAlive()) {
                stop("immediate");
            }
        }
    }

    private void stop(String mode) throws IOException {
        run(
                "the database server does not stop",
                "pg_ctl",
                "stop",
                "--pgdata=" + dataFolder,
                "--mode=" + mode,
                "--wait",
                "--silent",
                "--timeout=" + STOP_SECONDS_MAX);
    }

    /** Whether the process that {@code postmaster.pid} names runs and is a PostgreSQL. */
    boolean isAlive() throws IOException {
        OptionalLong pid = pid();
        return pid.isPresent() && isServer(pid.getAsLong());
    }

    /** From {@code postmaster.pid}: process, folder, start, port, one a line. */
    OptionalLong pid() throws IOException {
        return number(0);
    }

    OptionalLong port() throws IOException {
        return number(3);
    }

    /** PostgreSQL itself would take any process of that number, even one that nobody has reaped yet, for a server. */
    void forgetDead() throws IOException {
        if (!isAlive()) {
            Files.deleteIfExists(dataFolder.resolve("postmaster.pid"));
        }
    }

    private OptionalLong number(int lineIndex) throws IOException {
        try {
            List<String> lines = Files.readAllLines(dataFolder.resolve("postmaster.pid"));
            return lines.size() > lineIndex && lines.get(lineIndex).strip().matches("[0-9]{1,18}")
                    ? OptionalLong.of(Long.parseLong(lines.get(lineIndex).strip()))
                    : OptionalLong.empty();
        } catch (NoSuchFileException _) {
            return OptionalLong.empty();
        }
    }

    private static boolean isServer(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(_ -> !isZombie(pid))
                .flatMap(handle -> handle.info().command())
                .filter(command -> Path.of(command.replace(" (deleted)", "")).endsWith("postgres"))
                .isPresent();
    }

    /** Dead, and still in the table because nobody waits for it: where a container has no init process. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException _) {
            return false;
        }
    }

    private void run(String trouble, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(asOrdinaryUser);
        command.add(binaries.program(program).toString());
        command.addAll(List.of(arguments));
        Files.deleteIfExists(output);
        Files.createFile(output);
        long beforeMillis = Files.getLastModifiedTime(output).toMillis();
        int exitCode = exitCode(command, output);
        if (exitCode != 0) {
            String said = tail(output) + newestLog(beforeMillis);
            if (said.contains("No space left on device")) {
                throw new DatabaseOutage(
                        DISK_FULL,
                        trouble + ": the disk of " + dataFolder.getParent() + " is full ("
                                + output.toFile().getUsableSpace()
                                + " octets free); make room and start again");
            }
            throw new DatabaseOutage(SERVER_DOWN, trouble + ": " + said);
        }
    }

    /** What the server wrote to its own log since: why it ended after it had begun. */
    private String newestLog(long sinceMillis) throws IOException {
        Path newest = null;
        long newestMillis = sinceMillis;
        try (Stream<Path> logs = Files.list(logFolder)) {
            for (Path log : logs.toList()) {
                long millis = Files.getLastModifiedTime(log).toMillis();
                if (millis >= newestMillis) {
                    newest = log;
                    newestMillis = millis;
                }
            }
        }
        return newest == null ? "" : " " + tail(newest);
    }

    private static int exitCode(List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        // Nothing of the caller's environment: PGDATA, PGPORT or LD_LIBRARY_PATH would mean another server.
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.putAll(Map.of("PATH", path, "LC_ALL", "C", "TZ", "UTC"));
        Process process = builder.start();
        try {
            if (!process.waitFor(START_SECONDS_MAX + 10L, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new DatabaseOutage(SERVER_DOWN, "interrupted while the database server was started or stopped", e);
        }
    }

    private static String tail(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] octets = new byte[(int) Math.min(in.length(), OUTPUT_OCTETS_MAX)];
            in.seek(in.length() - octets.length);
            in.readFully(octets);
            return new String(octets, StandardCharsets.UTF_8).strip();
        }
    }

    private static boolean isRoot() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self)
                ? Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"))
                : "root".equals(System.getProperty("user.name"));
    }

    /**
     * PostgreSQL refuses to run as root. In a user namespace without a mapping it sees itself as nobody, while the
     * kernel goes on checking files as root's: no file changes its owner.
     */
    private static List<String> namespace(Path output) throws IOException {
        List<String> prefix = List.of("unshare", "--user");
        List<String> probe = new ArrayList<>(prefix);
        probe.add("true");
        boolean works;
        try {
            works = exitCode(probe, output) == 0;
        } catch (IOException _) {
            works = false; // There is no program of that name.
        }
        if (!works) {
            throw new DatabaseOutage(
                    SERVER_DOWN,
                    "Tonle runs as root, PostgreSQL refuses to, and this system allows no user namespace (unshare --user); start"
                            + " Tonle as an ordinary user, or name a server of your own: database.url in tonle.yaml");
        }
        return prefix;
    }
}
