// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tonle.gateway.registry.BookKeeper;
import tonle.registry.book.Days;
import tonle.registry.book.Kind;
import tonle.registry.change.Change;
import tonle.registry.change.ChangeOutcome;
import tonle.registry.change.Draft;
import tonle.registry.change.Item;
import tonle.registry.country.CountryPack;
import tonle.registry.rights.Actor;

/**
 * What the registry of the demonstration country knows beyond its configuration file: exchanges, halls, licences,
 * role mailboxes, contracts, and some history, so that a past day looks otherwise than today.
 */
public final class DemoBook {
    /** The gateway of the demo opened on this day. */
    static final LocalDate OPENED = LocalDate.of(2025, 1, 1);

    /** A member that came later, and one whose port has grown since. */
    private static final LocalDate LATER = LocalDate.of(2026, 3, 2);

    private static final DemoMember LATE_COMER = DemoMember.COCONUT;
    private static final DemoMember GROWN = DemoMember.RUMDUOL;
    private static final DemoMember SUSPENDED = DemoMember.BELL;

    private DemoBook() {}

    /** Fills an empty book; one that holds anything stays as it is. */
    public static void fill(BookKeeper keeper) {
        if (keeper.state().confirmedCount() > 0) {
            return;
        }
        enter(
                keeper,
                Days.since(OPENED),
                "the country's pack",
                CountryPack.find("kh").orElseThrow().items());
        keeper.follow(DemoCountry.topology(), OPENED, "the gateway opened");
        enter(keeper, Days.since(OPENED), "halls, mailboxes and contracts", facts());
        enter(keeper, Days.since(OPENED), "licences as granted", licences());
        enter(
                keeper,
                Days.between(OPENED, LATER),
                GROWN.nameEnglish + " began with a smaller port",
                List.of(Item.amend(
                        Kind.LINK, GROWN.port(), keeper.head(Kind.LINK, GROWN.port()), Map.of("capacity", "40G"))));
        enter(
                keeper,
                Days.since(LocalDate.of(2026, 10, 1)),
                "suspended by decision 57/2026; nothing in service changes by it",
                List.of(Item.amend(
                        Kind.LICENCE,
                        licence(SUSPENDED),
                        keeper.head(Kind.LICENCE, licence(SUSPENDED)),
                        Map.of(
                                "standing", "suspended",
                                "decision", "57/2026",
                                "grounds", "annual report not filed"))));
        // What takes two persons waits for a registrar: something to confirm or refuse.
        keeper.changes()
                .enter(
                        Actor.OWNER,
                        new Draft(
                                Days.since(OPENED),
                                "the company was entered in the trade register under this number",
                                List.of(Item.amend(
                                        Kind.OPERATOR,
                                        LATE_COMER.id(),
                                        keeper.head(Kind.OPERATOR, LATE_COMER.id()),
                                        Map.of("tin", "K009-202600012")))));
    }

    private static Change enter(BookKeeper keeper, Days days, String reason, List<Item> items) {
        return switch (keeper.changes().enter(Actor.TONLE, new Draft(days, reason, items))) {
            case ChangeOutcome.Done done -> done.change();
            case ChangeOutcome.Refused refused ->
                throw new IllegalStateException("the demo's book is refused: "
                        + refused.problems().getFirst().text());
            case ChangeOutcome.Conflicted _ -> throw new IllegalStateException("the demo's book is somebody else's");
        };
    }

    private static List<Item> facts() {
        List<Item> items = new ArrayList<>();
        for (Place place : Place.values()) {
            items.add(Item.add(
                    Kind.FACILITY,
                    place + "-hall-1",
                    Map.of(
                            "site",
                            place.name(),
                            "name",
                            place.nameEnglish + " gateway hall",
                            "owner",
                            "National Internet Gateway")));
        }
        for (DemoMember member : DemoMember.values()) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("as-sets", "AS" + member.asn() + ":AS-" + member.name());
            fields.put("web-address", "https://" + member.id() + ".example/");
            if (member != LATE_COMER) {
                fields.put("tin", String.format("K%03d-2024%05d", 1 + member.ordinal() % 9, 10_000 + member.ordinal()));
            }
            for (String role : List.of("noc", "peering", "abuse", "billing")) {
                fields.put("contact-" + role, role + "@" + member.id() + ".example");
            }
            items.add(Item.amend(Kind.OPERATOR, member.id(), 1, fields));
            items.add(Item.amend(
                    Kind.LINK,
                    member.port(),
                    1,
                    Map.of(
                            "in-service-from", OPENED.toString(),
                            "committed-rate", Math.max(1, member.portGigabits / 4) + "G",
                            "contract", "NIG-2025-" + (100 + member.ordinal()))));
        }
        for (DemoRemote.Cable cable : DemoRemote.Cable.values()) {
            items.add(Item.amend(
                    Kind.LINK,
                    cable.id(),
                    1,
                    Map.of("in-service-from", OPENED.toString(), "counterpart-country", cable.country())));
        }
        return items;
    }

    private static String licence(DemoMember member) {
        return "LIC-" + member.name();
    }

    private static List<Item> licences() {
        List<Item> items = new ArrayList<>();
        for (DemoMember member : DemoMember.values()) {
            boolean isMobile = member.nameEnglish.contains("Wireless") || member.nameEnglish.contains("Mobile");
            items.add(Item.add(
                    Kind.LICENCE,
                    licence(member),
                    Map.of(
                            "operator",
                            member.id(),
                            "regime",
                            "kh",
                            "type",
                            isMobile ? "mobile" : "isp",
                            "granted",
                            LocalDate.of(2018, 1 + member.ordinal() % 12, 15).toString(),
                            "decision",
                            (11 + member.ordinal()) + "/2018")));
        }
        return items;
    }
}
