// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessCommandTest {
    @TempDir
    Path temporary;

    private final Commands commands = Commands.piped();

    @Test
    void aWitnessIsMadeKnowsALogAndSaysSo() {
        String folder = temporary.resolve("w").toString();
        String[] make = {"witness", "new", "--name", "w.example/1", "--witness", folder};
        assertThat(commands.run(make)).isEqualTo(ExitCode.DONE.number());
        assertThat(commands.out().lines()).hasSize(2).allMatch(line -> line.startsWith("w.example/1+"));
        String key = commands.out().lines().findFirst().orElseThrow();
        assertThat(commands.run(make)).as("keys are never written over").isEqualTo(ExitCode.REFUSED.number());
        assertThat(commands.run("witness", "show", "--witness", folder)).isEqualTo(ExitCode.FOUND_NOTHING.number());
        assertThat(commands.run("witness", "know", key, "--witness", folder)).isEqualTo(ExitCode.DONE.number());
        assertThat(commands.out()).contains("w.example/1 is known now");
        assertThat(commands.run("witness", "show", "--witness", folder)).isEqualTo(ExitCode.DONE.number());
        assertThat(commands.out()).contains("w.example/1").contains("0");
    }

    @Test
    void whatIsWrongIsSaid() {
        String folder = temporary.resolve("none").toString();
        assertThat(commands.run("witness", "know", "nonsense", "--witness", folder))
                .isEqualTo(ExitCode.MALFORMED.number());
        assertThat(commands.run("witness", "show", "--witness", folder)).isEqualTo(ExitCode.NOT_REACHABLE.number());
        assertThat(commands.err()).contains("there is no file", "tonle witness new");
        assertThat(commands.run("witness", "new", "--name", "with space", "--witness", folder))
                .isEqualTo(ExitCode.NOT_REACHABLE.number());
        assertThat(commands.err()).contains("with space");
        assertThat(commands.run("witness", "run", "--listen", "nowhere", "--witness", folder))
                .isEqualTo(ExitCode.NOT_REACHABLE.number());
    }
}
