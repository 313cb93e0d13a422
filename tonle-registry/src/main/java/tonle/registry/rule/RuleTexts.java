// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The first versions of rules, which come with the program: what it does as it is shipped. */
public final class RuleTexts {
    private static final String PART = "\n---\n";

    private RuleTexts() {}

    /** Empty for a rule that a country writes itself. */
    public static Optional<RuleText> shipped(Rule rule) {
        return switch (rule) {
            case TARIFFS, GUARD_LISTS -> Optional.empty();
            case WITNESS_QUORUM, DATA_DICTIONARY, CLOSED_ACTS, RETENTION -> Optional.of(read(rule.word() + ".txt"));
        };
    }

    private static RuleText read(String name) {
        try (InputStream in = RuleTexts.class.getResourceAsStream(name)) {
            String[] parts = new String(in.readAllBytes(), UTF_8).strip().split(PART);
            String[] titles = parts[0].split("\n");
            return new RuleText(titles[0], titles[1], parts[1].strip(), parts[2].strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
