// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.database.DatabaseOutage.Reason;
import tonle.testkit.Peers;

/** What stands in the way of the embedded server is said, with the thing that is wrong and what to do. */
class EmbeddedServerTroubleTest {
    @TempDir
    Path parent;

    private Path folder() {
        return parent.resolve("postgres");
    }

    @Test
    void aFolderInUseIsRefusedWithItsHolder() throws Exception {
        try (EmbeddedServer server = Gateways.start(folder())) {
            refused(
                    () -> Gateways.start(folder()),
                    Reason.BUSY,
                    "process " + ProcessHandle.current().pid());
            Process other = Gateways.inProcess(folder());
            try (BufferedReader output = other.inputReader()) {
                assertThat(output.readLine()).startsWith("BUSY: ").contains("tonle stop");
            }
            assertThat(other.waitFor()).isOne();
            assertThat(server.revive()).as("the holder's server runs on").isFalse();
        }
    }

    @Test
    void dataOfAnotherMajorVersionAreNotTouched() throws Exception {
        Files.createDirectories(folder().resolve("data-17"));
        refused(() -> Gateways.start(folder()), Reason.OTHER_MAJOR_VERSION, "PostgreSQL 17", "backup");
        assertThat(folder().resolve("data-18")).doesNotExist();
    }

    @Test
    void lostPasswordsAreNotReplacedByNewOnes() throws Exception {
        Gateways.start(folder()).close();
        Path passwords = folder().resolve("passwords");
        Path aside = parent.resolve("aside");
        Files.move(passwords, aside);
        refused(() -> Gateways.start(folder()), Reason.PASSWORDS, passwords.toString(), "put it back");
        Files.writeString(passwords, "tonle_root=x\n");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        refused(() -> Gateways.start(folder()), Reason.PASSWORDS, "no line tonle_owner=");
        Files.delete(passwords);
        Files.copy(aside, passwords);
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-r--r--"));
        refused(() -> Gateways.start(folder()), Reason.PASSWORDS, "chmod 600");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        Gateways.start(folder()).close();
    }

    @Test
    void newerDataAndEditedMigrationsAreRefused() {
        try (EmbeddedServer server = Gateways.start(folder())) {
            Gateways.open(server).close();
            var owner = Gateways.as(server, DatabaseRole.OWNER);
            owner.sql("""
                            INSERT INTO tonle.migration (installed_rank, version, description, type, script, checksum,
                                installed_by, execution_time, success)
                            VALUES (9999, '9999', 'of tomorrow', 'SQL', 'V9999__of_tomorrow.sql', 1, 'x', 1, true)""").update();
            refused(() -> Gateways.open(server), Reason.NEWER_DATA, "9999 of tomorrow", "newer Tonle");
            owner.sql("DELETE FROM tonle.migration WHERE version = '9999'").update();
            owner.sql("UPDATE tonle.migration SET checksum = 1 WHERE version = '0001'")
                    .update();
            refused(() -> Gateways.open(server), Reason.MIGRATION, "0001");
        }
    }

    @Test
    void aDiskThatIsTooSmallFromTheStartIsCalledFull() throws Exception {
        Process process = Gateways.inProcess(folder(), onDiskOf("30m"));
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).startsWith("DISK_FULL: ").contains("make room");
            assertThat(process.waitFor()).isOne();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.toHandle().destroyForcibly();
        }
    }

    @Test
    void aDiskThatFillsIsCalledFullAndWhenThereIsRoomItGoesOn() throws Exception {
        Process process = Gateways.inProcess(folder(), onDiskOf("90m"));
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.lines()
                            .dropWhile(line -> !line.startsWith("DISK_FULL"))
                            .limit(2))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("make room"),
                            line -> assertThat(line).isEqualTo("went on"));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.toHandle().destroyForcibly();
        }
    }

    /** A file system in memory that ends with the process: in name spaces of its own, where it may mount. */
    private String[] onDiskOf(String size) throws IOException {
        Files.createDirectories(folder());
        String script = "mount -t tmpfs -o size=" + size + " none \"$0\" && exec \"$@\"";
        return new String[] {
            Peers.need("unshare").toString(), "-rmpf", "--mount-proc", "sh", "-c", script, folder().toString()
        };
    }

    @Test
    void itRunsAsAnOrdinaryUserToo() throws Exception {
        // Without a mapping the process and all it starts see themselves as nobody.
        Process process = Gateways.inProcess(folder(), Peers.need("unshare").toString(), "--user");
        try (BufferedReader output = process.inputReader()) {
            assertThat(Gateways.killed(process, output, 3)).isGreaterThanOrEqualTo(3);
        }
        Gateways.start(folder()).close();
    }

    private static void refused(ThrowingCallable act, Reason reason, String... words) {
        assertThatThrownBy(act).isInstanceOfSatisfying(DatabaseOutage.class, outage -> {
            assertThat(outage.reason()).isEqualTo(reason);
            assertThat(outage.words()).contains(words);
        });
    }
}
