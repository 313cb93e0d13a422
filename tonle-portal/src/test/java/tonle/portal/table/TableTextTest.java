// SPDX-License-Identifier: Apache-2.0
package tonle.portal.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTextTest {
    private static final List<Column> COLUMNS = List.of(
            Column.chief("name", "Name", Kind.TEXT),
            Column.of("inBitsPerSecond", "In", Kind.BITS_PER_SECOND),
            Column.of("load", "Load", Kind.SHARE),
            Column.of("at", "At", Kind.TIME));

    private static Documented document(Table.Row... rows) {
        Table table = Table.of("t", "Rows", COLUMNS, List.of(rows), "nothing");
        return new Documented(Map.of("query", "all\nof it"), table);
    }

    @Test
    void csvQuotesAndDisarmsFormulas() {
        String csv = CsvText.of(document(
                Table.Row.of(Cell.text("a,\"b\""), Cell.whole(1.6), Cell.decimal(0.5), Cell.time(0)),
                Table.Row.of(Cell.text("=1+1"), Cell.whole(Double.NaN), Cell.decimal(Double.NaN), Cell.time(60))));
        assertThat(csv)
                .isEqualTo("# query: all of it\r\n"
                        + "name,inBitsPerSecond,load,at\r\n"
                        + "\"a,\"\"b\"\"\",2,0.5000,\r\n"
                        + "'=1+1,,,1970-01-01T00:01:00Z\r\n");
    }

    @Test
    void jsonEscapesAndKnowsNull() {
        String json = JsonText.of(document(
                Table.Row.of(Cell.text("<b>\"\u0001"), Cell.whole(Double.NaN), Cell.decimal(0.25), Cell.time(60))));
        assertThat(json)
                .isEqualTo("{\"meta\": {\"query\": \"all\\nof it\"},\n \"rows\": [\n"
                        + "  {\"name\": \"\\u003cb>\\\"\\u0001\", \"inBitsPerSecond\": null, \"load\": 0.2500, "
                        + "\"at\": \"1970-01-01T00:01:00Z\"}]}\n");
    }

    @Test
    void aColumnHasOneScale() {
        String text = PlainText.of(
                document(
                                Table.Row.of(
                                        Cell.text("ចូល\u200bចេញ"), Cell.whole(52.8e9), Cell.decimal(0.92), Cell.EMPTY),
                                Table.Row.of(Cell.text("b"), Cell.whole(4e8), Cell.decimal(0.051), Cell.EMPTY))
                        .table(),
                Long::toString);
        assertThat(text.lines().toList().getFirst()).isEqualTo("NAME   IN Gb/s  LOAD %  AT");
        assertThat(text).contains("52.8    92.0", "0.4     5.1");
    }

    @ParameterizedTest
    @CsvSource({
        "BITS_PER_SECOND, 52840000000, 52.8 Gb/s",
        "BITS_PER_SECOND, 100000000000, 100 Gb/s",
        "BITS_PER_SECOND, 999, 999 b/s",
        "OCTETS, 9870000000000000, '9,870 TB'",
        "SHARE, 0.92, 92 %",
        "SHARE, 0.0071, 0.71 %",
        "RATIO, 2.01, 2.01",
    })
    void aFigureThatStandsAloneHasItsOwnScale(Kind kind, double value, String shown) {
        assertThat(Scale.say(kind, value).replace('\u00a0', ' ')).isEqualTo(shown);
    }

    @Test
    void khmerIsCountedByCluster() {
        assertThat(PlainText.width("ចូល\u200bចេញ")).isLessThan("ចូល\u200bចេញ".length());
    }
}
