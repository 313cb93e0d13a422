// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tonle.base.NearestName;
import tonle.base.Speed;

/**
 * One mapping of the file, read by the names in {@link Keys}. A wrong value is told to {@link Problems} and answered
 * with the default, so that one pass finds all that is wrong; the result of such a pass is thrown away.
 */
final class Section {
    /** Letters, digits and hyphens of ASCII only: no two ids that differ can look alike by their alphabet. */
    static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,30}");

    private static final int SHOWN_LETTERS_MAX = 60;

    private final Problems problems;
    private final String file;
    private final String path;
    private final Spot spot;
    private final Map<String, Node> values = new LinkedHashMap<>();

    /** @param node a mapping, or {@code null} where the section is absent */
    Section(Problems problems, String file, String path, Node node, Spot spot) {
        this.problems = problems;
        this.file = file;
        this.path = path;
        this.spot = spot;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::take);
        } else if (node != null && !isEmpty(node)) {
            problems.add(spot, where() + "holds keys and their values here, not " + shown(node));
        }
    }

    private void take(NodeTuple entry) {
        Spot at = spotOf(entry.getKeyNode());
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            problems.add(at, "a key is a word, not a list or a mapping");
            return;
        }
        String name = key.getValue();
        List<String> known = Keys.namesIn(path);
        if (!known.contains(name)) {
            String nearest = NearestName.of(name, known)
                    .map(meant -> "did you mean " + meant + "?")
                    .orElse("known here: " + String.join(", ", known));
            String place = path.isEmpty() ? "" : " in " + path;
            problems.add(at, "unknown key '" + cut(name) + "'" + place + ": " + nearest);
        } else if (values.putIfAbsent(name, entry.getValueNode()) != null) {
            problems.add(at, "the key '" + name + "' stands here twice; keep one");
        }
    }

    /** Where the value of {@code name} stands, or the section if it is absent. */
    Spot spot(String name) {
        Node node = values.get(name);
        return node == null ? spot : spotOf(node);
    }

    Spot spot() {
        return spot;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Section section(String name) {
        return new Section(problems, file, key(name).path(), values.get(name), spot(name));
    }

    /** The entries of a list of mappings. */
    List<Section> sections(String name) {
        Key key = key(name);
        List<Section> sections = new ArrayList<>();
        for (Node item : items(key)) {
            sections.add(new Section(problems, file, key.path() + "[]", item, spotOf(item)));
        }
        return sections;
    }

    String text(String name) {
        Key key = key(name);
        String text = scalar(key);
        if (text == null) {
            return orEmpty(key);
        }
        if (text.length() < key.min() || text.length() > key.max()) {
            return wrong(key, text, "has " + key.min() + " to " + key.max() + " letters, here " + text.length());
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return wrong(key, text, "holds no control characters");
        }
        return text;
    }

    String id(String name) {
        Key key = key(name);
        String text = scalar(key);
        if (text == null || (text.isEmpty() && !key.isRequired())) {
            return orEmpty(key);
        }
        if (!ID.matcher(text).matches()) {
            return wrong(key, text, "is an id: 1 to 31 letters, digits and hyphens of ASCII, no hyphen first");
        }
        return text;
    }

    String choice(String name, List<String> choices) {
        Key key = key(name);
        String text = scalar(key);
        if (text == null) {
            return key.isRequired() ? choices.getFirst() : key.fallback();
        }
        if (!choices.contains(text)) {
            wrong(key, text, "is one of " + String.join(", ", choices) + NearestName.asQuestion(text, choices));
            return choices.getFirst();
        }
        return text;
    }

    long number(String name) {
        return measured(key(name), Section::wholeNumber, "a whole number");
    }

    long speed(String name) {
        return measured(key(name), Speed::parse, "a speed such as 100G, 2.5G or 400M");
    }

    private long measured(Key key, ToLongFunction<String> parse, String kind) {
        String text = scalar(key);
        if (text == null) {
            return key.isRequired() ? key.min() : parse.applyAsLong(key.fallback());
        }
        long number = parse.applyAsLong(text);
        if (number == Long.MIN_VALUE || number < key.min() || number > key.max()) {
            wrong(key, text, "is " + kind + " from " + key.min() + " to " + key.max());
            return key.min();
        }
        return number;
    }

    boolean flag(String name) {
        Key key = key(name);
        String text = scalar(key);
        if (text == null) {
            return Boolean.parseBoolean(key.fallback());
        }
        if (!text.equals("true") && !text.equals("false")) {
            wrong(key, text, "is true or false");
        }
        return text.equals("true");
    }

    /** Seconds since 1970, or empty where the key is absent and has no default. */
    OptionalLong time(String name) {
        Key key = key(name);
        String text = scalar(key);
        String written = text == null ? orEmpty(key) : text;
        if (written.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Instant.parse(written).getEpochSecond());
        } catch (DateTimeParseException _) {
            wrong(key, written, "is a time of UTC such as 2026-10-04T00:00:00Z");
            return OptionalLong.empty();
        }
    }

    /** The texts of a list, each with its place; the default's parts stand at the section. */
    List<Item> texts(String name) {
        Key key = key(name);
        List<Item> texts = new ArrayList<>();
        if (!values.containsKey(name) && !key.isRequired()) {
            for (String part : key.fallback().split(", ")) {
                if (!part.isEmpty()) {
                    texts.add(new Item(part, spot));
                }
            }
            return texts;
        }
        for (Node item : items(key)) {
            if (item instanceof ScalarNode scalar) {
                texts.add(new Item(scalar.getValue(), spotOf(item)));
            } else {
                problems.add(spotOf(item), key.path() + " is a list of texts; this entry is " + shown(item));
            }
        }
        return texts;
    }

    /** Paths that start at the folder of the file. */
    List<Path> files(String name, Path folder) {
        List<Path> files = new ArrayList<>();
        for (Item item : texts(name)) {
            try {
                files.add(folder.resolve(item.text()).normalize());
            } catch (java.nio.file.InvalidPathException _) {
                problems.add(item.spot(), "'" + cut(item.text()) + "' is not a path");
            }
        }
        return files;
    }

    /** A text in a list and where it stands. */
    record Item(String text, Spot spot) {}

    private Key key(String name) {
        return Keys.at(path.isEmpty() ? name : path + "." + name);
    }

    private List<Node> items(Key key) {
        Node node = values.get(key.name());
        if (node == null) {
            if (key.isRequired()) {
                problems.add(spot, where() + "lacks the key '" + key.name() + "': " + key.meaning());
            }
            return List.of();
        }
        if (isEmpty(node)) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            problems.add(spotOf(node), key.path() + " is a list ('- …' or '[…]'), not " + shown(node));
            return List.of();
        }
        int count = sequence.getValue().size();
        if (count < key.min() || count > key.max()) {
            problems.add(
                    spotOf(node), key.path() + " has " + key.min() + " to " + key.max() + " entries, here " + count);
            return List.of();
        }
        return sequence.getValue();
    }

    /** The text of a value, or {@code null} where there is none to use. */
    private String scalar(Key key) {
        Node node = values.get(key.name());
        if (node == null) {
            if (key.isRequired()) {
                problems.add(spot, where() + "lacks the key '" + key.name() + "': " + key.meaning());
            }
            return null;
        }
        if (!(node instanceof ScalarNode scalar)) {
            problems.add(spotOf(node), key.path() + " is one value, not " + shown(node));
            return null;
        }
        return scalar.getValue();
    }

    private String wrong(Key key, String written, String rule) {
        problems.add(spot(key.name()), "'" + cut(written) + "': " + key.path() + " " + rule);
        return orEmpty(key);
    }

    private static String orEmpty(Key key) {
        return key.isRequired() ? "" : key.fallback();
    }

    private String where() {
        return path.isEmpty() ? "the file " : path + " ";
    }

    Spot spotOf(Node node) {
        return node.getStartMark()
                .map(mark -> new Spot(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(spot);
    }

    private static boolean isEmpty(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && (scalar.getValue().isEmpty()
                        || scalar.getValue().equals("~")
                        || scalar.getValue().equals("null"));
    }

    private static String shown(Node node) {
        return switch (node) {
            case ScalarNode scalar -> "'" + cut(scalar.getValue()) + "'";
            case SequenceNode _ -> "a list";
            case MappingNode _ -> "keys and values";
            case Node _ -> "this";
        };
    }

    /** No message carries more of a file than a line, and no control characters. */
    static String cut(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        return clean.length() <= SHOWN_LETTERS_MAX ? clean : clean.substring(0, SHOWN_LETTERS_MAX) + "…";
    }

    private static long wholeNumber(String text) {
        return text.matches("-?[0-9]{1,15}") ? Long.parseLong(text) : Long.MIN_VALUE;
    }
}
