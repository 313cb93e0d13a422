// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.portal.fixture.Fixture;
import tonle.portal.table.Table;
import tonle.portal.words.Language;

class SortingTest {
    @TempDir
    static Path folder;

    static Fixture fixture;
    static Pages pages;

    @BeforeAll
    static void open() throws Exception {
        fixture = Fixture.open(folder);
        pages = new Pages(Fixture.settings(), fixture.services());
    }

    @AfterAll
    static void close() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/links, capacityBitsPerSecond, false",
        "/links, capacityBitsPerSecond:ascending, true",
        "/links, inLoad, false",
        "/exporters, lost, false",
        "/traffic?by=member, maxBitsPerSecond, false",
        "/traffic?by=member&compare=previous, change:ascending, true",
    })
    void figuresStandInTheOrderOfTheAddress(String address, String sort, boolean ascending) {
        List<Double> figures = values(address, sort).stream()
                .filter(Objects::nonNull)
                .map(v -> ((Number) v).doubleValue())
                .toList();
        Comparator<Double> natural = Comparator.naturalOrder();
        assertThat(figures).hasSizeGreaterThan(3).isSortedAccordingTo(ascending ? natural : natural.reversed());
    }

    @Test
    void whatIsUnknownComesLastEitherWay() {
        assertThat(values("/links", "inLoad").getLast()).isNull();
        assertThat(values("/links", "inLoad:ascending").getLast()).isNull();
    }

    @Test
    void wordsBeginWithTheFirstLetter() {
        assertThat(values("/exporters", "exporter").stream().map(String::valueOf))
                .containsExactly("", "pnh-r1", "ppt-r1", "shv-r1");
        assertThat(values("/exporters", "exporter:descending").getFirst()).isEqualTo("shv-r1");
    }

    @Test
    void rowsAreSortedBeforeTheyAreCut() {
        assertThat(values("/?limit=1", "link:descending")).containsExactly("SHV-SIN-1");
    }

    @Test
    void anUnknownColumnIsRefusedWithTheNearest() {
        assertThat(pages.open("/links?sort=capcityBitsPerSecond", Language.EN).answer())
                .isInstanceOfSatisfying(
                        Answer.Wrong.class,
                        wrong -> assertThat(wrong.trouble().nearest()).isEqualTo("capacityBitsPerSecond"));
        assertThat(pages.open("/links?sort=link:upward", Language.EN).answer()).isInstanceOf(Answer.Wrong.class);
    }

    private static List<Object> values(String address, String sort) {
        String asked = address + (address.contains("?") ? "&" : "?") + "sort=" + sort;
        Page page = ((Answer.Shown) pages.open(asked, Language.EN).answer()).page();
        Table table = page.tables().getFirst();
        int column = table.columns().stream().map(c -> c.key()).toList().indexOf(sort.replaceFirst(":.*", ""));
        return table.rows().stream().map(r -> r.cells().get(column).value()).toList();
    }
}
