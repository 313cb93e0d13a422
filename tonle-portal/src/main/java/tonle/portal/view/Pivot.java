// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tonle.portal.table.Cell;
import tonle.traffic.store.Dimension;
import tonle.traffic.store.Filter;

/** The ways on from a group: only this, all but this, this by something else, its own page. All are plain addresses. */
final class Pivot {
    private static final int THEN_MAX = 2;

    private Pivot() {}

    static List<Cell.Way> ways(Visit visit, Question question, Dimension dimension, String key) {
        List<Cell.Way> ways = new ArrayList<>();
        ways.add(new Cell.Way(visit.say("pivot.only"), only(visit, question, dimension, key)));
        ways.add(new Cell.Way(
                visit.say("pivot.not"),
                Question.with(visit, Map.of("where", where(question, new Filter(dimension, true, List.of(key)))))));
        // With many groups the menus would weigh more than the figures.
        boolean few = question.by().size() <= THEN_MAX;
        for (Dimension next : few ? then(dimension) : List.<Dimension>of()) {
            if (!question.by().contains(next)) {
                String by = question.by().size() == 1
                        ? next.key()
                        : Stream.concat(question.by().stream().filter(d -> d != dimension), Stream.of(next))
                                .map(Dimension::key)
                                .collect(Collectors.joining(","));
                ways.add(new Cell.Way(
                        visit.say("pivot.then", visit.say("dimension." + next.key())),
                        Question.with(
                                visit,
                                Map.of(
                                        "where",
                                        where(question, new Filter(dimension, false, List.of(key))),
                                        "by",
                                        by,
                                        "sort",
                                        ""))));
            }
        }
        if (dimension == Dimension.LINK && visit.findLink(key).isPresent()) {
            ways.add(new Cell.Way(visit.say("pivot.open", key), visit.linkPage(key)));
        }
        return ways;
    }

    static String only(Visit visit, Question question, Dimension dimension, String key) {
        return Question.with(visit, Map.of("where", where(question, new Filter(dimension, false, List.of(key)))));
    }

    /** The question's conditions with one of a field replaced, or one more that leaves something out. */
    private static String where(Question question, Filter added) {
        List<Filter> filters = new ArrayList<>(question.where());
        filters.removeIf(f -> f.dimension() == added.dimension() && !(added.negated() && f.negated()));
        filters.add(added);
        return WhereLanguage.text(filters);
    }

    /** What people ask next about a group of this kind. */
    private static List<Dimension> then(Dimension dimension) {
        return switch (dimension) {
            case MEMBER -> List.of(Dimension.REMOTE_AS, Dimension.LINK);
            case LINK, SITE, LINK_KIND -> List.of(Dimension.MEMBER, Dimension.REMOTE_AS);
            case REMOTE_AS -> List.of(Dimension.MEMBER, Dimension.LINK);
            case COUNTRY -> List.of(Dimension.REMOTE_AS, Dimension.MEMBER);
            case IP_VERSION, PROTOCOL, HOUR, DIRECTION -> List.of(Dimension.MEMBER, Dimension.REMOTE_AS);
        };
    }
}
