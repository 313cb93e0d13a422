// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tonle.portal.table.Scale;
import tonle.portal.table.Table;
import tonle.portal.view.WhereLanguage.Parsed;
import tonle.traffic.Bins;
import tonle.traffic.store.Dimension;
import tonle.traffic.store.Measure;
import tonle.traffic.store.TrafficAnswer;
import tonle.traffic.store.TrafficQuery;

/** The traffic explorer: who, over what, to where, when? */
public final class Traffic {
    private Traffic() {}

    /** A group that can be taken out or moved, with plain links. */
    public record Chip(String key, String words, String removeHref, String earlierHref, String laterHref) {}

    /** A value of a control; {@code here} for the one that is set. */
    public record Choice(String key, String words, String href, boolean here) {}

    /** The wrong part of the filter, between what stands before and after it. */
    public record Mistake(String before, String wrong, String after, String words, String nearest, String mendedHref) {}

    /** What the template draws beside the table. */
    public record Body(
            String chartSvg,
            String chartWords,
            boolean overTime,
            List<Chip> chips,
            List<Choice> more,
            List<Choice> measures,
            List<Choice> directions,
            List<Choice> views,
            List<Choice> orders,
            List<Choice> counts,
            List<Choice> ranges,
            int top,
            String by,
            String whereText,
            Mistake mistake,
            String from,
            String to,
            String note,
            String emptyWords,
            List<Choice> wider,
            String pinnedHref,
            boolean pinned,
            Choice compare,
            Counting counting)
            implements Stating {
        @Override
        public Map<String, Object> stated() {
            return Map.of("count", counting.key());
        }
    }

    static Answer answer(Visit visit) {
        visit.knows(
                "by", "add", "where", "measure", "direction", "view", "from", "to", "top", "order", "count", "compare");
        if (visit.ask().get("add").isPresent()) {
            String added =
                    Question.dimension(visit, visit.ask().get("add").get()).key();
            String by = visit.ask()
                            .get("by")
                            .filter(b -> !b.equals("none"))
                            .map(b -> b + ",")
                            .orElse("")
                    + added;
            return new Answer.Moved(Question.with(visit, Map.of("by", by, "add", "")));
        }
        return new Answer.Shown(page(visit));
    }

    private static Page page(Visit visit) {
        Question question = Question.read(visit);
        String whereText = visit.ask().get("where").orElse("");
        Mistake mistake = mistake(visit, question, whereText);
        if (mistake != null && visit.ask().format() != Ask.Format.HTML) {
            throw new TroubleException(new Trouble(
                    400,
                    "filter-unreadable",
                    visit.say("traffic.unanswered", mistake.wrong()),
                    mistake.words(),
                    "where",
                    mistake.nearest(),
                    mistake.mendedHref()));
        }
        Map<String, TrafficAnswer> answers = new LinkedHashMap<>();
        Map<String, TrafficAnswer> before = new LinkedHashMap<>();
        if (mistake == null) {
            for (String direction : question.directions()) {
                answers.put(direction, asked(visit, question.query(direction, question.top(), 0)));
                if (question.compared()) {
                    // The same groups, whatever their rank was then.
                    before.put(
                            direction,
                            asked(visit, question.query(direction, Question.ROWS_MAX, question.backSeconds())));
                }
            }
        }
        TrafficRows rows = new TrafficRows(visit, question, answers, before);
        Table table = rows.table();
        long newest = answers.values().stream()
                .mapToLong(TrafficAnswer::newestBinSeconds)
                .max()
                .orElse(0);
        // A filter that cannot be applied must not look as if it were absent: no chart, no row, no sentence of both.
        String sentence = mistake == null ? question.words(visit) : visit.say("traffic.unanswered", mistake.wrong());
        String chart =
                mistake != null || nothing(answers) ? "" : new TrafficCharts(visit, question, answers, before).svg();
        Body body = body(visit, question, answers, rows, chart, whereText, mistake);
        return Page.of("traffic", visit.say("page.traffic"), sentence, List.of(table), body)
                .restingOn(visit.newestWhole(newest))
                .asCommand("tonle traffic top --by " + question.byText()
                        + (whereText.isEmpty() ? "" : " --where '" + whereText.replace("'", "") + "'")
                        + visit.ask().get("count").map(c -> " --count " + c).orElse("") + " --from "
                        + question.span().fromText() + " --to "
                        + question.span().toText())
                .between(shifted(visit, question.span(), -1), shifted(visit, question.span(), 1));
    }

    private static TrafficAnswer asked(Visit visit, TrafficQuery query) {
        return visit.asked(() -> visit.store().answer(query));
    }

    private static boolean nothing(Map<String, TrafficAnswer> answers) {
        return answers.values().stream().allMatch(a -> a.total().octets() == 0);
    }

    private static Mistake mistake(Visit visit, Question question, String text) {
        Parsed.Wrong wrong = switch (WhereLanguage.parse(text)) {
            case Parsed.Wrong unreadable -> unreadable;
            case Parsed.Read read ->
                new FilterValues(visit, question.span())
                        .firstUnknown(read.values())
                        .orElse(null);
        };
        if (wrong == null) {
            return null;
        }
        int from = Math.min(wrong.from(), text.length());
        int to = Math.min(wrong.to(), text.length());
        String mended = wrong.nearest().isEmpty()
                ? ""
                : Question.with(visit, Map.of("where", text.substring(0, from) + wrong.nearest() + text.substring(to)));
        return new Mistake(
                text.substring(0, from),
                from == to ? "\u2026" : text.substring(from, to),
                text.substring(to),
                visit.say(wrong.messageKey(), wrong.arguments().toArray()),
                wrong.nearest(),
                mended);
    }

    private static String shifted(Visit visit, Span span, int periods) {
        long shift = span.seconds() * periods;
        boolean future = span.toSeconds() + shift > visit.nowSeconds() + 60;
        return future
                ? ""
                : Question.with(
                        visit, Map.of("from", iso(span.fromSeconds() + shift), "to", iso(span.toSeconds() + shift)));
    }

    private static String iso(long seconds) {
        return Instant.ofEpochSecond(seconds).toString();
    }

    private static Body body(
            Visit visit,
            Question question,
            Map<String, TrafficAnswer> answers,
            TrafficRows rows,
            String chart,
            String whereText,
            Mistake mistake) {
        String empty = mistake != null || !nothing(answers) ? "" : emptyWords(visit, question);
        List<Choice> wider = empty.isEmpty() ? List.of() : wider(visit, question);
        return new Body(
                chart,
                question.view().equals("sankey") && question.by().size() < 2 && mistake == null
                        ? visit.say("traffic.sankey.more")
                        : "",
                question.view().equals("stack") || question.view().equals("lines"),
                chips(visit, question),
                Question.choices().stream()
                        .filter(d -> !question.by().contains(d) && question.by().size() < Question.BY_MAX)
                        .map(d -> new Choice(d.key(), visit.say("dimension." + d.key()), "", false))
                        .toList(),
                choices(
                        visit,
                        "measure",
                        Arrays.stream(Measure.values()).map(Measure::key).toList(),
                        question.measure().key()),
                choices(visit, "direction", Question.DIRECTIONS, question.direction()),
                choices(visit, "view", Question.VIEWS, question.view()),
                choices(visit, "order", Question.ORDERS, question.orderBy()),
                counts(visit, question),
                ranges(visit, question.span()),
                question.top(),
                question.byText(),
                whereText,
                mistake,
                question.span().fromText(),
                question.span().toText(),
                answers.isEmpty()
                        ? ""
                        : note(visit, question, answers.values().iterator().next(), rows),
                empty,
                wider,
                Question.with(
                        visit,
                        Map.of(
                                "from",
                                iso(question.span().fromSeconds()),
                                "to",
                                iso(question.span().toSeconds()))),
                !question.span().relative(),
                new Choice(
                        "compare",
                        visit.say("traffic.compare"),
                        Question.with(visit, Map.of("compare", question.compared() ? "" : "previous")),
                        question.compared()),
                question.counting());
    }

    private static String emptyWords(Visit visit, Question question) {
        return question.where().isEmpty()
                ? visit.say(
                        "traffic.empty.truth", visit.timeInWords(question.span().fromSeconds()))
                : visit.say("traffic.empty.filter", WhereLanguage.text(question.where()));
    }

    private static List<Choice> wider(Visit visit, Question question) {
        List<Choice> wider = new ArrayList<>();
        if (!question.where().isEmpty()) {
            wider.add(
                    new Choice("", visit.say("traffic.dropfilter"), Question.with(visit, Map.of("where", "")), false));
        }
        if (!question.counting().repeats()) {
            wider.add(new Choice(
                    "",
                    visit.say("count.every-link.short"),
                    Question.with(visit, Map.of("count", Counting.EVERY_LINK.key())),
                    false));
        }
        wider.add(new Choice(
                "", visit.say("traffic.week"), Question.with(visit, Map.of("from", "now-7d", "to", "now")), false));
        return wider;
    }

    /**
     * What the figures rest on: the step of the points and samples, their error, what has no rate, what was filled in.
     */
    private static String note(Visit visit, Question question, TrafficAnswer answer, TrafficRows rows) {
        List<String> parts = new ArrayList<>();
        parts.add(visit.say("count." + question.counting().key() + ".note"));
        long step = question.view().equals("grid") ? Bins.HOUR_SECONDS : answer.stepSeconds();
        parts.add(visit.say("traffic.step", visit.duration(step), visit.duration(answer.sampleSeconds())));
        if (question.compared()) {
            long back = question.backSeconds();
            parts.add(visit.say(
                    "traffic.compared",
                    visit.timeInWords(question.span().fromSeconds() - back),
                    visit.timeInWords(question.span().toSeconds() - back)));
        }
        TrafficAnswer.Row total = answer.total();
        if (total.uncertainty() >= TrafficRows.ERROR_SHOWN) {
            parts.add(visit.say("traffic.error", Scale.say(tonle.portal.table.Kind.SHARE, total.uncertainty())));
        }
        if (rows.unscaledShare() > 0) {
            parts.add(visit.say("traffic.unscaled", Scale.say(tonle.portal.table.Kind.SHARE, rows.unscaledShare())));
        }
        if (rows.backfilledShare() > 0) {
            parts.add(visit.say("traffic.backfill", Scale.say(tonle.portal.table.Kind.SHARE, rows.backfilledShare())));
        }
        parts.add(visit.say("traffic.groups", answer.groupCount()));
        return String.join(" ", parts);
    }

    private static List<Choice> choices(Visit visit, String name, List<String> keys, String here) {
        return keys.stream()
                .map(k ->
                        new Choice(k, visit.say(name + "." + k), Question.with(visit, Map.of(name, k)), k.equals(here)))
                .toList();
    }

    private static List<Choice> counts(Visit visit, Question question) {
        return Counting.KEYS.stream()
                .map(k -> new Choice(
                        k,
                        visit.say("count." + k + ".short"),
                        Question.with(visit, Map.of("count", k)),
                        k.equals(question.counting().key())))
                .toList();
    }

    private static List<Choice> ranges(Visit visit, Span span) {
        return List.of("now-6h", "now-24h", "now-7d", "now-31d").stream()
                .map(r -> new Choice(
                        r,
                        visit.say("range." + r.substring(4)),
                        Question.with(visit, Map.of("from", r, "to", "")),
                        span.fromText().equals(r) && span.toText().equals("now")))
                .toList();
    }

    private static List<Chip> chips(Visit visit, Question question) {
        List<Chip> chips = new ArrayList<>();
        List<Dimension> by = question.by();
        for (int i = 0; i < by.size(); i++) {
            List<Dimension> without = new ArrayList<>(by);
            without.remove(i);
            chips.add(new Chip(
                    by.get(i).key(),
                    visit.say("dimension." + by.get(i).key()),
                    byHref(visit, without),
                    i == 0 ? "" : byHref(visit, swapped(by, i - 1, i)),
                    i == by.size() - 1 ? "" : byHref(visit, swapped(by, i, i + 1))));
        }
        return chips;
    }

    private static List<Dimension> swapped(List<Dimension> by, int i, int j) {
        List<Dimension> other = new ArrayList<>(by);
        other.set(i, by.get(j));
        other.set(j, by.get(i));
        return other;
    }

    private static String byHref(Visit visit, List<Dimension> by) {
        String text = by.isEmpty() ? "none" : by.stream().map(Dimension::key).collect(Collectors.joining(","));
        return Question.with(visit, Map.of("by", text));
    }
}
