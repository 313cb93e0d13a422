// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tonle.base.power.SystemClock;
import tonle.portal.Portal;
import tonle.portal.PortalSettings;
import tonle.portal.RunningPortal;
import tonle.portal.fixture.Fixture;
import tonle.portal.fixture.Staff;
import tonle.registry.Registry;
import tonle.registry.audit.AuditTrail;
import tonle.registry.book.Days;
import tonle.registry.book.Kind;
import tonle.registry.change.ChangeOutcome;
import tonle.registry.change.ChangeRules;
import tonle.registry.change.Changes;
import tonle.registry.change.Draft;
import tonle.registry.change.Item;
import tonle.registry.people.Accounts;
import tonle.registry.people.Door;
import tonle.registry.people.Outcome;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Role;
import tonle.testdatabase.TestDatabase;

/** A running portal over a small country: two operators, a link each, staff with tokens. */
final class ApiCountry implements AutoCloseable {
    static final LocalDate DAY = LocalDate.of(2026, 10, 1);

    final Fixture fixture;
    final TestDatabase database = TestDatabase.fresh();
    final Registry registry;
    final RunningPortal portal;
    final Door.CameIn dara;
    final Person registrar;
    final Person second;
    final Person auditor;
    final Person engineer;
    final Person alpha;
    final Person bravo;
    private final HttpClient client = HttpClient.newHttpClient();
    private int keys;

    /** Somebody with a token that has all of their rights. */
    record Person(Door.CameIn session, Actor actor, String token) {}

    ApiCountry(Path folder) throws Exception {
        fixture = Fixture.open(folder);
        registry = Registry.of(
                database.web(),
                database.server(),
                new SystemClock(),
                PortalSettings.ZONE_DEFAULT,
                () -> false,
                Set.of("alpha", "bravo")::contains,
                List.of());
        enter(
                Item.add(Kind.EXCHANGE, "PNH-IX", Map.of("name", "Phnom Penh IX")),
                Item.add(
                        Kind.SITE, "PNH", Map.of("name", "Phnom Penh", "latitude", "11.5564", "longitude", "104.9282")),
                Item.add(Kind.SITE, "SHV", Map.of("name", "Sihanoukville")),
                Item.add(Kind.FACILITY, "PNH-DC-1", Map.of("site", "PNH", "name", "First hall")),
                Item.add(Kind.DEVICE, "pnh-edge-1", Map.of("site", "PNH", "addresses", "192.0.2.1")),
                Item.add(Kind.INTERFACE, "pnh-edge-1/12", Map.of("name", "et-0/0/12", "speed", "100G")),
                operator("alpha", "64500"),
                operator("bravo", "64501"),
                link("PNH-SGN-1", "alpha"),
                link("bravo-1", "bravo"),
                Item.add(
                        Kind.LICENCE,
                        "LIC-1",
                        Map.of("operator", "alpha", "regime", "kh", "type", type(), "granted", "2026-01-01")));
        portal = Portal.start(Fixture.settings(), fixture.servicesOf(registry));
        dara = done(registry.people()
                .door()
                .register(registry.people().firstLink("First").orElseThrow().text(), Staff.passkey(++keys), "Dara"));
        registrar = person("", Role.REGISTRAR, Role.LICENSING_OFFICER);
        second = person("", Role.REGISTRAR);
        auditor = person("", Role.AUDITOR);
        engineer = person("", Role.ENGINEER);
        alpha = person("alpha", Role.OPERATOR_ENGINEER);
        bravo = person("bravo", Role.OPERATOR_ENGINEER);
    }

    private String type() {
        return registry.regimes().find("kh").orElseThrow().types().getFirst().id();
    }

    static Item operator(String id, String asn) {
        return Item.add(Kind.OPERATOR, id, Map.of("name", "Operator " + id, "asns", asn));
    }

    static Item link(String id, String operator) {
        return Item.add(
                Kind.LINK,
                id,
                Map.of("kind", "international", "site", "PNH", "operator", operator, "capacity", "100G"));
    }

    /** As the gateway itself. */
    void enter(Item... items) {
        Changes server = new Changes(
                database.server(),
                new AuditTrail(new SystemClock()),
                new SystemClock(),
                () -> new ChangeRules(false, registry.regimes()));
        ChangeOutcome outcome =
                server.enter(Actor.TONLE, new Draft(Days.since(DAY), "the first import", Arrays.asList(items)));
        if (!(outcome instanceof ChangeOutcome.Done)) {
            throw new AssertionError(outcome);
        }
    }

    private Person person(String operator, Role... roles) {
        var invited = done(registry.people()
                .accounts()
                .invite(
                        dara.session().account().actor(),
                        new Accounts.Invitation("Sok " + (char) (65 + keys), "en", operator, Set.of(roles), "joins")));
        Door.CameIn in = done(registry.people().door().register(invited.link().text(), Staff.passkey(++keys), ""));
        Actor actor = in.session().account().actor();
        return new Person(in, actor, token(actor));
    }

    String token(Actor actor) {
        return done(registry.people().keys().makeToken(actor, "program", actor.rights(), 30))
                .secret()
                .text();
    }

    static <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T>(T value)) {
            return value;
        }
        throw new AssertionError(outcome);
    }

    // ---- over HTTP

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + portal.port() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(Person who, String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, "", with(headers, "Authorization", "Bearer " + who.token));
    }

    HttpResponse<String> post(Person who, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(
                "POST",
                path,
                body,
                with(headers, "Authorization", "Bearer " + who.token, "Content-Type", "application/json"));
    }

    static String[] with(String[] headers, String... more) {
        String[] all = Arrays.copyOf(headers, headers.length + more.length);
        System.arraycopy(more, 0, all, headers.length, more.length);
        return all;
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Override
    public void close() throws java.io.IOException {
        portal.close();
        database.close();
        fixture.close();
    }
}
