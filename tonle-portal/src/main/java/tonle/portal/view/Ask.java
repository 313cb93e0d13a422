// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An address, taken apart: the page's path, the form in which it is wanted, and its parameters in order. A parameter
 * that comes twice keeps its last value.
 *
 * @param path without the form's ending
 */
public record Ask(String path, Format format, Map<String, String> parameters) {
    /** Parameters that every page knows and every link of a page carries on. */
    static final Set<String> STANDING = Set.of("lang", "tz", "theme");

    private static final int PARAMETERS_MAX = 40;

    /** The form in which an address is answered. */
    public enum Format {
        HTML(""),
        JSON(".json"),
        CSV(".csv"),
        TEXT(".txt");

        private final String ending;

        Format(String ending) {
            this.ending = ending;
        }

        public String ending() {
            return ending;
        }
    }

    public Ask {
        parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Takes an address apart; empty where its percent signs make no text. */
    public static Optional<Ask> parse(String pathAndQuery) {
        int question = pathAndQuery.indexOf('?');
        String path = question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
        String query = question < 0 ? "" : pathAndQuery.substring(question + 1);
        Format format = Format.HTML;
        for (Format candidate : Format.values()) {
            if (candidate != Format.HTML && path.endsWith(candidate.ending())) {
                format = candidate;
                path = path.substring(0, path.length() - candidate.ending().length());
                break;
            }
        }
        // The overview's documents: "/" has no name to which an ending could be added.
        path = path.equals("/overview") || path.isEmpty() ? "/" : path;
        Map<String, String> parameters = new LinkedHashMap<>();
        try {
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                if (!pair.isEmpty() && parameters.size() < PARAMETERS_MAX) {
                    parameters.put(
                            decoded(equals < 0 ? pair : pair.substring(0, equals)),
                            equals < 0 ? "" : decoded(pair.substring(equals + 1)));
                }
            }
            return Optional.of(
                    new Ask(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8), format, parameters));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The parameter's value; empty text counts as absent. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name)).map(String::strip).filter(v -> !v.isEmpty());
    }

    /** This address again, in another form and with other values: an empty value leaves a parameter out. */
    public String with(Format other, Map<String, String> changes) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(changes);
        String named = path.equals("/") && other != Format.HTML ? "/overview" : encodedPath(path);
        return named + other.ending() + query(all);
    }

    static String encodedPath(String path) {
        StringBuilder out = new StringBuilder();
        for (String part : path.split("/", -1)) {
            out.append(out.isEmpty() && part.isEmpty() ? "" : "/").append(encodedPart(part));
        }
        String joined = out.toString();
        return joined.startsWith("/") ? joined : "/" + joined;
    }

    static String encodedPart(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@code ?a=b&c=d}; commas, colons, slashes and the like stay readable. */
    static String query(Map<String, String> parameters) {
        StringBuilder out = new StringBuilder();
        for (Map.Entry<String, String> p : parameters.entrySet()) {
            if (!p.getValue().isEmpty()) {
                out.append(out.isEmpty() ? '?' : '&')
                        .append(readable(p.getKey()))
                        .append('=')
                        .append(readable(p.getValue()));
            }
        }
        return out.toString();
    }

    private static String readable(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%2C", ",")
                .replace("%3A", ":")
                .replace("%2F", "/")
                .replace("%28", "(")
                .replace("%29", ")");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
