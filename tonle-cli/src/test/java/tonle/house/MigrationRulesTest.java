// SPDX-License-Identifier: Apache-2.0
package tonle.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A migration that ran somewhere is never edited: docs/migrations.sha256 holds the SHA-256 of each, as sha256sum(1)
 * writes and checks it. Where a database has run another text under the same number, Flyway refuses at the start.
 */
class MigrationRulesTest {
    private static final SourceTree TREE = SourceTree.ofThisBuild();
    private static final String SUMS = "docs/migrations.sha256";
    private static final String PATH = "tonle-[a-z]+/src/main/resources/tonle/migration/V[0-9]{4}__[a-z0-9_]+\\.sql";

    private static List<String> migrations() {
        return TREE.paths(".sql").stream()
                .filter(path -> path.contains("/src/main/resources/tonle/migration/"))
                .toList();
    }

    @Test
    void noMigrationIsEditedOrTakenAway() throws NoSuchAlgorithmException {
        Map<String, String> kept = new TreeMap<>();
        for (String line : TREE.lines(SUMS)) {
            assertThat(line).as("a line of %s", SUMS).matches("[0-9a-f]{64}  " + PATH);
            assertThat(kept.put(line.substring(66), line.substring(0, 64)))
                    .as("listed once: %s", line)
                    .isNull();
        }
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        List<String> wrong = new ArrayList<>();
        for (String path : migrations()) {
            byte[] octets = TREE.text(path).getBytes(StandardCharsets.UTF_8);
            String sum = HexFormat.of().formatHex(sha256.digest(octets));
            String sumThen = kept.remove(path);
            if (sumThen == null) {
                wrong.add(path + " is new: append '" + sum + "  " + path + "' to " + SUMS);
            } else if (!sumThen.equals(sum)) {
                wrong.add(path + " was edited: take the edit back and write a new migration; only one that was in no"
                        + " release, and that no database of others has run, may get a new sum");
            }
        }
        kept.keySet().forEach(path -> wrong.add(path + " is gone: databases that have run it would be refused"));
        assertThat(wrong).isEmpty();
    }

    /** Flyway orders by number alone, over all rooms: two files of one number stop every start. */
    @Test
    void everyNumberIsTakenOnce() {
        assertThat(migrations()).isNotEmpty().allMatch(path -> path.matches(PATH));
        assertThat(migrations().stream().map(path -> path.replaceAll(".*/(V[0-9]{4})__.*", "$1")))
                .doesNotHaveDuplicates();
    }
}
