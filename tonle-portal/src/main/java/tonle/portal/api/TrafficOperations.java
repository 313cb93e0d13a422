// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tonle.portal.table.JsonText;
import tonle.portal.table.Table;
import tonle.portal.view.Answer;
import tonle.portal.view.Page;
import tonle.portal.view.Pages;
import tonle.portal.view.Trouble;
import tonle.registry.book.Kind;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;

/** Reads traffic and what measures it: the tables of the pages, asked in the same words. */
final class TrafficOperations {
    private static final Operation.Access GATEWAY = Operation.anyOf(Right.MAY_READ_GATEWAY);

    /** The gateway's staff, and an operator for its own links. */
    private static final Operation.Access LINKS = Operation.anyOf(Right.MAY_READ_GATEWAY, Right.MAY_READ_OWN_OPERATOR);

    private static final Shape WORDS = new Shape.Text(1_000);

    private TrafficOperations() {}

    static List<Operation> all() {
        Parameter link = Parameter.path("link", Schemas.ID, "The link.", "PNH-SHV-1");
        Parameter month = Parameter.path("month", new Shape.Month(), "The month.", "2026-11");
        return List.of(
                Operation.reading(
                        "getStatus",
                        "/api/v1/status",
                        "gateway",
                        "The gateway itself: does it receive, keep and account for everything?",
                        GATEWAY,
                        List.of(),
                        "Status",
                        TrafficOperations::status),
                Operation.reading(
                        "listExporters",
                        "/api/v1/exporters",
                        "gateway",
                        "Lists the devices that send flow data, by id and address.",
                        GATEWAY,
                        List.of(BookOperations.after("pnh-edge-1 192.0.2.1"), BookOperations.LIMIT),
                        "ExporterList",
                        call -> rows(call, "/exporters", "exporters", TrafficOperations::exporterKey)),
                Operation.reading(
                        "askTraffic",
                        "/api/v1/traffic",
                        "traffic",
                        "Asks who, over what, to where, when: in the words of the traffic page.",
                        GATEWAY,
                        question(),
                        "TrafficAnswer",
                        TrafficOperations::traffic),
                Operation.reading(
                        "listLinkMonths",
                        "/api/v1/link-months/{month}",
                        "traffic",
                        "Lists all links in a month with their 95th percentiles.",
                        GATEWAY,
                        List.of(month, BookOperations.after("PNH-SHV-1"), BookOperations.LIMIT),
                        "LinkLoadList",
                        call -> rows(
                                call,
                                "/links?month=" + call.text("month"),
                                "links",
                                row -> String.valueOf(row.get("link")))),
                Operation.reading(
                        "getLinkMonth",
                        "/api/v1/links/{link}/months/{month}",
                        "traffic",
                        "One link in a month: its 95th percentile, and how it comes about.",
                        LINKS,
                        List.of(link, month),
                        "LinkMonth",
                        TrafficOperations::linkMonth),
                Operation.reading(
                        "listLinkSamples",
                        "/api/v1/links/{link}/months/{month}/samples",
                        "traffic",
                        "The five-minute samples under a 95th percentile, in the order of time.",
                        LINKS,
                        List.of(link, month, BookOperations.after("2026-11-12T13:05:00Z"), BookOperations.LIMIT),
                        "LinkSampleList",
                        call -> ofOwnLink(
                                call,
                                () -> rows(
                                        call,
                                        "/links/" + call.text("link") + "/samples?month=" + call.text("month"),
                                        "samples",
                                        row -> String.valueOf(row.get("time"))))));
    }

    private static List<Parameter> question() {
        return List.of(
                Parameter.query("by", WORDS, "Dimensions, comma between; up to four.", "member,country"),
                Parameter.query("where", WORDS, "The filter, as on the traffic page.", "protocol = tcp"),
                Parameter.query("measure", WORDS, "The measure.", "bits-per-second"),
                Parameter.query("direction", WORDS, "in, out or both.", "in"),
                Parameter.query("from", WORDS, "now-24h, a day, or a moment.", "now-24h"),
                Parameter.query("to", WORDS, "now, a day, or a moment.", "now"),
                Parameter.query("top", new Shape.Whole(1, 100), "Groups; the rest is one.", 10L),
                Parameter.query("order", WORDS, "By which figure groups are ranked.", "mean"),
                Parameter.query("count", WORDS, "How traffic that crosses two links counts.", "once"));
    }

    private static String exporterKey(Map<String, Object> row) {
        return row.get("exporter") + " " + row.get("address");
    }

    // ---- pages

    private sealed interface Asked {
        record Good(Page page) implements Asked {}

        record Bad(Reply reply) implements Asked {}
    }

    /** Asks a page for its tables; who may see them was asked before. */
    private static Asked page(Call call, String pathAndQuery) {
        int question = pathAndQuery.indexOf('?');
        String path = question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
        String query = question < 0 ? "" : pathAndQuery.substring(question);
        Pages.Opened opened = new Pages(call.settings(), call.services())
                .open(
                        path + ".json" + query,
                        call.request().language(),
                        call.request().visitor());
        return switch (opened.answer()) {
            case Answer.Shown(Page page) -> new Asked.Good(page);
            case Answer.Moved _ -> new Asked.Bad(call.refuse(Code.PARAMETER_INVALID, "by", ""));
            case Answer.Wrong(Trouble trouble) -> new Asked.Bad(refused(call, trouble));
        };
    }

    private static Reply refused(Call call, Trouble trouble) {
        Code code = switch (trouble.status()) {
            case 404 -> Code.OBJECT_UNKNOWN;
            case 503 -> Code.STORE_ABSENT;
            default -> Code.PARAMETER_INVALID;
        };
        return new Reply.Refused(ApiProblem.of(code, call.words(), "", "")
                .saying(trouble.title() + ". " + trouble.detail())
                .with("parameter", trouble.field())
                .with("nearest", trouble.nearest()));
    }

    private static Reply reply(Call call, String pathAndQuery, Function<Page, Reply> answer) {
        return switch (page(call, pathAndQuery)) {
            case Asked.Good(Page page) -> answer.apply(page);
            case Asked.Bad(Reply reply) -> reply;
        };
    }

    private static List<Map<String, Object>> rows(Page page, String key) {
        return JsonText.rows(page.table(key).orElseThrow());
    }

    private static Reply rows(Call call, String pathAndQuery, String key, Function<Map<String, Object>, String> keyOf) {
        String after = call.get("after").orElse("");
        return reply(
                call,
                pathAndQuery,
                page -> call.page(
                        rows(page, key).stream()
                                .filter(row -> keyOf.apply(row).compareTo(after) > 0)
                                .sorted(java.util.Comparator.comparing(keyOf))
                                .limit(call.limit() + 1L)
                                .toList(),
                        keyOf,
                        row -> row));
    }

    /** An operator sees the links that the registry calls its own today; of others it does not learn that they are. */
    private static Reply ofOwnLink(Call call, java.util.function.Supplier<Reply> answer) {
        Optional<Actor> actor = call.caller().filter(caller -> !caller.may(Right.MAY_READ_GATEWAY));
        boolean isTheirs = actor.isEmpty()
                || call.registry()
                        .book()
                        .find(actor.get().scope(), Kind.LINK, call.text("link"), call.today())
                        .filter(link -> link.owner().isPresent()
                                && link.owner().equals(actor.get().operator()))
                        .isPresent();
        return isTheirs ? answer.get() : call.unknown("link", call.text("link"), List.of());
    }

    private static Reply linkMonth(Call call) {
        return ofOwnLink(
                call,
                () -> reply(
                        call,
                        "/links/" + call.text("link") + "?month=" + call.text("month"),
                        page -> new Reply.Shown(Bodies.of(
                                "link",
                                call.text("link"),
                                "month",
                                call.text("month"),
                                "percentiles",
                                rows(page, "percentiles")))));
    }

    private static Reply traffic(Call call) {
        List<String> asked = new ArrayList<>();
        for (Parameter parameter : call.operation().parameters()) {
            call.get(parameter.name())
                    .ifPresent(value ->
                            asked.add(parameter.name() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        }
        return reply(call, "/traffic?" + String.join("&", asked), page -> {
            Table table = page.table("traffic").orElseThrow();
            String freshness = page.dataSeconds() == 0
                    ? null
                    : Instant.ofEpochSecond(page.dataSeconds()).toString();
            return new Reply.Shown(Bodies.of(
                    "question",
                    page.sentence(),
                    "groups",
                    table.count(),
                    "freshness",
                    freshness,
                    "rows",
                    JsonText.rows(table),
                    "totals",
                    JsonText.totals(table)));
        });
    }

    private static Reply status(Call call) {
        return reply(
                call,
                "/status",
                page -> new Reply.Shown(Bodies.of(
                        "version",
                        call.services().status().get().version(),
                        "isDemo",
                        call.services().status().get().demo(),
                        "listeners",
                        rows(page, "listeners"),
                        "conservation",
                        rows(page, "conservation").getFirst(),
                        "store",
                        rows(page, "store").getFirst())));
    }
}
