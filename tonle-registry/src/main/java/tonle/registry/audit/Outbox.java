// SPDX-License-Identifier: Apache-2.0
package tonle.registry.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.database.Scope;
import tonle.database.Work;

/**
 * Drains events to the notary, in order. The events themselves are the outbox: one mark says how far the log holds
 * them, another how far the submission under way reaches. Both are kept before and after, so that a process killed
 * anywhere submits the same digests with the same ids once more, and never skips one.
 *
 * <pre>
 *   events      1  2  3  4  5  6  7  8        plan to 8 │ submit(4 … 8), durable │ entered = 8
 *   entered           ^ 3
 * </pre>
 *
 * Consecutive readings within a submission become one digest, so that the log does not tell how often somebody looked.
 */
public final class Outbox {
    /** Events of one submission: some megabytes at most; what is more waits for the next. */
    public static final int SUBMISSION_COUNT_MAX = 1_000;

    private final Work work;

    /** @param work under the gateway's own credentials: the web's cannot move the marks */
    public Outbox(Work work) {
        this.work = work;
    }

    private record Marks(long entered, long planned) {}

    /**
     * Submits what waits, at most one submission.
     *
     * @return how many events the log holds now that it did not before; 0 where none waited
     * @throws IOException where the notary cannot take them now; the same will be submitted again
     */
    public int drain(Notary notary) throws IOException {
        Marks marks = work.in(Scope.system(), Outbox::plan);
        if (marks.planned() == marks.entered()) {
            return 0;
        }
        List<EventDigests.Salted> events =
                work.read(Scope.system(), unit -> EventDigests.events(unit, marks.entered(), marks.planned()));
        notary.submit(digests(events));
        work.in(
                Scope.system(),
                unit -> unit.sql("UPDATE audit.entered SET sequence = :planned")
                        .param("planned", marks.planned())
                        .update());
        return events.size();
    }

    /** How many events wait: for the status page, while there is no log. */
    public static long waitingCount(JdbcClient unit) {
        return unit.sql("SELECT coalesce(max(e.sequence), 0) - (SELECT sequence FROM audit.entered) FROM audit.event e")
                .query(Long.class)
                .single();
    }

    private static Marks plan(JdbcClient unit) {
        Marks marks = unit.sql("SELECT sequence, planned_sequence FROM audit.entered")
                .query((row, _) -> new Marks(row.getLong(1), row.getLong(2)))
                .single();
        if (marks.planned() > marks.entered()) {
            return marks; // A submission was under way when the process ended.
        }
        long newest = unit.sql("SELECT coalesce(max(sequence), 0) FROM audit.event")
                .query(Long.class)
                .single();
        long planned = Math.min(newest, marks.entered() + SUBMISSION_COUNT_MAX);
        if (planned > marks.entered()) {
            unit.sql("UPDATE audit.entered SET planned_sequence = :planned")
                    .param("planned", planned)
                    .update();
        }
        return new Marks(marks.entered(), planned);
    }

    private static List<AuditDigest> digests(List<EventDigests.Salted> events) {
        List<AuditDigest> digests = new ArrayList<>();
        List<EventDigests.Salted> readings = new ArrayList<>();
        for (EventDigests.Salted event : events) {
            if (event.act().equals(AuditEvent.READ)) {
                readings.add(event);
                continue;
            }
            closeBatch(readings, digests);
            digests.add(EventDigests.ofAct(event));
        }
        closeBatch(readings, digests);
        return digests;
    }

    private static void closeBatch(List<EventDigests.Salted> readings, List<AuditDigest> digests) {
        if (!readings.isEmpty()) {
            digests.add(EventDigests.ofReadings(readings));
            readings.clear();
        }
    }
}
