// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import java.util.Optional;

/**
 * The life of a log.
 *
 * <pre>
 *   from       begin      pause      resume     freeze
 *   EMPTY      APPENDING  –          –          –
 *   APPENDING  –          QUIESCENT  –          FROZEN
 *   QUIESCENT  –          –          APPENDING  FROZEN
 *   FROZEN     –          –          –          –
 * </pre>
 */
public enum LogStage {
    /** There is no entry and no key yet. */
    EMPTY,
    /** Entries are taken. */
    APPENDING,
    /** What is in is read; nothing is taken, because something is in the way or somebody asked for it. */
    QUIESCENT,
    /** Closed for good: the last checkpoint is the last. A successor names it. */
    FROZEN;

    /** What moves a log from one stage to the next. */
    public enum Move {
        BEGIN,
        PAUSE,
        RESUME,
        FREEZE
    }

    /** The stage after {@code move}; empty where there is no such way. */
    public Optional<LogStage> after(Move move) {
        return switch (this) {
            case EMPTY -> move == Move.BEGIN ? Optional.of(APPENDING) : Optional.empty();
            case APPENDING ->
                switch (move) {
                    case PAUSE -> Optional.of(QUIESCENT);
                    case FREEZE -> Optional.of(FROZEN);
                    case BEGIN, RESUME -> Optional.empty();
                };
            case QUIESCENT ->
                switch (move) {
                    case RESUME -> Optional.of(APPENDING);
                    case FREEZE -> Optional.of(FROZEN);
                    case BEGIN, PAUSE -> Optional.empty();
                };
            case FROZEN -> Optional.empty();
        };
    }
}
