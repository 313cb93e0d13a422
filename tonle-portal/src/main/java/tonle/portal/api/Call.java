// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.view.Nearest;
import tonle.portal.words.Messages;
import tonle.registry.Registry;
import tonle.registry.rights.Actor;
import tools.jackson.databind.JsonNode;

/**
 * A request that fits its operation: parameters have their form, the caller may.
 *
 * @param values of parameters by name: checked, and none that the operation does not have
 * @param actor who asks; empty where reading is open
 * @param body of an operation that takes one
 */
record Call(
        PortalSettings settings,
        PortalServices services,
        Operation operation,
        Map<String, String> values,
        Optional<Actor> caller,
        ApiRequest request,
        Optional<JsonNode> body) {
    static final int ROWS_USUAL = 50;
    static final int ROWS_MAX = 200;

    Messages words() {
        return Messages.in(request.language());
    }

    /** Who asks, where the operation needs to know. */
    Actor actor() {
        return caller.orElseThrow();
    }

    Registry registry() {
        return services.registry().get().orElseThrow();
    }

    String text(String name) {
        return values.get(name);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    LocalDate today() {
        return registry().today();
    }

    LocalDate asOn() {
        return get("asOn").map(LocalDate::parse).orElseGet(this::today);
    }

    int limit() {
        return get("limit").map(Integer::parseInt).orElse(ROWS_USUAL);
    }

    /** The same list from behind a row on. */
    String next(String after) {
        Map<String, String> query = new LinkedHashMap<>();
        operation.parameters().stream()
                .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
                .forEach(parameter -> get(parameter.name()).ifPresent(value -> query.put(parameter.name(), value)));
        query.put("after", after);
        StringBuilder address = new StringBuilder(request.path());
        query.forEach((name, value) -> address.append(address.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return address.toString();
    }

    /**
     * A page of a list.
     *
     * @param items as many as fit the page and one more, where there is one
     * @param key of the last item: where the next page begins
     */
    <T> Reply page(List<T> items, java.util.function.Function<T, String> key, java.util.function.Function<T, ?> json) {
        return page(items, key, json, Map.of());
    }

    <T> Reply page(
            List<T> items,
            java.util.function.Function<T, String> key,
            java.util.function.Function<T, ?> json,
            Map<String, Object> more) {
        boolean isMore = items.size() > limit();
        List<T> shown = isMore ? items.subList(0, limit()) : items;
        String next = isMore ? next(key.apply(shown.getLast())) : null;
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("items", shown.stream().map(json).toList());
        body.put("next", next);
        return isMore ? new Reply.Paged(body, next) : new Reply.Shown(body);
    }

    Reply refuse(Code code, Object... arguments) {
        return new Reply.Refused(ApiProblem.of(code, words(), arguments));
    }

    /** There is no such object, or not for who asks; with the nearest name that this caller may see. */
    Reply unknown(String kind, String id, java.util.Collection<String> known) {
        return new Reply.Refused(ApiProblem.of(Code.OBJECT_UNKNOWN, words(), kind + " " + id)
                .with("nearest", Nearest.of(id, known).orElse("")));
    }
}
