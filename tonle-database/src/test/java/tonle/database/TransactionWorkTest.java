// SPDX-License-Identifier: Apache-2.0
package tonle.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.database.DatabaseOutage.Reason;

/** Units of work: whole or not at all, one after the other, in a scope. */
class TransactionWorkTest {
    @TempDir
    static Path folder;

    private static EmbeddedServer server;
    private static Database database;

    @BeforeAll
    static void open() {
        server = Gateways.start(folder.resolve("postgres"));
        database = Gateways.open(server);
        Gateways.makeScratch(server);
        Gateways.as(server, DatabaseRole.OWNER)
                .sql("GRANT UPDATE, DELETE ON registry.scratch TO tonle_server")
                .update();
    }

    @AfterAll
    static void close() {
        database.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        Gateways.as(server, DatabaseRole.OWNER)
                .sql("DELETE FROM registry.scratch")
                .update();
    }

    @Test
    void aUnitThatFailsLeavesNothing() {
        assertThatThrownBy(() -> work().in(Scope.system(), sql -> {
                    add(sql, 1);
                    throw new IllegalStateException("half way");
                }))
                .hasMessage("half way");
        assertThatThrownBy(() -> work().in(Scope.system(), sql -> add(sql, 1) + add(sql, 1)))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(Gateways.scratch(server)).isEmpty();
    }

    @Test
    void aReadingUnitCannotWrite() {
        assertThatThrownBy(() -> work().read(Scope.system(), sql -> add(sql, 1)))
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("read-only");
        // And the connection that it used writes again afterwards.
        for (int i = 0; i < 8; i++) {
            long n = i;
            work().in(Scope.system(), sql -> add(sql, n));
        }
        assertThat(Gateways.scratch(server)).hasSize(8);
    }

    @Test
    void aReadingUnitSeesOneMoment() {
        List<Integer> counts = work().read(Scope.system(), sql -> {
            int before = count(sql);
            Gateways.as(server, DatabaseRole.SERVER)
                    .sql("INSERT INTO registry.scratch (n) VALUES (7)")
                    .update();
            return List.of(before, count(sql));
        });
        assertThat(counts).containsExactly(0, 0);
        assertThat(Gateways.scratch(server)).containsExactly(7L);
    }

    /** Both would see an empty table and write: one of them runs again, and sees what the other one wrote. */
    @Test
    void unitsBehaveAsIfOneRanAfterTheOther() throws Exception {
        CyclicBarrier bothHaveRead = new CyclicBarrier(2);
        AtomicInteger runs = new AtomicInteger();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> answers = List.of(
                    two.submit(() -> addWhereEmpty(1, bothHaveRead, runs)),
                    two.submit(() -> addWhereEmpty(2, bothHaveRead, runs)));
            assertThat(answers.get(0).get() + answers.get(1).get()).isOne();
        }
        assertThat(Gateways.scratch(server)).hasSize(1);
        // The loser runs again; on a busy machine the winner may still be in its way, and it runs once more.
        assertThat(runs.get()).isGreaterThanOrEqualTo(3);
    }

    private static int addWhereEmpty(long n, CyclicBarrier bothHaveRead, AtomicInteger runs) {
        return work().in(Scope.system(), sql -> {
            int count = count(sql);
            if (runs.incrementAndGet() <= 2) {
                try {
                    bothHaveRead.await();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            return count == 0 ? add(sql, n) : 0;
        });
    }

    @Test
    void aUnitThatAlwaysCollidesEndsAfterABoundedNumberOfTries() {
        AtomicInteger runs = new AtomicInteger();
        assertThatThrownBy(() -> work().in(Scope.system(), sql -> {
                    runs.incrementAndGet();
                    return sql.sql("DO $$BEGIN RAISE EXCEPTION 'again' USING ERRCODE = 'serialization_failure'; END$$")
                            .update();
                }))
                .isInstanceOfSatisfying(
                        DatabaseOutage.class,
                        outage -> assertThat(outage.reason()).isEqualTo(Reason.CONTENTION));
        assertThat(runs).hasValue(8);
    }

    @Test
    void aFullDiskWhileRunningIsAnOutageAndPasses() {
        assertThatThrownBy(() -> work().in(
                                Scope.system(),
                                sql -> sql.sql("DO $$BEGIN RAISE EXCEPTION 'full' USING ERRCODE = 'disk_full'; END$$")
                                        .update()))
                .isInstanceOfSatisfying(
                        DatabaseOutage.class,
                        outage -> assertThat(outage.reason()).isEqualTo(Reason.DISK_FULL));
        assertThat(database.health().outage()).contains(Reason.DISK_FULL);
        work().in(Scope.system(), sql -> add(sql, 1));
        assertThat(database.health().outage()).isEmpty();
    }

    @Test
    void aUnitInsideAUnitAndAClientAfterItsUnitAreMistakes() {
        assertThatThrownBy(() -> work().in(Scope.system(), _ -> work().read(Scope.system(), sql -> count(sql))))
                .isInstanceOf(IllegalStateException.class);
        JdbcClient escaped = work().in(Scope.system(), sql -> sql);
        assertThatThrownBy(() -> count(escaped)).isInstanceOf(DataAccessException.class);
    }

    private static Work work() {
        return database.server();
    }

    private static int add(JdbcClient sql, long n) {
        return sql.sql("INSERT INTO registry.scratch (n) VALUES (:n)")
                .param("n", n)
                .update();
    }

    private static int count(JdbcClient sql) {
        return sql.sql("SELECT count(*) FROM registry.scratch")
                .query(Integer.class)
                .single();
    }
}
