// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rule;

import java.util.Optional;

/** The witnesses of the public log, as rules that loosen a promise need them: a port. */
public interface RuleWitness {
    /** Nobody witnesses anything: what would loosen a promise cannot be approved. */
    RuleWitness NONE = _ -> Optional.of("there is no public log");

    /**
     * Whether a quorum has cosigned a checkpoint that holds an entry.
     *
     * @param entry its number
     * @return empty where it has; else why not, in words
     */
    Optional<String> missing(long entry);
}
