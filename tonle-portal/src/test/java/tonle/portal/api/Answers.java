// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tonle.base.Json;

/** Judges answers by the schemas of the served description. */
final class Answers {
    private Answers() {}

    static List<Error> errors(String schema, String answer) {
        return errorsOf(Map.of("$ref", "#/components/schemas/" + schema), answer);
    }

    static List<Error> errorsOf(Map<String, Object> schema, String answer) {
        Map<String, Object> whole = new LinkedHashMap<>(schema);
        whole.put("components", OpenApiDocument.document().get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Json.of(whole), InputFormat.JSON)
                .validate(answer, InputFormat.JSON);
    }
}
