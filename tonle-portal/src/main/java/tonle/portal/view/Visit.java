// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tonle.base.EnumWord;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.table.Table;
import tonle.portal.words.Language;
import tonle.portal.words.Messages;
import tonle.registry.people.Outcome;
import tonle.registry.people.People;
import tonle.registry.people.Reason;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Permission;
import tonle.registry.rights.Right;
import tonle.traffic.Bins;
import tonle.traffic.store.TrafficStore;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.Member;
import tonle.traffic.topology.OriginTable;
import tonle.traffic.topology.Topology;

/** One request for a page: what is asked, in which language and zone, and of whom. It holds nothing of the asker. */
public final class Visit {
    private static final int SECONDS_A_MINUTE = 60;
    private static final int SECONDS_AN_HOUR = 3_600;
    private static final int SECONDS_A_DAY = 86_400;
    /** A flow of the last second of a bin: a minute of active timeout, and the time to be sent, decoded and written. */
    private static final int REPORTING_SECONDS = 90;

    private static final int KNOWN_SHOWN = 30;

    private final PortalSettings settings;
    private final PortalServices services;
    private final Ask ask;
    private final Messages words;
    private final ZoneId zone;
    private final long nowSeconds;
    private final Visitor visitor;
    private final Topology topology;
    private final OriginTable origins;

    private Visit(PortalSettings settings, PortalServices services, Ask ask, Language language, Visitor visitor) {
        this.visitor = visitor;
        this.settings = settings;
        this.services = services;
        this.ask = ask;
        this.words = Messages.in(language);
        this.nowSeconds = Math.floorDiv(services.clock().unixMillis(), 1000L);
        this.topology = services.topology().get();
        this.origins = services.origins().get();
        this.zone = ask.get("tz").map(this::zoneOf).orElse(settings.zone());
    }

    /** @param preferred the language where the address names none */
    static Visit of(PortalSettings settings, PortalServices services, Ask ask, Language preferred, Visitor visitor) {
        String tag = ask.get("lang").orElse(preferred.tag());
        Language language = tag.equals("km") ? Language.KM : Language.EN;
        Visit visit = new Visit(settings, services, ask, language, visitor);
        visit.oneOf("lang", tag, List.of("en", "km"));
        ask.get("theme").ifPresent(theme -> visit.oneOf("theme", theme, List.of("light", "dark")));
        return visit;
    }

    public Ask ask() {
        return ask;
    }

    public PortalSettings settings() {
        return settings;
    }

    public Visitor visitor() {
        return visitor;
    }

    /** People and rights; pages that need them are not there without. */
    People people() {
        return services.people()
                .orElseThrow(() -> new TroubleException(new Trouble(
                        404,
                        "no-such-page",
                        say("trouble.page"),
                        say("trouble.nopeople"),
                        "",
                        say("page.overview"),
                        link("/"))));
    }

    /** Whether who asks is signed in and holds a right. */
    public boolean may(Right right) {
        return visitor.actor().filter(actor -> actor.may(right)).isPresent();
    }

    /** Who is signed in, for a page that nobody sees who is not. */
    Actor actor() {
        return visitor.actor().orElseThrow(() -> new TroubleException(notSignedIn()));
    }

    /** Refuses who has not signed in, and leads to the door. */
    public Trouble notSignedIn() {
        return new Trouble(
                401,
                "not-signed-in",
                say("trouble.signin"),
                say("trouble.signin.detail"),
                "",
                say("page.sign-in"),
                link("/sign-in"));
    }

    /**
     * Refuses a form that this server did not draw for this visitor, and leads back to a page of its own.
     *
     * @param words the key of that page's name
     */
    public Trouble foreignForm(String words, String path) {
        return new Trouble(
                403,
                "foreign-form",
                say("trouble.forbidden"),
                say("trouble.forbidden.detail"),
                "",
                say(words),
                link(path));
    }

    /** Refuses who lacks a right, and says who grants it. */
    public Trouble notAllowed(Permission.Missing missing) {
        return new Trouble(
                403,
                "not-allowed",
                say("trouble.right", say("right." + missing.right().key())),
                say(
                        "trouble.right.detail",
                        String.join(
                                ", ",
                                missing.grantedBy().stream()
                                        .map(role -> say("role." + role.key()))
                                        .toList())),
                "",
                say("page.account"),
                link("/account"));
    }

    /** The value of an outcome, or the page that says why there is none. */
    <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.NotAllowed<T>(Permission.Missing missing) -> throw new TroubleException(notAllowed(missing));
            case Outcome.Refused<T>(Reason reason, String value) ->
                throw new TroubleException(refused(reason, value, "/"));
        };
    }

    /** A refused act on people as a page, with the way back. */
    public Trouble refused(Reason reason, String value, String back) {
        return new Trouble(
                409,
                EnumWord.of(reason),
                say("trouble.refused"),
                say("reason." + reason.name(), value),
                "",
                say("trouble.back"),
                link(back));
    }

    /** Whether this gateway keeps a public log. */
    public boolean hasLog() {
        return services.log().isPresent();
    }

    PortalServices services() {
        return services;
    }

    TrafficStore store() {
        return services.store();
    }

    Topology topology() {
        return topology;
    }

    OriginTable origins() {
        return origins;
    }

    public Language language() {
        return words.language();
    }

    public ZoneId zone() {
        return zone;
    }

    public long nowSeconds() {
        return nowSeconds;
    }

    /**
     * Where whole figures end: the end of the newest bin that all have reported. An open bin, or one whose flows are
     * still on their way, would look like a fall of traffic.
     */
    long wholeUntilSeconds() {
        return Bins.startSeconds(nowSeconds - REPORTING_SECONDS);
    }

    /** The newest bin a page may rest on: {@code newestBinSeconds} or the newest whole one; 0 for none. */
    long newestWhole(long newestBinSeconds) {
        return Math.min(newestBinSeconds, wholeUntilSeconds() - Bins.SECONDS);
    }

    /** The words for {@code key} in the page's language. */
    public String say(String key, Object... arguments) {
        return words.text(key, arguments);
    }

    /** A choice of a field of the registry, in the words of the page. */
    public String choice(String word) {
        return canSay("choice." + word) ? say("choice." + word) : word;
    }

    boolean canSay(String key) {
        return words.has(key);
    }

    // ---- addresses

    /** A link within the portal, which keeps the language, zone and theme that were asked for. */
    public String link(String path, String... namesAndValues) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        for (Map.Entry<String, String> p : ask.parameters().entrySet()) {
            if (Ask.STANDING.contains(p.getKey())) {
                parameters.putIfAbsent(p.getKey(), p.getValue());
            }
        }
        return Ask.encodedPath(path) + Ask.query(parameters);
    }

    /** This page with one parameter changed; an empty value leaves it out. */
    public String again(String name, String value) {
        return ask.with(Ask.Format.HTML, Map.of(name, value));
    }

    public String linkPage(String linkId) {
        return link("/links/" + linkId);
    }

    // ---- reading parameters

    /** Refuses parameters that are neither this page's own nor known everywhere. */
    void knows(String... own) {
        Set<String> known = new TreeSet<>(Ask.STANDING);
        known.addAll(List.of(own));
        known.addAll(List.of("table", "limit", "sort"));
        for (String name : ask.parameters().keySet()) {
            if (!known.contains(name)) {
                Optional<String> nearest = Nearest.of(name, known);
                Map<String, String> mended = new LinkedHashMap<>(ask.parameters());
                String value = mended.remove(name);
                nearest.ifPresent(n -> mended.putIfAbsent(n, value));
                throw new TroubleException(new Trouble(
                        400,
                        "unknown-parameter",
                        say("trouble.parameter", name),
                        say("trouble.parameter.known", String.join(", ", known)),
                        name,
                        nearest.orElse(""),
                        Ask.encodedPath(ask.path()) + Ask.query(mended)));
            }
        }
    }

    /** The value, if it is one of those known; refused with the nearest otherwise. */
    String oneOf(String name, String value, Collection<String> known) {
        if (known.contains(value)) {
            return value;
        }
        String nearest = Nearest.of(value, known).orElse("");
        throw new TroubleException(new Trouble(
                400,
                "unknown-value",
                say("trouble.value", value, name),
                known.size() > KNOWN_SHOWN ? "" : say("trouble.value.known", String.join(", ", known)),
                name,
                nearest,
                nearest.isEmpty() ? again(name, "") : again(name, nearest)));
    }

    /** A table of which a page shows the first {@code limit} rows, in the order that is asked for. */
    Table cut(Table whole, int limit, int limitMax) {
        return Sorting.early(this, whole).limited(number("limit", limit, 0, limitMax));
    }

    int number(String name, int otherwise, int min, int max) {
        String text = ask.get(name).orElse("" + otherwise);
        if (text.matches("[0-9]{1,7}") && Integer.parseInt(text) >= min && Integer.parseInt(text) <= max) {
            return Integer.parseInt(text);
        }
        throw new TroubleException(new Trouble(
                400,
                "number-out-of-range",
                say("trouble.value", text, name),
                say("trouble.number", min, max),
                name,
                "" + otherwise,
                again(name, "" + otherwise)));
    }

    /** The range asked for by {@code from} and {@code to}, bounded. */
    Span span(String fromOtherwise) {
        String from = ask.get("from").orElse(fromOtherwise);
        String to = ask.get("to").orElse("now");
        Span span = new Span(moment("from", from), moment("to", to), from, to);
        if (span.seconds() <= 0 || span.seconds() > Span.SECONDS_MAX) {
            throw new TroubleException(new Trouble(
                    400,
                    "range-invalid",
                    say("trouble.range", from, to),
                    say("trouble.range.rule", Span.SECONDS_MAX / SECONDS_A_DAY),
                    "from",
                    fromOtherwise,
                    ask.with(Ask.Format.HTML, Map.of("from", fromOtherwise, "to", ""))));
        }
        return span;
    }

    private long moment(String name, String text) {
        return Span.moment(text, wholeUntilSeconds(), zone)
                .orElseThrow(() -> new TroubleException(new Trouble(
                        400,
                        "time-unreadable",
                        say("trouble.value", text, name),
                        say("trouble.time"),
                        name,
                        "now-24h",
                        ask.with(Ask.Format.HTML, Map.of("from", "now-24h", "to", "")))));
    }

    private ZoneId zoneOf(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException _) {
            oneOf("tz", id, ZoneId.getAvailableZoneIds());
            throw new IllegalStateException("a zone that is available could not be made");
        }
    }

    // ---- words for values

    /** {@code 2026-11-23 17:42}, in the zone of the view: the form of tables. */
    public String time(long seconds) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT)
                .withZone(zone)
                .format(Instant.ofEpochSecond(seconds));
    }

    /** {@code Mon 23 Nov}: a day among others of its time. */
    String day(java.time.ZonedDateTime moment) {
        return DateTimeFormatter.ofPattern("EEE d MMM", language().locale()).format(moment);
    }

    /** {@code 23 November 2026, 17:42}, in the words of the language: the form of sentences. */
    public String timeInWords(long seconds) {
        return DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", language().locale())
                .withZone(zone)
                .format(Instant.ofEpochSecond(seconds));
    }

    /** The short name of the zone: {@code ICT}. */
    public String zoneName() {
        return DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)
                .withZone(zone)
                .format(Instant.ofEpochSecond(nowSeconds));
    }

    /** How long ago, in the largest unit that fits: {@code 12 s}, {@code 6 min}. */
    public String age(long seconds) {
        return duration(Math.max(0, nowSeconds - seconds));
    }

    String duration(long seconds) {
        if (seconds < 2 * SECONDS_A_MINUTE) {
            return say("time.seconds", seconds);
        }
        if (seconds < 2 * SECONDS_AN_HOUR) {
            return say("time.minutes", seconds / SECONDS_A_MINUTE);
        }
        return seconds < 2 * SECONDS_A_DAY
                ? say("time.hours", seconds / SECONDS_AN_HOUR)
                : say("time.days", seconds / SECONDS_A_DAY);
    }

    String siteName(String id) {
        return topology.sites().stream()
                .filter(s -> s.id().equals(id))
                .map(s -> language() == Language.KM && !s.nameKhmer().isEmpty() ? s.nameKhmer() : s.nameEnglish())
                .filter(n -> !n.isEmpty())
                .findFirst()
                .orElse(id);
    }

    String memberName(String id) {
        return switch (id) {
            case Member.NONE -> say("member.none");
            case Member.OTHER -> say("group.small");
            default ->
                topology.members().stream()
                        .filter(m -> m.id().equals(id))
                        .map(m ->
                                language() == Language.KM && !m.nameKhmer().isEmpty() ? m.nameKhmer() : m.nameEnglish())
                        .filter(n -> !n.isEmpty())
                        .findFirst()
                        .orElse(id);
        };
    }

    String countryName(String code) {
        boolean known = code.matches("[A-Z]{2}") && !code.equals("ZZ");
        return known ? Locale.of("", code).getDisplayCountry(language().locale()) : say("country.unknown");
    }

    Optional<Link> findLink(String id) {
        return topology.links().stream().filter(l -> l.id().equals(id)).findFirst();
    }

    /** {@code PNH-1 – SHV-1}, or {@code PNH-1 – Carrier A} for a circuit that leaves. */
    String ends(Link link) {
        String far = link.farSite().isEmpty()
                ? link.member().isEmpty() ? link.counterpart() : memberName(link.member())
                : link.farSite();
        return far.isEmpty() ? link.site() : link.site() + " – " + far;
    }

    /** Asks the store; an outage becomes a page that says what failed and what still works. */
    <T> T asked(Inquiry<T> inquiry) {
        try {
            return inquiry.make();
        } catch (IOException e) {
            throw new TroubleException(new Trouble(
                    503,
                    "store-unavailable",
                    say("trouble.store"),
                    say("trouble.store.detail"),
                    "",
                    say("page.status"),
                    link("/status")));
        }
    }

    /** A question that the store may fail to answer. */
    interface Inquiry<T> {
        T make() throws IOException;
    }
}
