// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tonle.base.Json;
import tonle.database.DatabaseOutage;
import tonle.gateway.config.ConfigurationText;
import tonle.gateway.control.ControlReply;
import tonle.gateway.registry.BookKeeper;
import tonle.portal.view.Document;
import tonle.portal.view.RegistryExports;
import tonle.registry.Registry;
import tonle.registry.book.Days;
import tonle.registry.book.Problem;
import tonle.registry.change.Change;
import tonle.registry.change.ChangeOutcome;
import tonle.registry.change.Draft;
import tonle.registry.change.Item;
import tonle.registry.change.Stage;
import tonle.registry.country.CountryPack;
import tonle.registry.exchange.FileLook;
import tonle.registry.exchange.Finding;
import tonle.registry.exchange.ForeignFiles;
import tonle.registry.rights.Actor;
import tonle.traffic.topology.Topology;

/**
 * What the owner of the data directory lets the registry do over the socket: look at foreign files and propose what
 * they bring, write it in the formats of others, take a country's pack in. What takes two persons waits as the owner's
 * proposal.
 */
final class RegistryOrders {
    /** Findings that an answer lists; the page shows more. */
    private static final int FINDINGS_SHOWN = 20;

    private final Registry registry;
    private final BookKeeper keeper;
    private final Supplier<Topology> topology;
    private final String version;
    private final String gatewayName;

    RegistryOrders(
            Registry registry, BookKeeper keeper, Supplier<Topology> topology, String version, String gatewayName) {
        this.registry = registry;
        this.keeper = keeper;
        this.topology = topology;
        this.version = version;
        this.gatewayName = gatewayName;
    }

    /** {@code file, format, country, propose}: looks at a file on this machine. */
    ControlReply take(Map<String, String> fields) throws IOException {
        Path file = Path.of(FlatJson.need(fields, "file"));
        String key = FlatJson.need(fields, "format");
        ForeignFiles.Format format = ForeignFiles.Format.of(key)
                .orElseThrow(
                        () -> new FlatJson.Malformed("format is ixf, peeringdb, ofds or delegated, not '" + key + "'"));
        if (!file.isAbsolute()) {
            throw new FlatJson.Malformed("file is an absolute path, not '" + file + "'");
        }
        boolean isProposing = fields.getOrDefault("propose", "no").equals("yes");
        try (InputStream in = Files.newInputStream(file)) {
            String country = fields.getOrDefault("country", "KH");
            return looked(
                    registry.foreignFiles().look(Actor.OWNER, registry.today(), format, country, in), isProposing);
        } catch (NoSuchFileException e) {
            return ControlReply.json(404, message("the gateway finds no file " + file));
        } catch (DatabaseOutage outage) {
            throw new IOException(outage.words(), outage);
        }
    }

    private ControlReply looked(FileLook look, boolean isProposing) {
        String findings = findings(look.result());
        return switch (look.result()) {
            case ForeignFiles.Result.Refused refused ->
                ControlReply.json(422, message("nothing of the file is taken" + findings));
            case ForeignFiles.Result.Compared compared ->
                ControlReply.json(
                        200,
                        message(String.format(
                                "%,d AS numbers of the country, %,d of them with no operator of the registry;"
                                        + " held elsewhere: %s%s",
                                compared.report().heldAsns(),
                                compared.report().unclaimedAsns(),
                                listed(
                                        compared.report().foreignAsns(),
                                        compared.report().foreignPrefixes()),
                                findings)));
            case ForeignFiles.Result.Proposed proposed -> proposed(look, proposed, isProposing, findings);
        };
    }

    private static String listed(List<String> asns, List<String> prefixes) {
        String all = java.util.stream.Stream.concat(asns.stream(), prefixes.stream())
                .limit(FINDINGS_SHOWN)
                .collect(Collectors.joining(", "));
        int more = asns.size() + prefixes.size() - FINDINGS_SHOWN;
        return all.isEmpty() ? "none" : all + (more > 0 ? " and " + more + " more" : "");
    }

    private ControlReply proposed(
            FileLook look, ForeignFiles.Result.Proposed proposed, boolean isProposing, String findings) {
        int divergences = proposed.proposal().divergences().size();
        String differs = divergences == 0
                ? ""
                : "; in " + divergences + " places file and registry differ, and the registry stays";
        return look.draft()
                .map(draft -> entered(draft, isProposing, differs + findings))
                .orElseGet(() -> ControlReply.json(
                        200, message("the registry knows all that the file says" + differs + findings)));
    }

    /** {@code name}: takes a country's sites and exchanges in. */
    ControlReply pack(Map<String, String> fields) throws IOException {
        String id = FlatJson.need(fields, "name");
        CountryPack pack = CountryPack.find(id).orElse(null);
        if (pack == null) {
            String known = CountryPack.shipped().stream().map(CountryPack::id).collect(Collectors.joining(", "));
            return ControlReply.json(404, message("there is no country pack '" + id + "'; known: " + known));
        }
        List<Item> fresh = pack.items().stream()
                .filter(item -> keeper.head(item.kind(), item.id()) == 0)
                .toList();
        if (fresh.isEmpty()) {
            return ControlReply.json(200, message("the registry knows all of the pack " + id));
        }
        try {
            return entered(new Draft(Days.since(keeper.today()), "the country's pack " + id, fresh), true, "");
        } catch (DatabaseOutage outage) {
            throw new IOException(outage.words(), outage);
        }
    }

    private ControlReply entered(Draft draft, boolean isProposing, String more) {
        ChangeOutcome outcome = isProposing
                ? keeper.changes().enter(Actor.OWNER, draft)
                : keeper.changes().preview(Actor.OWNER, draft);
        return switch (outcome) {
            case ChangeOutcome.Done(Change change) -> {
                String count = draft.items().size() + " objects, "
                        + change.differences().size() + " differences";
                String words = !isProposing
                        ? "would change " + count
                        : change.stage() instanceof Stage.Proposed
                                ? change.id() + " waits for a registrar: " + count
                                : change.id() + " stands in the registry: " + count;
                yield ControlReply.json(200, message(words + more));
            }
            case ChangeOutcome.Refused(List<Problem> problems) ->
                ControlReply.json(
                        422,
                        message(problems.stream()
                                        .limit(FINDINGS_SHOWN)
                                        .map(Problem::text)
                                        .collect(Collectors.joining("\n"))
                                + more));
            case ChangeOutcome.Conflicted _ ->
                ControlReply.json(409, message("others changed the registry meanwhile; try again"));
        };
    }

    private static String findings(ForeignFiles.Result result) {
        StringBuilder words = new StringBuilder();
        result.findings().stream()
                .filter(finding -> finding.weight() != Finding.Weight.NOTED)
                .limit(FINDINGS_SHOWN)
                .forEach(finding -> words.append('\n').append(finding));
        long more = result.findings().size() + result.findingsBeyond() - FINDINGS_SHOWN;
        return words + (more > 0 ? "\nand " + more + " findings more; the page /registry/import shows them" : "");
    }

    /** {@code format, day}: the file's text as it is. */
    ControlReply export(Map<String, String> fields) throws IOException {
        String name = FlatJson.need(fields, "format");
        if (name.equals("yaml")) {
            Topology now = topology.get();
            return new ControlReply(
                    200,
                    Document.TEXT,
                    ConfigurationText.of(new Topology(
                            now.version(), gatewayName, now.sites(), now.members(), now.links(), now.exporters())));
        }
        try {
            LocalDate day = fields.containsKey("day") ? LocalDate.parse(fields.get("day")) : keeper.today();
            return RegistryExports.document(registry, version, name, day)
                    .map(document -> new ControlReply(document.status(), document.contentType(), document.body()))
                    .orElseGet(() -> ControlReply.json(
                            404,
                            message("there is no export '" + name + "'; known: yaml, "
                                    + String.join(", ", RegistryExports.NAMES))));
        } catch (DateTimeException _) {
            throw new FlatJson.Malformed("day is written as 2026-11-24, not '" + fields.get("day") + "'");
        } catch (DatabaseOutage outage) {
            throw new IOException(outage.words(), outage);
        }
    }

    private static String message(String words) {
        return Json.of(Map.of("message", words));
    }
}
