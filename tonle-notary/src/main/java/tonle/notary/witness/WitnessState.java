// SPDX-License-Identifier: Apache-2.0
package tonle.notary.witness;

import java.util.Optional;
import tonle.tlog.tree.TreeHead;

/**
 * How one witness is, as the log sees it.
 *
 * @param name of its keys
 * @param address its submission prefix
 * @param cosigned the last head that it cosigned for this run of the log, or {@link TreeHead#EMPTY}
 * @param cosignedMillis when that was; 0 where it never did
 * @param trouble what is in the way of the next cosignature
 * @param troubleSinceMillis 0 where nothing is
 */
public record WitnessState(
        String name,
        String address,
        TreeHead cosigned,
        long cosignedMillis,
        Optional<Trouble> trouble,
        long troubleSinceMillis) {

    /** @param words for people: what the witness said, or what became of the connection */
    public record Trouble(Kind kind, String words) {}

    /** Why a witness did not cosign. */
    public enum Kind {
        /** It cannot be reached, does not answer in time, or says that it cannot work. */
        AWAY,
        /** It refuses: it does not know the log, or its keys. */
        REFUSES,
        /** What it answers is no answer, or its cosignature does not verify. */
        ANSWERS_WRONGLY,
        /** It holds a larger tree of this log than the log has: an old copy writes here, or another writer there. */
        HOLDS_MORE,
        /** It holds another tree of this log: the log has two histories. */
        CONTRADICTS;

        /** Whether the log itself is in question, and not the witness. */
        public boolean isAlarm() {
            return switch (this) {
                case HOLDS_MORE, CONTRADICTS -> true;
                case AWAY, REFUSES, ANSWERS_WRONGLY -> false;
            };
        }
    }
}
