// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tonle.portal.view.WhereLanguage.Named;
import tonle.portal.view.WhereLanguage.Parsed;
import tonle.traffic.Direction;
import tonle.traffic.ProtocolClass;
import tonle.traffic.store.Dimension;
import tonle.traffic.store.Filter;
import tonle.traffic.store.Measure;
import tonle.traffic.store.TrafficQuery;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.Member;

/**
 * Checks the values that a filter names: one that exists nowhere is a slip of the pen, and an empty chart would not say
 * so. Links, members and sites that the configuration no longer has are known as long as the store holds traffic of
 * theirs.
 */
final class FilterValues {
    private static final int SHOWN_MAX = 30;
    private static final String UNKNOWN = "unknown";

    private final Visit visit;
    private final Span span;

    FilterValues(Visit visit, Span span) {
        this.visit = visit;
        this.span = span;
    }

    /** The first value that is known nowhere, with the nearest that is. */
    Optional<Parsed.Wrong> firstUnknown(List<Named> values) {
        return values.stream()
                .filter(v -> !isKnown(v.dimension(), v.value()))
                .findFirst()
                .map(this::wrong);
    }

    private boolean isKnown(Dimension dimension, String value) {
        return switch (dimension) {
            case SITE, LINK, MEMBER -> words(dimension).containsValue(value) || isStored(dimension, value);
            case REMOTE_AS -> isOther(value) || value.matches("[0-9]{1,10}") && Long.parseLong(value) <= 0xFFFF_FFFFL;
            case COUNTRY ->
                isOther(value.toLowerCase(Locale.ROOT)) || words(dimension).containsValue(value);
            case HOUR -> value.matches("[01]?[0-9]|2[0-3]");
            case LINK_KIND, DIRECTION, IP_VERSION, PROTOCOL -> words(dimension).containsValue(value);
        };
    }

    private static boolean isOther(String value) {
        return value.equals(UNKNOWN) || value.equals(Member.OTHER);
    }

    private boolean isStored(Dimension dimension, String value) {
        TrafficQuery query = new TrafficQuery(
                List.of(),
                List.of(new Filter(dimension, false, List.of(value))),
                Measure.OCTETS,
                span.fromSeconds(),
                span.toSeconds(),
                0,
                1,
                "octets");
        return visit.asked(() -> visit.store().answer(query)).total().flows() > 0;
    }

    private Parsed.Wrong wrong(Named named) {
        Map<String, String> words = words(named.dimension());
        // A number that is near is another one: only words are guessed at.
        String nearest = named.dimension() == Dimension.IP_VERSION
                ? ""
                : Nearest.of(named.value(), words.keySet()).map(words::get).orElse("");
        List<String> all = words.values().stream().distinct().toList();
        String known = all.isEmpty()
                ? visit.say("where.number." + named.dimension().key())
                : all.stream().limit(SHOWN_MAX).collect(Collectors.joining(", "))
                        + (all.size() > SHOWN_MAX ? " …" : "");
        return new Parsed.Wrong(
                named.from(),
                named.to(),
                "where.novalue",
                List.of(visit.say("dimension." + named.dimension().key()), named.value(), known),
                nearest.isEmpty() ? "" : WhereLanguage.quoted(nearest));
    }

    /** What people may type for a value, and the value: names in both languages lead to ids. */
    private Map<String, String> words(Dimension dimension) {
        Map<String, String> words = new LinkedHashMap<>();
        switch (dimension) {
            case SITE -> visit.topology().sites().forEach(s -> named(words, s.id(), s.nameEnglish(), s.nameKhmer()));
            case LINK -> {
                visit.topology().links().forEach(l -> named(words, l.id()));
                named(words, Link.NONE);
            }
            case MEMBER -> {
                visit.topology().members().forEach(m -> named(words, m.id(), m.nameEnglish(), m.nameKhmer()));
                named(words, Member.NONE);
                named(words, Member.OTHER);
            }
            case LINK_KIND -> {
                for (LinkKind kind : LinkKind.values()) {
                    named(words, kind.key());
                }
                named(words, Link.NONE);
            }
            case DIRECTION -> {
                for (Direction direction : Direction.values()) {
                    named(words, direction.key());
                }
            }
            case PROTOCOL -> {
                for (ProtocolClass protocol : ProtocolClass.values()) {
                    named(words, protocol.key());
                }
            }
            case IP_VERSION -> List.of("4", "6", UNKNOWN).forEach(v -> named(words, v));
            case COUNTRY -> {
                for (String code : Locale.getISOCountries()) {
                    named(words, code, Locale.of("", code).getDisplayCountry(Locale.ENGLISH));
                }
                named(words, "ZZ");
            }
            case REMOTE_AS, HOUR -> {
                // Any number within bounds.
            }
        }
        return words;
    }

    private static void named(Map<String, String> words, String value, String... names) {
        words.put(value, value);
        for (String name : names) {
            if (!name.isEmpty()) {
                words.putIfAbsent(name, value);
            }
        }
    }
}
