// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.util.List;
import java.util.Optional;

/**
 * What reading a foreign file gave: its document, or the reasons why none of it is taken.
 *
 * @param <T> the document of the format
 */
public sealed interface Reading<T> {
    /** What was noticed, in the order of the file. */
    List<Finding> findings();

    /** Findings beyond {@link Findings#FINDINGS_MAX}, which are counted only. */
    long findingsBeyond();

    /** The document, where the file was taken. */
    Optional<T> document();

    /** The file was read whole; findings say what stayed behind. */
    record Taken<T>(T value, List<Finding> findings, long findingsBeyond) implements Reading<T> {
        @Override
        public Optional<T> document() {
            return Optional.of(value);
        }
    }

    /** Nothing of the file is taken. */
    record Refused<T>(List<Finding> findings, long findingsBeyond) implements Reading<T> {
        @Override
        public Optional<T> document() {
            return Optional.empty();
        }
    }
}
