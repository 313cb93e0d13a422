// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.canary;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import tonle.base.power.Clock;
import tonle.database.Database;
import tonle.registry.Registry;
import tonle.registry.book.BookStore;
import tonle.registry.book.Days;
import tonle.registry.book.Kind;
import tonle.registry.book.Problem;
import tonle.registry.change.ChangeOutcome;
import tonle.registry.change.Draft;
import tonle.registry.change.Item;
import tonle.registry.exchange.BookImports;
import tonle.registry.exchange.DelegatedReader;
import tonle.registry.exchange.IxfReader;
import tonle.registry.exchange.OfdsReader;
import tonle.registry.exchange.PeeringDbReader;
import tonle.registry.exchange.Reading;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;

/** What people hand to the registry, through its own services, from files that the canary's target never quotes. */
final class Uploads {
    private static final Actor CLERK =
            Actor.person("p-aaaa-aaaa", "Clerk", List.of(Role.REGISTRAR, Role.LICENSING_OFFICER), Optional.empty());

    private final Database database;
    private final Registry registry;
    private final LocalDate today;

    Uploads(Database database, Clock clock) {
        this.database = database;
        registry = Registry.of(
                database.web(), database.server(), clock, ZoneOffset.UTC, () -> false, operator -> true, List.of());
        today = LocalDate.ofEpochDay(Math.floorDiv(clock.unixMillis(), 86_400_000));
    }

    /** @return how many findings and items there were, and what became of the draft */
    String take(String kind, Path file) throws IOException {
        return switch (kind) {
            case "ixf" -> take(read(file, IxfReader::read), BookImports::ixf);
            case "peeringdb" ->
                take(read(file, in -> PeeringDbReader.read(in, Optional.empty())), BookImports::peeringDb);
            case "ofds" -> take(read(file, OfdsReader::read), BookImports::ofds);
            case "delegated" ->
                "findings="
                        + read(file, in -> DelegatedReader.read(in, "KH"))
                                .findings()
                                .size();
            case "draft" -> propose(file);
            default -> throw new IOException("no kind of file: " + kind);
        };
    }

    private interface Reads<T> {
        Reading<T> from(InputStream in) throws IOException;
    }

    private static <T> Reading<T> read(Path file, Reads<T> reader) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return reader.from(in);
        }
    }

    private interface Imports<T> {
        BookImports.Proposal proposal(BookImports imports, T document);
    }

    private <T> String take(Reading<T> reading, Imports<T> imports) {
        String findings = "findings=" + (reading.findings().size() + reading.findingsBeyond());
        if (reading.document().isEmpty()) {
            return findings + " outcome=unread";
        }
        BookImports.Proposal proposal = database.web()
                .read(
                        CLERK.scope(),
                        unit -> imports.proposal(
                                new BookImports(new BookStore().histories(unit), today),
                                reading.document().get()));
        if (proposal.items().isEmpty()) {
            return findings + " items=0";
        }
        return findings + " items=" + proposal.items().size() + " "
                + outcome(registry.changes().propose(CLERK, new Draft(Days.since(today), "Import", proposal.items())));
    }

    private String propose(Path file) throws IOException {
        Properties said = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            said.load(reader);
        }
        Map<String, String> fields = new HashMap<>();
        said.stringPropertyNames().stream()
                .filter(name -> name.startsWith("field."))
                .forEach(name -> fields.put(name.substring(6), said.getProperty(name)));
        Kind kind = Kind.of(said.getProperty("kind")).orElseThrow();
        Draft draft = new Draft(
                Days.since(today),
                said.getProperty("reason", "Canary"),
                List.of(Item.add(kind, said.getProperty("id"), fields)));
        ChangeOutcome outcome = registry.changes().propose(CLERK, draft);
        if (outcome instanceof ChangeOutcome.Done done && said.containsKey("grounds")) {
            String id = done.change().id();
            String grounds = said.getProperty("grounds");
            return "refused-with=" + outcome(registry.changes().refuse(CLERK, id, grounds)) + " withdrawn-with="
                    + outcome(registry.changes().withdraw(CLERK, id, grounds));
        }
        return outcome(outcome);
    }

    private static String outcome(ChangeOutcome outcome) {
        return switch (outcome) {
            case ChangeOutcome.Done done -> "outcome=done";
            case ChangeOutcome.Conflicted conflicted -> "outcome=conflicted";
            case ChangeOutcome.Refused refused ->
                "outcome="
                        + refused.problems().stream()
                                .map(Problem::reason)
                                .map(Enum::name)
                                .distinct()
                                .collect(Collectors.joining("+"));
        };
    }
}
