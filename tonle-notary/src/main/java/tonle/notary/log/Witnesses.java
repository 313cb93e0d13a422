// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import java.util.List;
import tonle.tlog.note.SignedNote;
import tonle.tlog.tree.TreeHead;

/**
 * The witnesses as the log sees them: a port. What they last cosigned decides whether a log may be appended to, so that
 * a restored backup or a typing error cannot fork history.
 */
public interface Witnesses {
    /** A log without witnesses: its lock record alone stands against a fork. */
    Witnesses NONE = new Witnesses() {
        @Override
        public Standing standing(String origin) {
            return new Standing.Unwitnessed();
        }

        @Override
        public void published(SignedNote checkpoint) {}
    };

    /** What the witnesses say of a log. */
    sealed interface Standing {
        /** The log has no witnesses. */
        record Unwitnessed() implements Standing {}

        /** @param heads what each witness that answered last cosigned; their signatures were verified */
        record Cosigned(List<TreeHead> heads) implements Standing {
            public Cosigned {
                heads = List.copyOf(heads);
            }
        }

        /** None could be asked. */
        record Silent(String words) implements Standing {}
    }

    /** Asks all of them; called when a log is opened. */
    Standing standing(String origin);

    /** Tells that a checkpoint is public now. Called by the log's one writer: it must not wait for anybody. */
    void published(SignedNote checkpoint);
}
