// SPDX-License-Identifier: Apache-2.0
package tonle.registry.licence;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A licensing regime as its pack states it.
 *
 * @param id a word: {@code bd-2025}
 * @param country two letters of ISO 3166
 * @param from its first day
 * @param sources where its facts come from
 * @param unknown what could not be found out; shown wherever the regime is
 */
public record Regime(
        String id,
        String name,
        String nameKhmer,
        String country,
        State state,
        LocalDate from,
        List<String> sources,
        List<String> unknown,
        List<Type> types,
        List<Mapping> mappings) {
    /** How far a pack may be relied on. */
    public enum State {
        /** Not checked against the texts of the law by somebody who answers for it. */
        DRAFT,
        /** Checked, and in force. */
        IN_FORCE,
        /** Replaced by a later regime; old licences still name it. */
        SUPERSEDED
    }

    /** How often a duty falls due. */
    public enum Every {
        MONTH,
        QUARTER,
        YEAR,
        ONCE,
        /** The source does not say. */
        UNKNOWN
    }

    /**
     * A type of licence.
     *
     * @param termYears the longest term; empty where it is not known
     * @param source where it is laid down
     */
    public record Type(
            String id,
            String name,
            String nameKhmer,
            Optional<Integer> termYears,
            String source,
            List<Condition> conditions,
            List<Duty> duties) {}

    /** What a licensee must be or keep. */
    public record Condition(String id, String text, String source) {}

    /** What a licensee must do again and again. */
    public record Duty(String id, Every every, String text, String source) {}

    /**
     * What becomes of the types of an earlier regime.
     *
     * @param by the day by which it is done, where it is known
     */
    public record Mapping(String fromRegime, Optional<LocalDate> by, String source, List<Step> steps) {}

    /**
     * What becomes of one type.
     *
     * @param to the new type, or empty where there is no successor
     * @param note what whoever migrates should know, or empty
     */
    public record Step(String from, String to, String note) {}

    public Optional<Type> type(String type) {
        return types.stream().filter(each -> each.id().equals(type)).findFirst();
    }

    /** What becomes of a type of an earlier regime; empty where this one says nothing of it. */
    public Optional<Step> stepFrom(String regime, String type) {
        return mappings.stream()
                .filter(mapping -> mapping.fromRegime().equals(regime))
                .flatMap(mapping -> mapping.steps().stream())
                .filter(step -> step.from().equals(type))
                .findFirst();
    }
}
