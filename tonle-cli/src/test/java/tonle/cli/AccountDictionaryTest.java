// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The account's document holds what the data dictionary lists, and nothing else. */
class AccountDictionaryTest {
    private static final Path DOCS = Path.of(System.getProperty("tonle.root", ".."), "docs");

    @Test
    void theDictionaryListsEveryFieldInItsOrder() throws IOException {
        List<String> listed = Files.readAllLines(DOCS.resolve("data-dictionary.tsv")).stream()
                .map(line -> line.split("\t"))
                .filter(cells -> cells[0].equals("account"))
                .map(cells -> cells[1])
                .toList();
        assertThat(listed).containsExactlyElementsOf(AccountDocument.FIELDS);
    }
}
