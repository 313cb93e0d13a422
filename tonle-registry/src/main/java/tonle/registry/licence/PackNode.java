// SPDX-License-Identifier: Apache-2.0
package tonle.registry.licence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tonle.base.NearestName;

/** Keys and values of a pack, each asked for by its name. */
record PackNode(Node node, Map<String, Node> values, PackProblems problems) {
    private static final int LETTERS_MAX = 400;

    static PackNode of(Node node, PackProblems problems) {
        Map<String, Node> values = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
                    problems.add(tuple.getKeyNode(), "the key '" + key + "' stands twice");
                }
            }
        } else {
            problems.add(node, "here stand keys and values");
        }
        return new PackNode(node, values, problems);
    }

    void takesOnly(String... keys) {
        List<String> known = List.of(keys);
        values.forEach((key, value) -> {
            if (!known.contains(key)) {
                problems.add(value, "there is no key '" + key + "'" + NearestName.asQuestion(key, known));
            }
        });
    }

    Node at(String key) {
        return values.getOrDefault(key, node);
    }

    /** A text that must be there. */
    String word(String key) {
        String text = optional(key);
        if (text.isEmpty()) {
            problems.add(node, "the key '" + key + "' is missing");
        }
        return text;
    }

    String id(String key) {
        String text = word(key);
        if (!text.isEmpty() && !text.matches("[a-z0-9][a-z0-9-]{0,30}")) {
            problems.add(at(key), "'" + text + "' is not a word of small letters, digits and hyphens");
        }
        return text;
    }

    String optional(String key) {
        Node value = values.get(key);
        if (value == null) {
            return "";
        }
        String text = value instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
        if (!(value instanceof ScalarNode)) {
            problems.add(value, "'" + key + "' is one text");
        }
        if (text.length() > LETTERS_MAX) {
            problems.add(value, "'" + key + "' has " + text.length() + " letters, at most " + LETTERS_MAX);
            return "";
        }
        return text;
    }

    List<PackNode> list(String key, int countMax) {
        return items(key, countMax).stream().map(item -> of(item, problems)).toList();
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node item : items(key, LETTERS_MAX)) {
            if (item instanceof ScalarNode scalar && scalar.getValue().length() <= LETTERS_MAX) {
                texts.add(scalar.getValue());
            } else {
                problems.add(item, "'" + key + "' is a list of texts of at most " + LETTERS_MAX + " letters");
            }
        }
        return List.copyOf(texts);
    }

    private List<Node> items(String key, int countMax) {
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            problems.add(value, "'" + key + "' is a list");
            return List.of();
        }
        if (sequence.getValue().size() > countMax) {
            problems.add(value, "'" + key + "' has " + sequence.getValue().size() + " entries, at most " + countMax);
            return List.of();
        }
        return sequence.getValue();
    }
}
