// SPDX-License-Identifier: Apache-2.0
package tonle.notary.cheat;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tonle.notary.check.CheckStep;
import tonle.testkit.SettableClock;
import tonle.tlog.LogFault;

/** Twelve cheats, each caught by the check that is meant for it. */
class CheatsTest {
    static Cheats cheats;

    @BeforeAll
    static void draw() {
        cheats = new Cheats(new SettableClock(1_790_000_000_000L), new SecureRandom());
    }

    @Test
    void withoutACheatEverythingHolds() throws Exception {
        assertThat(cheats.isHonestLogProven()).isTrue();
        assertThat(Cheat.values()).hasSize(12);
    }

    @ParameterizedTest
    @CsvSource({
        "CHANGED_ENTRY,      READER,           INCLUSION,  ROOT_MISMATCH",
        "CHANGED_TILE,       READER,           INCLUSION,  TILE_CONTRADICTS_TREE",
        "REMOVED_ENTRY,      RETURNING_READER, GROWTH,     OLD_ROOT_MISMATCH",
        "SWAPPED_ENTRIES,    RETURNING_READER, GROWTH,     OLD_ROOT_MISMATCH",
        "BACKDATED_ENTRY,    RETURNING_READER, GROWTH,     OLD_ROOT_MISMATCH",
        "TWO_HISTORIES,      WITNESS,          ,           ROOTS_DIFFER",
        "REWOUND_HEAD,       RETURNING_READER, GROWTH,     SIZES_REVERSED",
        "FOREIGN_KEY,        READER,           SIGNATURES, LOG_SIGNATURE_MISSING",
        "FORGED_COSIGNATURE, READER,           SIGNATURES, SIGNATURE_WRONG",
        "MOVED_COSIGNATURE,  READER,           SIGNATURES, SIGNATURE_WRONG",
        "TOO_FEW_WITNESSES,  READER,           SIGNATURES, QUORUM_MISSED",
        "BORROWED_PROOF,     READER,           INCLUSION,  ROOT_MISMATCH",
    })
    void eachIsCaughtByName(Cheat cheat, Cheats.Catcher catcher, CheckStep step, LogFault fault) throws Exception {
        Cheats.Caught caught = cheats.carryOut(cheat).orElseThrow(() -> new AssertionError(cheat + " goes unnoticed"));
        assertThat(caught.catcher()).isEqualTo(catcher);
        assertThat(caught.step().orElse(null)).isEqualTo(step);
        assertThat(caught.fault()).isEqualTo(fault);
        assertThat(caught.isEvidence()).isEqualTo(cheat == Cheat.TWO_HISTORIES);
    }
}
