// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tonle.base.Json;
import tonle.portal.words.Language;
import tonle.portal.words.Messages;

/** The description of the API, judged by the published schema and by the table it is made from. */
class OpenApiTest {
    private static final String TEXT = Json.of(OpenApiDocument.document());

    @Test
    void itIsAnOpenApiDocument() throws IOException {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("openapi-3.1-schema-2022-10-07.json")) {
            String schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<Error> errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema, InputFormat.JSON)
                    .validate(TEXT, InputFormat.JSON);
            assertThat(errors).isEmpty();
            String broken = TEXT.replaceFirst("\"responses\"", "\"answers\"");
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(schema, InputFormat.JSON)
                            .validate(broken, InputFormat.JSON))
                    .as("the schema finds what is wrong")
                    .isNotEmpty();
        }
    }

    @Test
    void whateverIsReferredToIsThere() {
        Matcher references =
                Pattern.compile("\"#/components/schemas/([A-Za-z]+)\"").matcher(TEXT);
        Set<String> named = new TreeSet<>();
        while (references.find()) {
            named.add(references.group(1));
        }
        Set<String> known = new TreeSet<>(Schemas.byName().keySet());
        assertThat(known).as("every schema is used").isEqualTo(named);
    }

    @Test
    void everyExampleIsOfItsSchema() {
        for (Schema schema : Schemas.all()) {
            String example = Json.of(schema.example(Schemas.byName()));
            assertThat(Answers.errors(schema.name(), example)).as(schema.name()).isEmpty();
        }
        for (Operation operation : Operations.all()) {
            for (Parameter parameter : operation.parameters()) {
                String wrapped = Json.of(Map.of("v", parameter.example()));
                assertThat(Answers.errorsOf(
                                Map.of(
                                        "properties",
                                        Map.of("v", parameter.shape().schema())),
                                wrapped))
                        .as(operation.id() + " " + parameter.name())
                        .isEmpty();
            }
        }
    }

    @Test
    void everyNameOfAPathIsAParameterAndEveryOperationHasItsOwnId() {
        for (Operation operation : Operations.all()) {
            Set<String> inPath = new TreeSet<>();
            Matcher names = Pattern.compile("\\{([a-zA-Z]+)}").matcher(operation.path());
            while (names.find()) {
                inPath.add(names.group(1));
            }
            assertThat(operation.parameters().stream()
                            .filter(parameter -> parameter.place() == Parameter.Place.PATH)
                            .map(Parameter::name))
                    .as(operation.id())
                    .containsExactlyInAnyOrderElementsOf(inPath);
            assertThat(operation.path()).startsWith(Operations.ROOT + "/");
        }
        assertThat(Operations.all().stream().map(Operation::id)).doesNotHaveDuplicates();
        assertThat(Operations.all().stream().map(each -> each.method() + " " + each.path()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyCodeHasItsWords() {
        for (Language language : Language.values()) {
            for (Code code : Code.values()) {
                assertThat(Messages.in(language).has("api." + code.word())).isTrue();
                assertThat(Messages.in(language).has("api." + code.word() + ".detail"))
                        .isTrue();
            }
        }
    }
}
