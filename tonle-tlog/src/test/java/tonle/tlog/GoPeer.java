// SPDX-License-Identifier: Apache-2.0
package tonle.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import tonle.testkit.Peers;

/** The program {@code src/test/go/main.go}, built on Debian's {@code golang-golang-x-mod-dev} without any network. */
final class GoPeer {
    /** Where Debian puts Go libraries: a GOPATH of its own. */
    private static final Path LIBRARIES = Path.of("/usr/share/gocode");

    private final Path program;

    private GoPeer(Path program) {
        this.program = program;
    }

    /** Builds the program; skips the calling test where compiler or library are not installed. */
    static GoPeer build(Path folder) throws IOException, InterruptedException {
        Path go = Peers.need("go");
        Assumptions.assumeTrue(
                Files.isDirectory(LIBRARIES.resolve("src/golang.org/x/mod/sumdb/tlog")),
                "peer not installed: golang-golang-x-mod-dev");
        Path source = Path.of(System.getProperty("tonle.root", ".."), "tonle-tlog/src/test/go/main.go");
        Path program = folder.resolve("peer");
        ProcessBuilder build = new ProcessBuilder(
                        go.toString(),
                        "build",
                        "-o",
                        program.toString(),
                        source.toRealPath().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("build.txt").toFile());
        build.environment().put("GO111MODULE", "off");
        build.environment().put("GOPATH", LIBRARIES.toString());
        build.environment().put("GOFLAGS", "");
        build.environment().put("GOPROXY", "off");
        build.environment().put("CGO_ENABLED", "0");
        build.environment().put("GOCACHE", folder.resolve("cache").toString());
        Process building = build.start();
        boolean isBuilt = building.waitFor(5, TimeUnit.MINUTES) && building.exitValue() == 0;
        building.destroyForcibly();
        if (!isBuilt) {
            throw new AssertionError("go build: " + Files.readString(folder.resolve("build.txt")));
        }
        return new GoPeer(program);
    }

    /** Starts it with pipes; the caller ends it. */
    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Runs it to its end, and gives what it says. */
    String say(List<String> arguments) throws IOException {
        Process process = start(arguments.toArray(String[]::new));
        try {
            return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        } finally {
            process.destroyForcibly();
        }
    }
}
