// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogStageTest {
    @Test
    void theWaysAreThoseOfTheTableAndNoOthers() {
        List<String> ways = new ArrayList<>();
        for (LogStage stage : LogStage.values()) {
            for (LogStage.Move move : LogStage.Move.values()) {
                stage.after(move).ifPresent(after -> ways.add(stage + " " + move + " " + after));
            }
        }
        assertThat(ways)
                .containsExactlyInAnyOrder(
                        "EMPTY BEGIN APPENDING",
                        "APPENDING PAUSE QUIESCENT",
                        "APPENDING FREEZE FROZEN",
                        "QUIESCENT RESUME APPENDING",
                        "QUIESCENT FREEZE FROZEN");
    }
}
