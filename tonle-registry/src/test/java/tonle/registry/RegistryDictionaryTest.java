// SPDX-License-Identifier: Apache-2.0
package tonle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.testdatabase.TestDatabase;

class RegistryDictionaryTest {
    @Test
    void everyColumnOfTheRegistryIsInTheDictionaryAndNothingElse() throws IOException {
        List<String> real;
        try (TestDatabase database = TestDatabase.fresh()) {
            real = database.owner().sql("""
                            SELECT c.relnamespace::regnamespace || '.' || c.relname || '.' || a.attname || ' '
                                || format_type(a.atttypid, a.atttypmod)
                            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                            WHERE c.relnamespace = 'registry'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
                                AND a.attnum > 0 AND NOT a.attisdropped""").query(String.class).list();
        }
        Path dictionary = Path.of(System.getProperty("tonle.root", "..")).resolve("docs/data-dictionary.tsv");
        List<String> written = Files.readAllLines(dictionary).stream()
                .filter(line -> line.startsWith("database\tregistry."))
                .map(line -> line.split("\t")[1] + " " + line.split("\t")[2])
                .toList();

        assertThat(written).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(real);
    }
}
