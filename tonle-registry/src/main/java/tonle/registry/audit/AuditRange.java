// SPDX-License-Identifier: Apache-2.0
package tonle.registry.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.Must;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Permission;
import tonle.registry.rights.Right;

/**
 * Checks a range of events against the log: each digest is computed anew from what the database holds now and compared
 * with what was entered then. So an event that was changed, taken away or slipped in behind the back of the domain is
 * named by its number.
 */
public final class AuditRange {
    /** Events of one check; the ends reach further where an entry commits to several readings. */
    public static final int EVENTS_MAX = 500;

    private AuditRange() {}

    /** What was found of an event, or of the readings that share an entry. */
    public enum Finding {
        /** The log holds the digest that the events make. */
        AGREES,
        /** The log holds another digest: an event was changed since. */
        DIFFERS,
        /** The log commits to events, or numbers go on, and the database has no event there. */
        GONE,
        /** The gateway says that it entered the event, and the log does not hold it. */
        NOT_IN_LOG,
        /** It waits to be entered. */
        WAITS;

        /** Whether this is as it should be. */
        public boolean isSound() {
            return this == AGREES || this == WAITS;
        }
    }

    /**
     * @param digest as the events make it now, in hexadecimal; empty where there are none
     * @param entry the entry of the log that commits to them
     */
    public record Line(long first, long last, String act, String digest, OptionalLong entry, Finding finding) {}

    /** What asking for a check led to. */
    public sealed interface Outcome {
        record Checked(List<Line> lines) implements Outcome {
            public Checked {
                lines = List.copyOf(lines);
            }

            public boolean isSound() {
                return lines.stream().allMatch(line -> line.finding().isSound());
            }
        }

        record Refused(Permission.Missing missing) implements Outcome {}

        /** @param why in words for people: where, and what is wrong there */
        record LogUnread(String why) implements Outcome {}
    }

    /** @param last at most {@link #EVENTS_MAX} events; what is beyond the newest is not there and is no finding */
    public static Outcome check(JdbcClient unit, Actor actor, long first, long last, ActsInLog log) {
        Must.hold(first >= 1 && first <= last && last - first < EVENTS_MAX, "a range keeps its bound");
        if (actor.must(Right.MAY_READ_AUDIT) instanceof Permission.Missing missing) {
            return new Outcome.Refused(missing);
        }
        // Before the log is read: what is entered while it is being read is then no finding.
        long marked = number(unit, "SELECT sequence FROM audit.entered");
        try {
            return new Outcome.Checked(lines(unit, first, last, marked, log.touching(first, last)));
        } catch (IOException e) {
            return new Outcome.LogUnread(String.valueOf(e.getMessage()));
        }
    }

    private static List<Line> lines(
            JdbcClient unit, long first, long last, long marked, List<ActsInLog.Entered> entered) {
        long from = first;
        long to = last;
        for (ActsInLog.Entered one : entered) {
            from = Math.min(from, one.digest().sequenceFirst());
            to = Math.max(to, one.digest().sequenceFinal());
        }
        List<EventDigests.Salted> events = EventDigests.events(unit, from - 1, to);
        List<Line> lines = new ArrayList<>();
        for (ActsInLog.Entered one : entered) {
            lines.add(line(one, events));
        }
        long newest = number(unit, "SELECT coalesce(max(sequence), 0) FROM audit.event");
        for (long sequence = first; sequence <= Math.min(last, Math.max(newest, marked)); sequence++) {
            long number = sequence;
            if (entered.stream().noneMatch(one -> isWithin(number, one.digest()))) {
                lines.add(events.stream()
                        .filter(event -> event.sequence() == number)
                        .findFirst()
                        .map(event -> alone(event, number <= marked))
                        .orElseGet(() -> new Line(number, number, "", "", OptionalLong.empty(), Finding.GONE)));
            }
        }
        lines.sort(Comparator.comparingLong(Line::first));
        return lines;
    }

    /** The events that an entry commits to, made into a digest as the outbox makes them. */
    private static Line line(ActsInLog.Entered entered, List<EventDigests.Salted> all) {
        AuditDigest then = entered.digest();
        OptionalLong entry = OptionalLong.of(entered.entry());
        List<EventDigests.Salted> events =
                all.stream().filter(event -> isWithin(event.sequence(), then)).toList();
        long count = then.sequenceFinal() - then.sequenceFirst() + 1;
        if (events.size() != count) {
            return new Line(then.sequenceFirst(), then.sequenceFinal(), then.act(), "", entry, Finding.GONE);
        }
        boolean isReading = events.stream().allMatch(event -> event.act().equals(AuditEvent.READ));
        AuditDigest now = isReading ? EventDigests.ofReadings(events) : EventDigests.ofAct(events.getFirst());
        return new Line(
                then.sequenceFirst(),
                then.sequenceFinal(),
                then.act(),
                now.contentId(),
                entry,
                now.equals(then) ? Finding.AGREES : Finding.DIFFERS);
    }

    private static Line alone(EventDigests.Salted event, boolean isMarked) {
        boolean isReading = event.act().equals(AuditEvent.READ);
        AuditDigest digest = isReading ? EventDigests.ofReadings(List.of(event)) : EventDigests.ofAct(event);
        return new Line(
                event.sequence(),
                event.sequence(),
                event.act(),
                digest.contentId(),
                OptionalLong.empty(),
                isMarked ? Finding.NOT_IN_LOG : Finding.WAITS);
    }

    private static boolean isWithin(long sequence, AuditDigest digest) {
        return sequence >= digest.sequenceFirst() && sequence <= digest.sequenceFinal();
    }

    private static long number(JdbcClient unit, String question) {
        return unit.sql(question).query(Long.class).single();
    }
}
