// SPDX-License-Identifier: Apache-2.0
package tonle.registry.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {
    /** Rows: where a change stands and who acts; columns: what happens on each decision. Ann proposed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # stage     | persons | actor | confirm       | refuse     | refuse without reason | withdraw
              proposed  | one     | ann   | confirmed     | refused    | REASON_MISSING        | withdrawn
              proposed  | one     | bo    | confirmed     | refused    | REASON_MISSING        | NOT_YOURS
              proposed  | two     | ann   | SAME_PERSON   | refused    | REASON_MISSING        | withdrawn
              proposed  | two     | bo    | confirmed     | refused    | REASON_MISSING        | NOT_YOURS
              confirmed | one     | ann   | STAGE_OVER    | STAGE_OVER | STAGE_OVER            | STAGE_OVER
              confirmed | two     | bo    | STAGE_OVER    | STAGE_OVER | STAGE_OVER            | STAGE_OVER
              refused   | two     | bo    | STAGE_OVER    | STAGE_OVER | STAGE_OVER            | STAGE_OVER
              withdrawn | two     | ann   | STAGE_OVER    | STAGE_OVER | STAGE_OVER            | STAGE_OVER
            """)
    void everyStageAnswersEveryDecision(
            String stage, String persons, String actor, String confirm, String refuse, String silent, String withdraw) {
        Stage now = stage(stage, persons.equals("two"));

        assertThat(after(now, new Decision.Confirm(actor, ""))).isEqualTo(confirm);
        assertThat(after(now, new Decision.Refuse(actor, "the contract says otherwise")))
                .isEqualTo(refuse);
        assertThat(after(now, new Decision.Refuse(actor, "  "))).isEqualTo(silent);
        assertThat(after(now, new Decision.Withdraw(actor, ""))).isEqualTo(withdraw);
    }

    @Test
    void aConfirmationByTheProposerCannotBeWrittenDown() {
        Stage.Proposed proposed = new Stage.Proposed("ann", 1, true);

        assertThatThrownBy(() -> new Stage.Confirmed(proposed, "ann", 2, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Stage.Refused(proposed, "bo", 2, " "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String after(Stage stage, Decision decision) {
        return switch (Decision.step(stage, decision, 7)) {
            case Decision.Step.To(Stage next) -> next.word();
            case Decision.Step.Stays(var reason) -> reason.name();
        };
    }

    private static Stage stage(String word, boolean needsTwo) {
        Stage.Proposed proposed = new Stage.Proposed("ann", 1, needsTwo);
        return switch (word) {
            case "proposed" -> proposed;
            case "confirmed" -> new Stage.Confirmed(proposed, "bo", 2, "");
            case "refused" -> new Stage.Refused(proposed, "bo", 2, "no");
            case "withdrawn" -> new Stage.Withdrawn(proposed, "ann", 2, "");
            default -> throw new IllegalArgumentException(word);
        };
    }
}
