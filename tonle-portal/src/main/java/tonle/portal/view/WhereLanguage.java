// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tonle.traffic.store.Dimension;
import tonle.traffic.store.Filter;

/**
 * The filter language of pages and commands.
 * <pre>
 *   filter    = condition *( "and" condition )
 *   condition = ["not"] field ( "=" | ":" | "!=" ) value
 *             | ["not"] field ["not"] "in" "(" value *( "," value ) ")"
 *             | condition "or" condition        ; of one field: the same as "in"
 *   value     = letters, digits and - . _ / | text in double quotes
 * </pre>
 * Fields are the store's dimensions and no others: nothing here can ask for what the store does not hold.
 */
public final class WhereLanguage {
    private static final Pattern TOKEN = Pattern.compile("\\s*(\"[^\"]*\"|!=|[=:(),]|[^\\s=!:(),\"]+)");
    /** What people call a field elsewhere, where the letters alone would not lead to it. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("operator", "member"),
            Map.entry("customer", "member"),
            Map.entry("peer", "member"),
            Map.entry("as", "remote-as"),
            Map.entry("asn", "remote-as"),
            Map.entry("origin-as", "remote-as"),
            Map.entry("src-as", "remote-as"),
            Map.entry("dst-as", "remote-as"),
            Map.entry("ipv6", "ip-version"),
            Map.entry("family", "ip-version"),
            Map.entry("version", "ip-version"),
            Map.entry("interface", "link"),
            Map.entry("port", "link"),
            Map.entry("circuit", "link"),
            Map.entry("exporter", "link"),
            Map.entry("router", "link"),
            Map.entry("kind", "link-kind"),
            Map.entry("city", "site"));

    private static final int LENGTH_MAX = 1_000;
    private static final int VALUES_MAX = 100;

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private final List<Named> named = new ArrayList<>();

    private record Token(String text, int from, int to) {}

    /** A value that the text names, and where it stands there. */
    record Named(Dimension dimension, String value, int from, int to) {}

    /** What became of a filter's text. */
    public sealed interface Parsed {
        record Read(List<Filter> filters, List<Named> values) implements Parsed {}

        /** @param from where the wrong word begins; @param nearest what may have been meant, or empty */
        record Wrong(int from, int to, String messageKey, List<String> arguments, String nearest) implements Parsed {}
    }

    private static final class WrongWord extends RuntimeException {
        private final transient Parsed.Wrong wrong;

        WrongWord(Parsed.Wrong wrong) {
            super(wrong.messageKey(), null, false, false);
            this.wrong = wrong;
        }
    }

    private WhereLanguage(String text) {
        this.text = text;
    }

    public static Parsed parse(String text) {
        if (text.length() > LENGTH_MAX) {
            return new Parsed.Wrong(LENGTH_MAX, text.length(), "where.long", List.of("" + LENGTH_MAX), "");
        }
        WhereLanguage language = new WhereLanguage(text);
        try {
            language.split();
            return new Parsed.Read(language.conditions(), List.copyOf(language.named));
        } catch (WrongWord e) {
            return e.wrong;
        }
    }

    /** The canonical text of a filter. */
    public static String text(List<Filter> filters) {
        return filters.stream().map(WhereLanguage::text).collect(Collectors.joining(" and "));
    }

    private static String text(Filter filter) {
        String field = filter.dimension().key();
        if (filter.values().size() == 1) {
            return field
                    + (filter.negated() ? " != " : " = ")
                    + quoted(filter.values().getFirst());
        }
        return field + (filter.negated() ? " not in (" : " in (")
                + filter.values().stream().map(WhereLanguage::quoted).collect(Collectors.joining(", ")) + ")";
    }

    static String quoted(String value) {
        boolean plain = value.matches("[^\\s=!:(),\"]+")
                && !List.of("and", "or", "not", "in").contains(value);
        return plain ? value : "\"" + value + "\"";
    }

    private void split() {
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(new Token(matcher.group(1), matcher.start(1), matcher.end(1)));
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw new WrongWord(new Parsed.Wrong(end, text.length(), "where.unreadable", List.of(), ""));
        }
    }

    private List<Filter> conditions() {
        List<Filter> filters = new ArrayList<>();
        while (at < tokens.size()) {
            if (!filters.isEmpty()) {
                boolean or = isWord("or");
                if (!or && !isWord("and")) {
                    throw wrong("where.and", current().text());
                }
                Token joiner = tokens.get(at++);
                if (or) {
                    filters.set(filters.size() - 1, joined(filters.getLast(), condition(), joiner));
                    continue;
                }
            }
            filters.add(condition());
        }
        return filters;
    }

    private static Filter joined(Filter first, Filter second, Token joiner) {
        if (first.dimension() != second.dimension() || first.negated() || second.negated()) {
            throw new WrongWord(new Parsed.Wrong(joiner.from(), joiner.to(), "where.or", List.of(), "and"));
        }
        List<String> values = new ArrayList<>(first.values());
        values.addAll(second.values());
        return new Filter(first.dimension(), false, values);
    }

    private Filter condition() {
        boolean negated = false;
        if (isWord("not")) {
            negated = true;
            at++;
        }
        Dimension dimension = field();
        if (isWord("not")) {
            negated = !negated;
            at++;
        }
        String operator = take("where.operator", dimension.key()).text().toLowerCase(Locale.ROOT);
        switch (operator) {
            case "=", ":" -> {
                return new Filter(dimension, negated, List.of(value(dimension)));
            }
            case "!=" -> {
                return new Filter(dimension, !negated, List.of(value(dimension)));
            }
            case "in" -> {
                return new Filter(dimension, negated, list(dimension));
            }
            default -> {
                at--;
                throw wrong("where.operator", dimension.key());
            }
        }
    }

    private Dimension field() {
        Token token = take("where.field", "");
        String word = token.text().toLowerCase(Locale.ROOT).replace('_', '-');
        Optional<Dimension> found = dimension(word);
        return found.orElseThrow(() -> new WrongWord(new Parsed.Wrong(
                token.from(),
                token.to(),
                "where.unknown",
                List.of(
                        token.text(),
                        Arrays.stream(Dimension.values()).map(Dimension::key).collect(Collectors.joining(", "))),
                nearestField(word))));
    }

    static Optional<Dimension> dimension(String key) {
        return Arrays.stream(Dimension.values())
                .filter(d -> d.key().equals(key))
                .findFirst();
    }

    static String nearestField(String word) {
        List<String> known = new ArrayList<>(ELSEWHERE.keySet());
        Arrays.stream(Dimension.values()).map(Dimension::key).forEach(known::add);
        return Nearest.of(word, known).map(n -> ELSEWHERE.getOrDefault(n, n)).orElse("");
    }

    private List<String> list(Dimension dimension) {
        List<String> values = new ArrayList<>();
        if (!take("where.list", dimension.key()).text().equals("(")) {
            at--;
            throw wrong("where.list", dimension.key());
        }
        while (true) {
            values.add(value(dimension));
            Token next = take("where.list", dimension.key());
            if (next.text().equals(")")) {
                return values;
            }
            if (!next.text().equals(",") || values.size() >= VALUES_MAX) {
                at--;
                throw wrong("where.list", dimension.key());
            }
        }
    }

    private String value(Dimension dimension) {
        Token token = take("where.value", dimension.key());
        String raw = token.text();
        if ("=:(),!=".contains(raw)) {
            at--;
            throw wrong("where.value", dimension.key());
        }
        String text = raw.startsWith("\"") ? raw.substring(1, raw.length() - 1) : raw;
        String value = canonical(dimension, text);
        named.add(new Named(dimension, value, token.from(), token.to()));
        return value;
    }

    private static String canonical(Dimension dimension, String value) {
        return switch (dimension) {
            case COUNTRY -> value.toUpperCase(Locale.ROOT);
            case REMOTE_AS -> value.replaceFirst("(?i)^AS(?=[0-9])", "");
            case IP_VERSION -> value.replaceFirst("(?i)^(ip)?v(?=[46]$)", "");
            case DIRECTION, PROTOCOL, LINK_KIND -> value.toLowerCase(Locale.ROOT);
            case SITE, LINK, MEMBER, HOUR -> value;
        };
    }

    private boolean isWord(String word) {
        return at < tokens.size() && tokens.get(at).text().equalsIgnoreCase(word);
    }

    private Token current() {
        return at < tokens.size() ? tokens.get(at) : new Token("", text.length(), text.length());
    }

    private Token take(String messageKey, String argument) {
        if (at >= tokens.size()) {
            throw wrong(messageKey, argument);
        }
        return tokens.get(at++);
    }

    private WrongWord wrong(String messageKey, String argument) {
        Token token = current();
        return new WrongWord(new Parsed.Wrong(token.from(), token.to(), messageKey, List.of(argument), ""));
    }
}
