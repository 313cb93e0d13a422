// SPDX-License-Identifier: Apache-2.0
package tonle.registry.licence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong with a pack, up to a bound. */
final class PackProblems {
    private static final int KEPT_MAX = 50;

    private final String file;
    private final List<String> kept = new ArrayList<>();

    PackProblems(String file) {
        this.file = file;
    }

    /** @param node where it stands; {@code null} for the file as a whole */
    void add(@Nullable Node node, String words) {
        addAt(node == null ? Optional.empty() : node.getStartMark(), words);
    }

    void addAt(Optional<Mark> mark, String words) {
        String place = mark.map(at -> ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1))
                .orElse("");
        if (kept.size() < KEPT_MAX) {
            kept.add(file + place + ": " + words);
        }
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    List<String> all() {
        return List.copyOf(kept);
    }
}
