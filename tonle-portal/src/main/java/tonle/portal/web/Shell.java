// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import gg.jte.Content;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tonle.base.Json;
import tonle.portal.table.Column;
import tonle.portal.table.Table;
import tonle.portal.view.AccountPage;
import tonle.portal.view.Ask;
import tonle.portal.view.Page;
import tonle.portal.view.SignInPage;
import tonle.portal.view.Sorting;
import tonle.portal.view.Visit;
import tonle.portal.words.Language;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Right;

/** What stands around every page, and how templates speak: words, tables, addresses. */
public final class Shell {
    private final Visit visit;
    private final Page page;
    private final Surroundings surroundings;

    /** @param lastHeardSeconds newest flow data, 0 for none */
    public record Surroundings(long lastHeardSeconds, boolean demo, String assetVersion) {}

    /** An entry of the navigation. */
    public record Entry(String key, String words, String href, boolean here) {}

    private final boolean hasPeople;
    private final UnaryOperator<String> challenges;
    private String challenge = "";

    Shell(Visit visit, Page page, Surroundings surroundings, boolean hasPeople, UnaryOperator<String> challenges) {
        this.hasPeople = hasPeople;
        this.challenges = challenges;
        this.visit = visit;
        this.page = page;
        this.surroundings = surroundings;
    }

    public Page page() {
        return page;
    }

    public String say(String key, Object... arguments) {
        return visit.say(key, arguments);
    }

    /** A choice of a field, in the words of the page. */
    public String choice(String word) {
        return switch (word) {
            case "true" -> say("yes");
            case "false" -> say("no");
            default -> visit.choice(word);
        };
    }

    public String link(String path, String... namesAndValues) {
        return visit.link(path, namesAndValues);
    }

    public Visit visit() {
        return visit;
    }

    public String lang() {
        return visit.language().tag();
    }

    public String theme() {
        return visit.ask().get("theme").orElse("");
    }

    public String formToken() {
        return visit.visitor().formToken();
    }

    /** Whether a form has just been carried out. */
    public boolean isDone() {
        return visit.ask().get("done").isPresent();
    }

    // ---- passkeys: options as the script hands them to the browser (WebAuthn Level 3, sections 5.4 and 5.5)

    /** What challenges are for. */
    static final String SIGN_IN = "sign-in";

    static final String LINK = "link ";
    static final String ADD = "add ";

    private static final long TIMEOUT_MILLIS = 300_000;

    /** The challenge of the options drawn last. */
    public String challenge() {
        return challenge;
    }

    /** Any passkey of this host: the authenticator says whose it is, so that no name is asked for or told. */
    public String signInOptions() {
        challenge = challenges.apply(SIGN_IN);
        StringBuilder text = new StringBuilder();
        new Json(text, false)
                .beginObject()
                .member("challenge", challenge)
                .member("userVerification", "required")
                .member("timeout", TIMEOUT_MILLIS)
                .endObject();
        return text.toString();
    }

    public String linkOptions(SignInPage.LinkBody body) {
        return creation(LINK + body.secret(), body.handle(), body.name(), List.of());
    }

    public String addOptions(AccountPage.Body body) {
        return creation(
                ADD + body.account().pseudonym(),
                body.handle(),
                body.account().name(),
                body.passkeys().stream().map(AccountPage.Row::key).toList());
    }

    private String creation(String purpose, byte[] handle, String name, List<String> known) {
        challenge = challenges.apply(purpose);
        StringBuilder text = new StringBuilder();
        Json json = new Json(text, false).beginObject();
        json.member("challenge", challenge).member("attestation", "none").member("timeout", TIMEOUT_MILLIS);
        json.name("rp").beginObject().member("name", "Tonle").endObject();
        json.name("user").beginObject();
        json.member("id", Base64.getUrlEncoder().withoutPadding().encodeToString(handle));
        json.member("name", name).member("displayName", name).endObject();
        json.name("pubKeyCredParams").beginArray();
        // EdDSA, ES256, RS256 (IANA COSE algorithms).
        for (long algorithm : new long[] {-8, -7, -257}) {
            json.beginObject()
                    .member("type", "public-key")
                    .member("alg", algorithm)
                    .endObject();
        }
        json.endArray().name("excludeCredentials").beginArray();
        for (String id : known) {
            json.beginObject().member("type", "public-key").member("id", id).endObject();
        }
        json.endArray().name("authenticatorSelection").beginObject();
        json.member("residentKey", "required")
                .member("userVerification", "required")
                .endObject();
        json.endObject();
        return text.toString();
    }

    /** The address of a file of ours; it changes with the file, so that it may be kept for ever. */
    public String asset(String name) {
        return "/static/" + name + "?v=" + surroundings.assetVersion();
    }

    public List<Entry> navigation() {
        List<Entry> entries = new ArrayList<>();
        List<String> keys = new ArrayList<>(List.of("overview", "traffic", "links"));
        if (hasPeople) {
            keys.addAll(List.of("operators", "registry", "rules"));
        }
        keys.add("exporters");
        if (visit.hasLog()) {
            keys.add("log");
        }
        keys.add("status");
        visit.visitor().actor().ifPresent(actor -> {
            if (actor.may(Right.MAY_READ_PEOPLE)) {
                keys.add("people");
            }
            if (actor.may(Right.MAY_READ_AUDIT)) {
                keys.add("audit");
            }
        });
        for (String key : keys) {
            String path = key.equals("overview") ? "/" : "/" + key;
            entries.add(new Entry(key, say("page." + key), visit.link(path), key.equals(page.nav())));
        }
        return entries;
    }

    /** The name of who is signed in, for the head of the page. */
    public Optional<String> personName() {
        return visit.visitor().actor().map(Actor::displayName);
    }

    /** Whether anybody can sign in at all. */
    public boolean hasPeople() {
        return hasPeople;
    }

    public List<Language> languages() {
        return List.of(Language.KM, Language.EN);
    }

    public String again(String name, String value) {
        return visit.again(name, value);
    }

    public boolean isUtc() {
        return visit.zone().getId().equals("UTC");
    }

    /** How the console's own zone is called: of the gateway, or UTC. */
    public String gatewayZone() {
        String id = visit.settings().zone().getId();
        return id.substring(id.lastIndexOf('/') + 1).replace('_', ' ');
    }

    public String banner() {
        return surroundings.demo() ? say("shell.demo") : visit.settings().systemName();
    }

    public boolean late() {
        return surroundings.lastHeardSeconds() > 0 && visit.nowSeconds() - surroundings.lastHeardSeconds() > 120;
    }

    public String freshness() {
        long heard = surroundings.lastHeardSeconds();
        String words = heard == 0
                ? say("shell.fresh.never")
                : say(late() ? "shell.fresh.late" : "shell.fresh", visit.age(heard));
        return page.dataSeconds() == 0
                ? words
                : words + " " + say("shell.bins", visit.time(page.dataSeconds() + tonle.traffic.Bins.SECONDS));
    }

    /** The table as HTML, ready to stand in a page. */
    public Content table(Table table) {
        return TableHtml.of(this, table, true);
    }

    /** The same for a table of many columns: its rows become sheets of named figures where the screen is narrow. */
    public Content wideTable(String key) {
        return TableHtml.wide(this, page.table(key).orElseThrow());
    }

    String sortHref(Table table, Column column) {
        return page.table(table.key()).isEmpty() ? "" : Sorting.href(visit, page, table, column);
    }

    String ariaSort(Table table, Column column) {
        return page.table(table.key()).isEmpty() ? "" : Sorting.ariaSort(visit, page, table, column);
    }

    /** The same for a table of few narrow columns, which stays a table on a phone. */
    public Content narrowTable(Table table) {
        return TableHtml.of(this, table, false);
    }

    /** The same for a table of many columns and one or two rows: each row a sheet of named figures, on any screen. */
    public Content sheet(String key) {
        return TableHtml.sheet(this, page.table(key).orElseThrow());
    }

    public Content table(String key) {
        return table(page.table(key).orElseThrow());
    }

    public Content svg(String svg) {
        return output -> output.writeContent(svg);
    }

    public String exportHref(Table table, String format) {
        Ask.Format wanted = Ask.Format.valueOf(format);
        boolean first = page.tables().getFirst().key().equals(table.key());
        return visit.ask().with(wanted, Map.of("table", first ? "" : table.key()));
    }

    public String allRowsHref(Table table) {
        return visit.ask().with(Ask.Format.HTML, Map.of("limit", "0"));
    }

    public String addressHere() {
        return visit.ask().with(Ask.Format.HTML, Map.of());
    }

    /** Language, zone and theme of the address, for forms that must carry them on. */
    public List<Map.Entry<String, String>> standing() {
        return List.of("lang", "tz", "theme").stream()
                .filter(n -> visit.ask().get(n).isPresent())
                .map(n -> Map.entry(n, visit.ask().get(n).orElseThrow()))
                .toList();
    }
}
