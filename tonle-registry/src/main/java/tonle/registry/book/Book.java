// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tonle.database.Scope;
import tonle.database.Work;

/**
 * Reads the book: what was, is or will be on any day, for whoever asks. Staff see all of it; an operator's staff see
 * the facts of everybody and their own contacts, contracts and numbers; a stranger sees nothing.
 */
public final class Book {
    /** Everything that is known, whenever it was recorded. */
    private static final Instant NOW_KNOWN = Instant.parse("9999-12-31T00:00:00Z");

    /** No operator has this id, which is reserved: who reads under it meets the facts of all and the own of none. */
    private static final String NO_OPERATOR = "none";

    private final Work work;
    private final BookStore store = new BookStore();

    public Book(Work work) {
        this.work = work;
    }

    /** The scope of the facts alone, without what is an operator's own, for whoever may see no more. */
    public static Scope facts(String pseudonym) {
        return Scope.operator(NO_OPERATOR, pseudonym);
    }

    /** Everything of a kind on a day, in the order of ids. */
    public List<Entry> asOn(Scope scope, Kind kind, LocalDate day) {
        return asOn(scope, kind, day, NOW_KNOWN);
    }

    /** Everything of a kind on a day, as it was known by a moment. */
    public List<Entry> asOn(Scope scope, Kind kind, LocalDate day, Instant known) {
        return work.read(scope, unit -> store.asOn(unit, kind, day, known));
    }

    public Optional<Entry> find(Scope scope, Kind kind, String id, LocalDate day) {
        return find(scope, kind, id, day, NOW_KNOWN);
    }

    public Optional<Entry> find(Scope scope, Kind kind, String id, LocalDate day, Instant known) {
        return work.read(scope, unit -> store.find(unit, kind, id, day, known));
    }

    /** Every version of an object; none where it was never there. */
    public Timeline timeline(Scope scope, Kind kind, String id) {
        return work.read(scope, unit -> store.timeline(unit, kind, id));
    }

    /** Answers one question from one moment of the book; the snapshot is dead after it. */
    public <T> T onDay(Scope scope, LocalDate day, Function<Snapshot, T> question) {
        return work.read(scope, unit -> question.apply(new Snapshot(day, store.histories(unit))));
    }

    /** The same over every version of everything that the asker may see. */
    public <T> T onHistories(Scope scope, Function<Histories, T> question) {
        return work.read(scope, unit -> question.apply(store.histories(unit)));
    }

    public boolean isEmpty(Scope scope) {
        return work.read(scope, store::isEmpty);
    }
}
