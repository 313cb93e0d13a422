// SPDX-License-Identifier: Apache-2.0
package tonle.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    private final StringBuilder out = new StringBuilder();

    @Test
    void membersAndElementsAreSeparated() {
        Json json = new Json(out, false);
        json.beginObject().member("a", 1).member("b", true).name("c").beginArray();
        json.value("x").value(-7).value((String) null).beginObject().endObject().endArray();
        json.member("d", 0.5).endObject();
        assertThat(out).hasToString("{\"a\":1,\"b\":true,\"c\":[\"x\",-7,null,{}],\"d\":0.5}");
    }

    @Test
    void indentedDocumentsReadLikeText() {
        new Json(out, true)
                .beginObject()
                .member("a", 1)
                .name("b")
                .beginArray()
                .value(2)
                .endArray()
                .endObject();
        assertThat(out).hasToString("{\n  \"a\": 1,\n  \"b\": [\n    2\n  ]\n}");
    }

    @Test
    void charactersThatEndAStringOrALineAreEscaped() {
        new Json(out, false).value("\"\\\n\t\u0000\u001f ភ្នំពេញ");
        assertThat(out).hasToString("\"\\\"\\\\\\n\\t\\u0000\\u001f ភ្នំពេញ\"");
    }

    @Test
    void halfASurrogatePairIsWrittenAsAnEscape() {
        new Json(out, false)
                .beginArray()
                .value("\ud800")
                .value("\ud83d\udca7")
                .value("\udca7")
                .endArray();
        assertThat(out).hasToString("[\"\\ud800\",\"\ud83d\udca7\",\"\\udca7\"]");
    }

    @Test
    void whatJsonCannotSayIsNull() {
        new Json(out, false)
                .beginArray()
                .value(Double.NaN)
                .value(1.0 / 0)
                .value(3.0)
                .value(1e300)
                .endArray();
        assertThat(out).hasToString("[null,null,3,1.0E300]");
    }

    @Test
    void linesHoldOneDocumentEach() {
        Json json = new Json(out, false);
        json.beginObject().member("a", 1).endObject().endLine();
        json.beginObject().member("a", 2).endObject().endLine();
        assertThat(out).hasToString("{\"a\":1}\n{\"a\":2}\n");
    }

    @Test
    void aDocumentThatDoesNotNestIsADefectOfItsWriter() {
        assertThatThrownBy(() -> new Json(out, false).beginObject().value(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Json(out, false).beginObject().endArray())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Json(out, false).beginArray().name("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDocumentOfMapsAndListsStandsInOneLine() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "</script>\u2028");
        map.put("none", null);
        map.put("list", List.of(1L, true, new BigDecimal("0.0000"), 2.5));
        map.put("empty", Map.of());
        assertThat(Json.of(map))
                .isEqualTo("{\"text\": \"\\u003c/script>\\u2028\", \"none\": null,"
                        + " \"list\": [1, true, 0.0000, 2.5], \"empty\": {}}");
        assertThatThrownBy(() -> Json.of(new Object())).isInstanceOf(IllegalArgumentException.class);
    }
}
