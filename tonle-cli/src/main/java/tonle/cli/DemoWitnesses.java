// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tonle.gateway.RunningGateway;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.SigningKey;
import tonle.tlog.note.VerifierKey;
import tonle.witness.WitnessFolder;

/**
 * The three witnesses of the demonstration's log: each a process of its own with keys and files of its own, as
 * somebody else would run it. Those that know the log run before the gateway, which asks them what they hold; at the
 * first start they are introduced to each other.
 */
final class DemoWitnesses implements AutoCloseable {
    /** Invented: a university, a court and a newspaper of the demonstration country. */
    private static final List<String> NAMES =
            List.of("university.example/w1", "court.example/w2", "newspaper.example/w3");

    private static final int QUORUM = 2;
    private static final String PORT_FILE = "port";
    private static final String ADDRESS = "http://127.0.0.1:";
    private static final long LOG_SECONDS_MAX = 60;
    private static final long STOP_SECONDS_MAX = 5;

    private final Path folder;
    private final Consumer<String> say;
    private final List<One> witnesses = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private Optional<Thread> introduction = Optional.empty();

    /** One of them; {@code process} runs once it knows a log. */
    private static final class One {
        final String name;
        final WitnessFolder files;
        Process process;

        One(String name, WitnessFolder files) {
            this.name = name;
            this.files = files;
        }
    }

    private DemoWitnesses(Path folder, Consumer<String> say) {
        this.folder = folder;
        this.say = say;
    }

    /** Makes those that are not there yet, and starts those that know a log. */
    static DemoWitnesses start(Path dataFolder, Consumer<String> say) throws IOException {
        DemoWitnesses all = new DemoWitnesses(dataFolder.resolve("witnesses"), say);
        for (String name : NAMES) {
            String last = name.substring(name.lastIndexOf('/') + 1);
            One one = new One(name, new WitnessFolder(all.folder.resolve(last)));
            all.witnesses.add(one);
            if (!Files.exists(one.files.path().resolve("key"))) {
                one.files.create(name, new SecureRandom());
            }
            if (!one.files.logs().isEmpty()) {
                all.run(one);
            }
        }
        return all;
    }

    /** Beside the start of everything else, makes log and witnesses known to each other where they are not. */
    void introduce(RunningGateway gateway) {
        introduction = Optional.of(Thread.ofPlatform()
                .daemon()
                .name("tonle-demo-witnesses")
                .start(() -> {
                    try {
                        if (isLogOpen(gateway)
                                && gateway.logHealth().witnesses().isEmpty()) {
                            introduceNow(gateway);
                        }
                    } catch (IOException e) {
                        say.accept("warning: the demo's log has no witnesses: " + e.getMessage());
                    }
                }));
    }

    private boolean isLogOpen(RunningGateway gateway) throws IOException {
        try {
            for (long second = 0; second < LOG_SECONDS_MAX; second++) {
                if (gateway.logHealth().writer().identity().isPresent()) {
                    return true;
                }
                if (closing.await(1, TimeUnit.SECONDS)) {
                    return false;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
        throw new IOException("it was not open within " + LOG_SECONDS_MAX + " s");
    }

    private void introduceNow(RunningGateway gateway) throws IOException {
        LogIdentity log = gateway.logHealth().writer().identity().orElseThrow();
        for (One one : witnesses) {
            for (VerifierKey key : log.keys()) {
                one.files.addLog(key);
            }
            if (one.process == null) {
                run(one);
            }
        }
        Path file = folder.resolve("policy");
        Files.writeString(file, policy());
        say.accept("witnesses  " + gateway.useWitnesses(file));
    }

    /** Each has a key of each kind, and counts once. */
    private String policy() throws IOException {
        StringBuilder text = new StringBuilder();
        StringBuilder group = new StringBuilder("group demo " + QUORUM);
        for (int i = 0; i < witnesses.size(); i++) {
            One one = witnesses.get(i);
            String port = Files.readString(one.files.path().resolve(PORT_FILE)).strip();
            StringBuilder kinds = new StringBuilder("group w" + (i + 1) + " any");
            for (SigningKey key : one.files.keys()) {
                String name = "w" + (i + 1) + "-" + key.verifier().type().name().toLowerCase(java.util.Locale.ROOT);
                text.append("witness ")
                        .append(name)
                        .append(' ')
                        .append(key.verifier().text());
                text.append(' ').append(ADDRESS).append(port).append("/\n");
                kinds.append(' ').append(name);
            }
            text.append(kinds).append('\n');
            group.append(" w").append(i + 1);
        }
        return text.append(group).append("\nquorum demo\n").toString();
    }

    /** On the port of last time, which stands in the log's policy. */
    private void run(One one) throws IOException {
        Path portFile = one.files.path().resolve(PORT_FILE);
        String port = Files.exists(portFile) ? Files.readString(portFile).strip() : "0";
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx48m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "witness",
                "run",
                "--witness",
                one.files.path().toString(),
                "--listen",
                "127.0.0.1:" + port,
                "--with-parent");
        one.process = new ProcessBuilder(command)
                .redirectError(one.files.path().resolve("messages").toFile())
                .start();
        String line;
        BufferedReader out = new BufferedReader(new InputStreamReader(one.process.getInputStream(), UTF_8));
        line = out.readLine();
        if (line == null) {
            say.accept("warning: the demo's witness " + one.name + " does not run: "
                    + Files.readString(one.files.path().resolve("messages")).strip());
            return;
        }
        String address = line.substring(line.indexOf(ADDRESS) + ADDRESS.length());
        Files.writeString(portFile, address.substring(0, address.indexOf('/')) + "\n");
    }

    /** Those that run, in the order of their names. */
    List<ProcessHandle> processes() {
        return witnesses.stream()
                .filter(one -> one.process != null)
                .map(one -> one.process.toHandle())
                .toList();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            if (introduction.isPresent()) {
                introduction.get().join(TimeUnit.SECONDS.toMillis(LOG_SECONDS_MAX));
            }
            for (One one : witnesses) {
                if (one.process != null) {
                    one.process.destroy();
                    if (!one.process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                        one.process.destroyForcibly();
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
