// SPDX-License-Identifier: Apache-2.0
package tonle.registry.bringup;

import java.time.Instant;

/** What a source says of one check. */
public sealed interface Verdict {
    /** Seen and right. {@code evidence} says in a few words what was seen. */
    record Passed(String evidence, Instant at) implements Verdict {}

    /** Seen and wrong. {@code found} is the value, {@code wanted} what should stand there. */
    record Failed(String found, String wanted, Instant at) implements Verdict {}

    /** The source is there and has nothing to say yet. */
    record NotSeen() implements Verdict {}

    /** No source of this gateway can answer: said as it is, and never taken for a pass. */
    record NoSource() implements Verdict {}
}
