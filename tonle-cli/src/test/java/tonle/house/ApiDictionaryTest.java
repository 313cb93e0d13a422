// SPDX-License-Identifier: Apache-2.0
package tonle.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tonle.portal.api.Member;
import tonle.portal.api.Schema;
import tonle.portal.api.Schemas;
import tonle.portal.api.Shape;

/** The first promise over the API: every member that its description names is in the data dictionary, and no other. */
class ApiDictionaryTest {
    private static final List<String> WRITTEN = SourceTree.ofThisBuild().lines("docs/data-dictionary.tsv").stream()
            .map(line -> line.split("\t", -1))
            .filter(cells -> cells[0].equals("api"))
            .map(cells -> cells[1] + " " + cells[2])
            .toList();

    private static List<String> differences(Iterable<Schema> schemas) {
        List<String> differences = new ArrayList<>();
        Set<String> served = new HashSet<>();
        for (Schema schema : schemas) {
            for (Member member : schema.members()) {
                String name = schema.name() + "." + member.name() + " "
                        + member.shape().word();
                served.add(name);
                if (!WRITTEN.contains(name)) {
                    differences.add(name + " is served and not in docs/data-dictionary.tsv");
                }
            }
        }
        WRITTEN.stream()
                .filter(name -> !served.contains(name))
                .forEach(name -> differences.add(name + " is in docs/data-dictionary.tsv and not served"));
        return differences;
    }

    @Test
    void everyMemberOfTheDescriptionIsInTheDictionaryAndNothingElse() {
        assertThat(WRITTEN).hasSizeGreaterThan(300).doesNotHaveDuplicates();
        assertThat(differences(Schemas.all())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"subscriberId", "srcIp", "phone"})
    void aMemberThatIsAddedIsFoundByItsName(String name) {
        List<Schema> more = new ArrayList<>(Schemas.all());
        Member added = new Member(name, Shape.TEXT, true, false, "", "");
        more.add(new Schema("Flow", "A planted object.", List.of(added)));
        assertThat(differences(more))
                .containsExactly("Flow." + name + " text is served and not in docs/data-dictionary.tsv");
    }

    @Test
    void aMemberThatIsGoneIsFoundByItsName() {
        List<Schema> fewer = Schemas.all().stream()
                .filter(schema -> !schema.name().equals("Stretch"))
                .toList();
        assertThat(differences(fewer))
                .hasSize(4)
                .allMatch(line -> line.startsWith("Stretch.") && line.endsWith("and not served"));
    }
}
