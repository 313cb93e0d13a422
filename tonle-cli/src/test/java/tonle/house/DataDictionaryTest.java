// SPDX-License-Identifier: Apache-2.0
package tonle.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.notary.entry.EntryKind;
import tonle.testdatabase.StoredColumns;
import tonle.testdatabase.TestDatabase;

/**
 * The first promise: the data dictionary is closed. What the database stores, with the migrations of every room in it,
 * is what the dictionary says, column by column, and the public document says the same.
 */
class DataDictionaryTest {
    private static final SourceTree TREE = SourceTree.ofThisBuild();
    private static final String HEAD = "where\tname\ttype\tpurpose\tclass\tretention\tbasis";
    private static final Set<String> CLASSES =
            Set.of("aggregate", "device", "organisation", "operation", "staff", "public-comment");
    private static final Set<String> BASES = Set.of("metering", "running", "accountability", "access", "registry");

    private record Entry(
            String where, String name, String type, String purpose, String kind, String retention, String basis) {
        static Entry of(List<String> cells) {
            assertThat(cells)
                    .as("where, name, type, purpose, class, retention, basis: %s", cells)
                    .hasSize(7)
                    .noneMatch(String::isBlank);
            return new Entry(
                    cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5), cells.get(6));
        }

        /** As {@link StoredColumns} names it. */
        String column() {
            return name + " " + type;
        }
    }

    private static List<Entry> dictionary() {
        List<String> lines = TREE.lines("docs/data-dictionary.tsv");
        assertThat(lines.getFirst()).isEqualTo(HEAD);
        return lines.stream()
                .skip(1)
                .map(line -> Entry.of(Arrays.asList(line.split("\t", -1))))
                .toList();
    }

    /** What is wrong between a database and the dictionary: a sentence for each column. */
    private static List<String> differences(JdbcClient owner) {
        List<String> stored = StoredColumns.of(owner);
        List<String> written = dictionary().stream()
                .filter(entry -> entry.where.equals("database"))
                .map(Entry::column)
                .toList();
        List<String> differences = new ArrayList<>();
        Set<String> said = new HashSet<>(written);
        stored.stream()
                .filter(column -> !said.contains(column))
                .forEach(column -> differences.add(column + " is stored and not in docs/data-dictionary.tsv"));
        Set<String> real = new HashSet<>(stored);
        written.stream()
                .filter(column -> !real.contains(column))
                .forEach(column -> differences.add(column + " is in docs/data-dictionary.tsv and not stored"));
        return differences;
    }

    @Test
    void everyColumnOfTheDatabaseIsInTheDictionaryAndNothingElse() {
        try (TestDatabase database = TestDatabase.fresh()) {
            assertThat(StoredColumns.of(database.owner()))
                    .as("the migrations of the registry have run")
                    .contains("registry.link.id text", "people.account.pseudonym text", "audit.event.act text");
            assertThat(differences(database.owner())).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ALTER TABLE registry.link ADD src_ip inet                         | registry.link.src_ip inet
            ALTER TABLE audit.event ADD src_ip text                           | audit.event.src_ip text
            CREATE TABLE people.visit (src_ip inet)                           | people.visit.src_ip inet
            CREATE TABLE public.visit (src_ip inet)                           | public.visit.src_ip inet
            CREATE SCHEMA extra CREATE TABLE flow (src_ip inet)               | extra.flow.src_ip inet
            CREATE VIEW registry.seen AS SELECT '::1'::inet AS src_ip         | registry.seen.src_ip inet
            CREATE TABLE people.visit (src_ip inet) PARTITION BY LIST (src_ip)| people.visit.src_ip inet
            """)
    void aColumnThatIsAddedIsFoundByItsName(String change, String column) {
        try (TestDatabase database = TestDatabase.fresh()) {
            database.owner().sql(change).update();
            assertThat(differences(database.owner()))
                    .containsExactly(column + " is stored and not in docs/data-dictionary.tsv");
        }
    }

    @Test
    void aColumnThatIsGoneOrOfAnotherTypeIsFoundByItsName() {
        try (TestDatabase database = TestDatabase.fresh()) {
            database.owner().sql("ALTER TABLE registry.site DROP name_khmer").update();
            database.owner()
                    .sql("ALTER TABLE registry.ladder_move ALTER load_permille TYPE bigint")
                    .update();
            assertThat(differences(database.owner()))
                    .containsExactlyInAnyOrder(
                            "registry.site.name_khmer text is in docs/data-dictionary.tsv and not stored",
                            "registry.ladder_move.load_permille bigint is stored and not in docs/data-dictionary.tsv",
                            "registry.ladder_move.load_permille integer is in docs/data-dictionary.tsv and not stored");
        }
    }

    @Test
    void everyEntryIsOfAKnownClassAndBasis() {
        List<Entry> dictionary = dictionary();
        assertThat(dictionary).doesNotHaveDuplicates();
        assertThat(dictionary.stream().map(entry -> entry.where + " " + entry.name))
                .doesNotHaveDuplicates();
        assertThat(dictionary).allMatch(entry -> CLASSES.contains(entry.kind));
        assertThat(dictionary).allMatch(entry -> BASES.contains(entry.basis));
    }

    @Test
    void whatIsKnownOfPeopleWhoWorkHereStandsInOneSchema() {
        assertThat(dictionary())
                .filteredOn(entry -> entry.kind.equals("staff"))
                .isNotEmpty()
                .allMatch(entry -> entry.name.startsWith("people."));
    }

    /** {@code cidr} holds a network and refuses host bits; the others hold a host or a machine. */
    @Test
    void noColumnIsOfATypeMadeForHosts() {
        assertThat(dictionary()).noneMatch(entry -> entry.type.matches("(inet|macaddr8?)(\\[])?"));
    }

    @Test
    void everyFieldOfAnEntryOfTheLogIsInTheDictionaryAndNothingElse() {
        List<String> entered = new ArrayList<>();
        for (EntryKind kind : EntryKind.values()) {
            kind.fields()
                    .forEach(field -> entered.add(kind.word() + "." + field.name() + " "
                            + field.type().name().toLowerCase(Locale.ROOT)));
        }
        assertThat(dictionary().stream()
                        .filter(entry -> entry.where.equals("log"))
                        .map(Entry::column))
                .containsExactlyElementsOf(entered);
    }

    @Test
    void theDocumentSaysTheSame() {
        Set<String> places = new HashSet<>();
        dictionary().forEach(entry -> places.add(entry.where));
        List<Entry> document = TREE.lines("docs/DATA.md").stream()
                .filter(line -> places.stream().anyMatch(place -> line.startsWith("| " + place + " |")))
                .map(line -> Entry.of(
                        Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                                .map(String::strip)
                                .toList()))
                .toList();
        assertThat(document).containsExactlyElementsOf(dictionary());
    }
}
