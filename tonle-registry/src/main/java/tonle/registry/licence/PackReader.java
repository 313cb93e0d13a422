// SPDX-License-Identifier: Apache-2.0
package tonle.registry.licence;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import tonle.base.EnumWord;
import tonle.registry.licence.Regime.Condition;
import tonle.registry.licence.Regime.Duty;
import tonle.registry.licence.Regime.Every;
import tonle.registry.licence.Regime.Mapping;
import tonle.registry.licence.Regime.State;
import tonle.registry.licence.Regime.Step;
import tonle.registry.licence.Regime.Type;

/** Reads one regime pack: whole and consistent, or everything that is wrong with it, each with its line. */
public final class PackReader {
    /** A pack is a page or ten; a larger file is something else. */
    static final int OCTETS_MAX = 1 << 20;

    static final int TYPES_MAX = 200;

    private final PackProblems problems;

    private PackReader(PackProblems problems) {
        this.problems = problems;
    }

    /** What reading a pack led to. */
    public sealed interface Outcome {
        record Read(Regime regime) implements Outcome {}

        /** @param problems as {@code file:line:column: what is wrong} */
        record Refused(List<String> problems) implements Outcome {}
    }

    /** @param name of the file, for messages */
    public static Outcome read(String name, String text) {
        PackProblems problems = new PackProblems(name);
        Optional<Regime> regime =
                compose(text, problems).map(node -> new PackReader(problems).regime(PackNode.of(node, problems)));
        return regime.isPresent() && problems.isEmpty()
                ? new Outcome.Read(regime.get())
                : new Outcome.Refused(problems.all());
    }

    private static Optional<Node> compose(String text, PackProblems problems) {
        if (text.length() > OCTETS_MAX) {
            problems.add(null, "the file is larger than " + OCTETS_MAX + " letters");
            return Optional.empty();
        }
        LoadSettings settings =
                LoadSettings.builder().setMaxAliasesForCollections(0).build();
        try {
            Optional<Node> root = Optional.empty();
            for (Node document : new Compose(settings).composeAllFromString(text)) {
                if (root.isPresent()) {
                    problems.add(document, "a pack is one document");
                }
                root = Optional.of(document);
            }
            if (root.isEmpty()) {
                problems.add(null, "the file is empty");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            problems.addAt(e.getProblemMark(), "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException | StackOverflowError _) {
            problems.add(null, "this YAML is not read here");
        }
        return Optional.empty();
    }

    private Regime regime(PackNode root) {
        root.takesOnly(
                "regime",
                "name",
                "name-khmer",
                "country",
                "state",
                "from",
                "sources",
                "unknown",
                "types",
                "migrates-from");
        List<PackNode> typeNodes = root.list("types", TYPES_MAX);
        if (typeNodes.isEmpty()) {
            problems.add(root.node(), "a regime has one type of licence or more, under 'types'");
        }
        Set<String> ids = new HashSet<>();
        List<Type> types = typeNodes.stream().map(node -> type(node, ids)).toList();
        Set<String> countries = Set.of(Locale.getISOCountries());
        String country = root.word("country");
        if (!country.isEmpty() && !countries.contains(country)) {
            problems.add(root.at("country"), "'" + country + "' is not a country in two letters of ISO 3166");
        }
        List<String> sources = root.texts("sources");
        if (sources.isEmpty()) {
            problems.add(root.node(), "a pack names its sources");
        }
        return new Regime(
                root.id("regime"),
                root.word("name"),
                root.optional("name-khmer"),
                country,
                choice(root, "state", State.values(), State.DRAFT),
                day(root, "from").orElse(LocalDate.EPOCH),
                sources,
                root.texts("unknown"),
                types,
                root.list("migrates-from", TYPES_MAX).stream()
                        .map(node -> mapping(node, ids))
                        .toList());
    }

    private Type type(PackNode node, Set<String> ids) {
        node.takesOnly("type", "name", "name-khmer", "term-years", "source", "conditions", "duties");
        String id = node.id("type");
        if (!id.isEmpty() && !ids.add(id)) {
            problems.add(node.at("type"), "type '" + id + "' stands twice");
        }
        String years = node.optional("term-years");
        boolean hasYears = years.matches("[1-9][0-9]?");
        if (!years.isEmpty() && !hasYears) {
            problems.add(node.at("term-years"), "'" + years + "' is not a number of years from 1 to 99");
        }
        List<Condition> conditions = new ArrayList<>();
        for (PackNode each : node.list("conditions", TYPES_MAX)) {
            each.takesOnly("id", "text", "source");
            conditions.add(new Condition(each.id("id"), each.word("text"), each.word("source")));
        }
        List<Duty> duties = new ArrayList<>();
        for (PackNode each : node.list("duties", TYPES_MAX)) {
            each.takesOnly("id", "every", "text", "source");
            Every every = choice(each, "every", Every.values(), Every.UNKNOWN);
            duties.add(new Duty(each.id("id"), every, each.word("text"), each.word("source")));
        }
        return new Type(
                id,
                node.word("name"),
                node.optional("name-khmer"),
                hasYears ? Optional.of(Integer.valueOf(years)) : Optional.empty(),
                node.word("source"),
                List.copyOf(conditions),
                List.copyOf(duties));
    }

    private Mapping mapping(PackNode node, Set<String> types) {
        node.takesOnly("regime", "by", "source", "map");
        Set<String> seen = new HashSet<>();
        List<Step> steps = new ArrayList<>();
        for (PackNode each : node.list("map", TYPES_MAX)) {
            each.takesOnly("from", "to", "note");
            String from = each.id("from");
            String to = each.optional("to");
            if (!to.isEmpty() && !types.contains(to)) {
                problems.add(each.at("to"), "this regime has no type '" + to + "'");
            }
            if (!seen.add(from)) {
                problems.add(each.at("from"), "type '" + from + "' is mapped twice");
            }
            steps.add(new Step(from, to, each.optional("note")));
        }
        return new Mapping(node.id("regime"), day(node, "by"), node.word("source"), List.copyOf(steps));
    }

    private Optional<LocalDate> day(PackNode node, String key) {
        String text = node.optional(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException _) {
            problems.add(node.at(key), "'" + text + "' is not a day such as 2026-11-23");
            return Optional.empty();
        }
    }

    private <E extends Enum<E>> E choice(PackNode node, String key, E[] values, E otherwise) {
        String text = node.word(key);
        for (E value : values) {
            if (EnumWord.of(value).equals(text)) {
                return value;
            }
        }
        if (!text.isEmpty()) {
            List<String> words = Arrays.stream(values).map(EnumWord::of).toList();
            problems.add(node.at(key), "'" + text + "' is not one of " + String.join(", ", words));
        }
        return otherwise;
    }
}
