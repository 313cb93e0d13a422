// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.view.Nearest;
import tonle.portal.words.Language;
import tonle.portal.words.Messages;
import tonle.registry.book.Days;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;
import tools.jackson.databind.JsonNode;

/**
 * Answers requests of programs: finds the operation, asks who may, checks what came against the table, and carries what
 * the operation says back as JSON with an entity tag. Every refusal is a problem document.
 */
public final class Api {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final int QUERY_PARAMETERS_MAX = 40;

    private final PortalSettings settings;
    private final PortalServices services;
    private final RateLimit rateLimit;
    private final Router router = new Router(Operations.all());

    public Api(PortalSettings settings, PortalServices services) {
        this.settings = settings;
        this.services = services;
        this.rateLimit = new RateLimit(services.clock());
    }

    /** Why a request goes no further, with headers that say so too. */
    private record No(ApiProblem problem, Map<String, String> headers) {
        No(ApiProblem problem) {
            this(problem, Map.of());
        }
    }

    /** Answers a request; bad input is a refusal, only our own defects are exceptions. */
    public ApiAnswer answer(ApiRequest request) {
        Messages words = Messages.in(request.language());
        return switch (router.route(request.method(), request.path())) {
            case Router.Route.Unknown(String nearest) ->
                refused(
                        ApiProblem.of(Code.PATH_UNKNOWN, words, Operations.ROOT + "/openapi.json")
                                .with("nearest", nearest),
                        Map.of());
            case Router.Route.OtherMethod(String allowed) ->
                refused(ApiProblem.of(Code.METHOD_NOT_ALLOWED, words, allowed), Map.of("Allow", allowed));
            case Router.Route.Found(Operation operation, Map<String, String> values) ->
                answer(request, words, operation, values);
        };
    }

    /** Our own defect, under the reference of the log. */
    public ApiAnswer failed(ApiRequest request, String reference) {
        return refused(ApiProblem.of(Code.OWN_DEFECT, Messages.in(request.language()), reference), Map.of());
    }

    /**
     * What is refused before anything of it is read: a body that is too large, or does not say how large it is; too
     * many guesses.
     */
    public static ApiAnswer unread(Code code, Object... arguments) {
        Map<String, String> headers =
                code == Code.TOO_MANY_REQUESTS ? Map.of("Retry-After", String.valueOf(arguments[1])) : Map.of();
        return refused(ApiProblem.of(code, Messages.in(Language.EN), arguments), headers);
    }

    private ApiAnswer answer(ApiRequest request, Messages words, Operation operation, Map<String, String> pathValues) {
        Optional<No> no = operation.isOpen() ? Optional.empty() : unwelcome(request, words, operation);
        if (no.isEmpty() && !accepts(request)) {
            no = Optional.of(new No(ApiProblem.of(Code.NOT_ACCEPTABLE, words, JSON)));
        }
        Map<String, String> values = new LinkedHashMap<>();
        if (no.isEmpty()) {
            no = parameters(request, words, operation, pathValues, values);
        }
        Optional<JsonNode> body = Optional.empty();
        if (no.isEmpty() && operation.request().isPresent()) {
            if (!isJson(request.header("content-type").orElse(""))) {
                no = Optional.of(new No(ApiProblem.of(Code.TYPE_UNSUPPORTED, words, JSON)));
            } else {
                String[] fault = {""};
                body = JsonBody.read(request.body(), place -> fault[0] = place);
                if (body.isEmpty()) {
                    no = Optional.of(new No(ApiProblem.of(Code.BODY_UNREADABLE, words, fault[0])));
                }
            }
        }
        if (no.isPresent()) {
            return refused(no.get().problem(), no.get().headers());
        }
        Optional<Actor> caller = request.visitor().actor();
        Call call = new Call(settings, services, operation, values, caller, request, body);
        return carried(request, operation, operation.handler().answer(call));
    }

    // ---- who may

    private Optional<No> unwelcome(ApiRequest request, Messages words, Operation operation) {
        Optional<Actor> actor = request.visitor().actor();
        if (actor.isEmpty()) {
            if (request.hasToken()) {
                return Optional.of(new No(
                        ApiProblem.of(Code.TOKEN_INVALID, words),
                        Map.of("WWW-Authenticate", "Bearer realm=\"tonle\", error=\"invalid_token\"")));
            }
            if (operation.isGatewayReading() && services.isReadingOpen()) {
                return Optional.empty();
            }
            return services.registry().get().isEmpty()
                    ? Optional.of(new No(ApiProblem.of(Code.STORE_ABSENT, words)))
                    : Optional.of(new No(
                            ApiProblem.of(Code.TOKEN_MISSING, words),
                            Map.of("WWW-Authenticate", "Bearer realm=\"tonle\"")));
        }
        // A session's cookie is sent by a browser for whoever made it ask; a token is sent on purpose.
        if (operation.isWriting() && request.visitor().session().isPresent()) {
            return Optional.of(new No(ApiProblem.of(Code.TOKEN_NEEDED, words)));
        }
        int waitSeconds = rateLimit.waitSeconds(actor.get().pseudonym());
        if (waitSeconds > 0) {
            return Optional.of(new No(
                    ApiProblem.of(Code.TOO_MANY_REQUESTS, words, RateLimit.REQUESTS_A_MINUTE_MAX, waitSeconds),
                    Map.of("Retry-After", Integer.toString(waitSeconds))));
        }
        if (operation.access() instanceof Operation.Access.AnyOf(List<Right> rights)
                && rights.stream().noneMatch(actor.get()::may)) {
            String named = String.join(", ", rights.stream().map(Right::key).toList());
            return Optional.of(new No(
                    ApiProblem.of(Code.RIGHT_MISSING, words, named),
                    Map.of("WWW-Authenticate", "Bearer realm=\"tonle\", error=\"insufficient_scope\"")));
        }
        return Optional.empty();
    }

    // ---- what came

    private static boolean accepts(ApiRequest request) {
        String accept = request.header("accept").orElse("*/*").toLowerCase(Locale.ROOT);
        for (String part : accept.split(",")) {
            String[] pieces = part.strip().split(";");
            boolean isOurs = List.of("*/*", "application/*", JSON, PROBLEM).contains(pieces[0].strip());
            boolean isRefused = part.replace(" ", "").matches(".*;q=0(\\.0{0,3})?(;.*)?");
            if (isOurs && !isRefused) {
                return true;
            }
        }
        return false;
    }

    private static boolean isJson(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT).replace(" ", "");
        return type.equals(JSON) || type.equals(JSON + ";charset=utf-8");
    }

    private static Optional<No> parameters(
            ApiRequest request,
            Messages words,
            Operation operation,
            Map<String, String> pathValues,
            Map<String, String> values) {
        Map<String, String> came = new LinkedHashMap<>(pathValues);
        try {
            for (String pair : request.query().split("&")) {
                int equals = pair.indexOf('=');
                if (!pair.isEmpty()) {
                    String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                    String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                    boolean isTwice = came.put(name, value) != null;
                    if (isTwice || came.size() > QUERY_PARAMETERS_MAX) {
                        return Optional.of(invalid(words, cut(name), cut(value)));
                    }
                }
            }
        } catch (IllegalArgumentException _) {
            return Optional.of(invalid(words, "?", ""));
        }
        for (Parameter parameter : operation.parameters()) {
            String value = parameter.place() == Parameter.Place.HEADER
                    ? request.header(parameter.name().toLowerCase(Locale.ROOT)).orElse(null)
                    : came.remove(parameter.name());
            if (value == null && parameter.isRequired()) {
                return Optional.of(new No(ApiProblem.of(Code.PRECONDITION_MISSING, words, parameter.name())
                        .with("parameter", parameter.name())));
            }
            if (value != null && !value.isEmpty()) {
                if (!fits(parameter.shape(), value)) {
                    return Optional.of(misfit(words, parameter, value));
                }
                values.put(parameter.name(), value);
            }
        }
        if (!came.isEmpty()) {
            String name = came.keySet().iterator().next();
            List<String> known = operation.parameters().stream()
                    .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
                    .map(Parameter::name)
                    .toList();
            return Optional.of(new No(ApiProblem.of(Code.PARAMETER_UNKNOWN, words, cut(name), String.join(", ", known))
                    .with("parameter", cut(name))
                    .with("nearest", Nearest.of(name, known).orElse(""))));
        }
        return Optional.empty();
    }

    private static No misfit(Messages words, Parameter parameter, String value) {
        // A name in a path that no object can have is one that is not there.
        boolean isName = parameter.place() == Parameter.Place.PATH && parameter.shape() instanceof Shape.Id;
        return isName
                ? new No(ApiProblem.of(Code.OBJECT_UNKNOWN, words, cut(value)))
                : invalid(words, parameter.name(), cut(value));
    }

    private static No invalid(Messages words, String name, String value) {
        return new No(ApiProblem.of(Code.PARAMETER_INVALID, words, name, value).with("parameter", name));
    }

    private static String cut(String text) {
        String shown = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        return shown.length() <= 80 ? shown : shown.substring(0, 80) + "…";
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static boolean fits(Shape shape, String value) {
        try {
            return switch (shape) {
                case Shape.Text(int charsMax) -> value.length() <= charsMax;
                case Shape.Id id -> id.fits(value);
                case Shape.Day _ -> isSane(LocalDate.parse(value));
                case Shape.Month _ -> isSane(YearMonth.parse(value).atDay(1));
                case Shape.Moment _ ->
                    isSane(Instant.parse(value).atZone(java.time.ZoneOffset.UTC).toLocalDate());
                case Shape.Whole(long min, long max) ->
                    value.matches("[0-9]{1,18}") && Long.parseLong(value) >= min && Long.parseLong(value) <= max;
                case Shape.Truth _ -> value.equals("true") || value.equals("false");
                case Shape.Choice(List<String> choices) -> choices.contains(value);
                case Shape.Figure _, Shape.Many _, Shape.Of _, Shape.AnyOf _ -> false;
            };
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    private static boolean isSane(LocalDate day) {
        return !day.isBefore(Days.EARLIEST) && !day.isAfter(Days.LATEST);
    }

    // ---- what goes out

    private ApiAnswer carried(ApiRequest request, Operation operation, Reply reply) {
        return switch (reply) {
            case Reply.Refused(ApiProblem problem) -> refused(problem, Map.of());
            case Reply.Shown(Map<String, Object> body) -> shown(request, operation, body, Map.of());
            case Reply.Paged(Map<String, Object> body, String next) ->
                shown(request, operation, body, Map.of("Link", "<" + next + ">; rel=\"next\""));
            case Reply.Made(Map<String, Object> body, String location) ->
                shown(request, operation, body, Map.of("Location", location));
        };
    }

    private static ApiAnswer shown(
            ApiRequest request, Operation operation, Map<String, Object> body, Map<String, String> more) {
        byte[] octets = EntityTags.octets(body);
        String tag = EntityTags.of(octets);
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("ETag", tag);
        headers.put("Vary", "Authorization, Cookie, Accept-Language");
        if (operation.isWriting()) {
            headers.put("Cache-Control", "no-store");
        } else {
            headers.put("Cache-Control", operation.isOpen() ? "public, max-age=300" : "private, no-cache");
        }
        boolean isSame = !operation.isWriting()
                && request.header("if-none-match")
                        .filter(given -> EntityTags.matchesWeakly(given, tag))
                        .isPresent();
        if (isSame) {
            return new ApiAnswer(304, headers, new byte[0]);
        }
        headers.put("Content-Type", JSON);
        return new ApiAnswer(operation.status(), headers, octets);
    }

    private static ApiAnswer refused(ApiProblem problem, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Cache-Control", "no-store");
        headers.put("Content-Type", PROBLEM);
        headers.put("Content-Language", problem.language());
        return new ApiAnswer(problem.code().status(), headers, EntityTags.octets(problem.document()));
    }
}
