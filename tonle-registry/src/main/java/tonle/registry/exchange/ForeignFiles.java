// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import tonle.database.Scope;
import tonle.database.Work;
import tonle.registry.audit.AuditTrail;
import tonle.registry.book.Book;
import tonle.registry.change.Item;
import tonle.registry.rights.Actor;

/**
 * Foreign files held against the book: what reading one found, and what it would change. Nothing of a file is written;
 * that somebody looked at one is recorded.
 */
public final class ForeignFiles {
    private final Work work;
    private final Book book;
    private final AuditTrail trail;

    public ForeignFiles(Work work, Book book, AuditTrail trail) {
        this.work = work;
        this.book = book;
        this.trail = trail;
    }

    /** The formats that are read. */
    public enum Format {
        /** IX-F member export. */
        IXF("ixf"),
        /** Objects of PeeringDB, as its API or a dump of it gives them. */
        PEERINGDB("peeringdb"),
        /** Open Fibre Data Standard. */
        OFDS("ofds"),
        /** Delegated statistics of a regional registry: compared with the book, never taken into it. */
        DELEGATED("delegated");

        private final String key;

        Format(String key) {
            this.key = key;
        }

        /** As in addresses and on the command line. */
        public String key() {
            return key;
        }

        public static Optional<Format> of(String key) {
            return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
        }
    }

    /** What looking at a file led to. */
    public sealed interface Result {
        List<Finding> findings();

        /** Findings beyond those that are listed. */
        long findingsBeyond();

        /** Nothing of it can be taken. */
        record Refused(List<Finding> findings, long findingsBeyond) implements Result {}

        /** Items of a draft, which may be none, and where book and file differ and the book stays. */
        record Proposed(BookImports.Proposal proposal, List<Finding> findings, long findingsBeyond) implements Result {
            public List<Item> items() {
                return proposal.items();
            }
        }

        record Compared(BookImports.ResourceReport report, List<Finding> findings, long findingsBeyond)
                implements Result {}
    }

    /**
     * Reads a file, holds it against the book as {@code actor} may see it, and records that it was looked at.
     *
     * @param day on which a draft of it shall begin to hold
     * @param country of which delegated statistics are read (two letters)
     * @throws IOException where the stream fails; a bad file is a {@link Result.Refused}
     */
    public FileLook look(Actor actor, LocalDate day, Format format, String country, InputStream in) throws IOException {
        FileLook look = new FileLook(format, day, result(actor.scope(), day, format, country, in));
        work.in(actor.scope(), unit -> {
            trail.record(unit, actor, look.event());
            return true;
        });
        return look;
    }

    private Result result(Scope scope, LocalDate day, Format format, String country, InputStream in)
            throws IOException {
        return switch (format) {
            case IXF -> proposed(scope, day, IxfReader.read(in), BookImports::ixf);
            case PEERINGDB -> proposed(scope, day, PeeringDbReader.read(in, Optional.empty()), BookImports::peeringDb);
            case OFDS -> proposed(scope, day, OfdsReader.read(in), BookImports::ofds);
            case DELEGATED -> compared(scope, day, DelegatedReader.read(in, country));
        };
    }

    private <T> Result proposed(
            Scope scope, LocalDate day, Reading<T> reading, BiFunction<BookImports, T, BookImports.Proposal> taking) {
        return reading.document()
                .<Result>map(document -> new Result.Proposed(
                        book.onHistories(scope, histories -> taking.apply(new BookImports(histories, day), document)),
                        reading.findings(),
                        reading.findingsBeyond()))
                .orElseGet(() -> new Result.Refused(reading.findings(), reading.findingsBeyond()));
    }

    private Result compared(Scope scope, LocalDate day, Reading<DelegatedResources> reading) {
        return reading.document()
                .<Result>map(resources -> new Result.Compared(
                        book.onHistories(scope, histories -> new BookImports(histories, day).delegated(resources)),
                        reading.findings(),
                        reading.findingsBeyond()))
                .orElseGet(() -> new Result.Refused(reading.findings(), reading.findingsBeyond()));
    }
}
