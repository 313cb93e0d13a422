// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tonle.base.DeviceAddress;
import tonle.base.Network;
import tonle.base.Prefix;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.Member;
import tonle.traffic.topology.Site;

/** The go-to box: one exact hit opens, several are listed, none offers the nearest. What was typed is kept nowhere. */
final class GoTo {
    private static final int HITS_MAX = 50;

    private final Visit visit;
    private final List<Hit> hits = new ArrayList<>();

    private GoTo(Visit visit) {
        this.visit = visit;
    }

    private record Hit(String kind, String name, String words, String href, boolean exact) {}

    static Answer answer(Visit visit) {
        visit.knows("q", "at");
        String typed = visit.ask().get("q").orElse("").replace("\u200b", "").strip();
        if (typed.startsWith(">")) {
            return command(visit, typed.substring(1).strip().toLowerCase(Locale.ROOT));
        }
        GoTo search = new GoTo(visit);
        if (!typed.isEmpty()) {
            search.find(typed);
        }
        List<Hit> exact = search.hits.stream().filter(Hit::exact).toList();
        if (exact.size() == 1) {
            return new Answer.Moved(exact.getFirst().href());
        }
        return new Answer.Shown(search.page(typed));
    }

    /** {@code > dark}, {@code > km}, {@code > utc}: the page where it was typed, seen otherwise. */
    private static Answer command(Visit visit, String command) {
        Optional<Ask> at = Ask.parse(
                visit.ask().get("at").filter(a -> a.matches("/[^/\\\\].*|/")).orElse("/"));
        Map<String, String> change = switch (command) {
            case "dark", "light" -> Map.of("theme", command);
            case "km", "en" -> Map.of("lang", command);
            case "utc" -> Map.of("tz", "UTC");
            case "local" -> Map.of("tz", "");
            default -> Map.of();
        };
        Ask.Format format = switch (command) {
            case "csv" -> Ask.Format.CSV;
            case "json" -> Ask.Format.JSON;
            default -> Ask.Format.HTML;
        };
        return new Answer.Moved(at.map(a -> a.with(format, change)).orElse("/"));
    }

    private void find(String typed) {
        String folded = typed.toLowerCase(Locale.ROOT);
        boolean hasRegistry = visit.services().registry().get().isPresent();
        for (Link link : visit.topology().links()) {
            add("link", link.id(), link.id() + " · " + visit.ends(link), visit.linkPage(link.id()), folded);
        }
        for (Member member : visit.topology().members()) {
            String href = hasRegistry
                    ? visit.link("/operators/" + member.id())
                    : visit.link("/traffic", "by", "link", "where", "member = " + member.id());
            String names = member.nameEnglish() + " " + member.nameKhmer().replace("\u200b", "");
            add("member", member.id(), visit.memberName(member.id()) + asns(member), href, folded, names);
        }
        for (Exporter exporter : visit.topology().exporters()) {
            String addresses = String.join(
                    " ", exporter.addresses().stream().map(DeviceAddress::text).toList());
            add("exporter", exporter.id(), exporter.id(), visit.link("/exporters/" + exporter.id()), folded, addresses);
        }
        for (Site site : visit.topology().sites()) {
            String href = hasRegistry
                    ? visit.link("/sites/" + site.id())
                    : visit.link("/traffic", "by", "link", "where", "site = " + site.id());
            add(
                    "site",
                    site.id(),
                    visit.siteName(site.id()),
                    href,
                    folded,
                    site.nameEnglish() + " " + site.nameKhmer());
        }
        for (String path : Pages.PATHS) {
            String key = path.equals("/") ? "overview" : path.substring(path.lastIndexOf('/') + 1);
            add("page", key, visit.say("page." + key), visit.link(path), folded, visit.say("page." + key));
        }
        if (typed.toUpperCase(Locale.ROOT).matches("CHG-[0-9]{4}-[0-9]{4,}")) {
            String id = typed.toUpperCase(Locale.ROOT);
            hits.add(new Hit("change", id, id, visit.link("/registry/changes/" + id), true));
        }
        asn(folded);
        network(typed);
    }

    private static String asns(Member member) {
        return member.asns().isEmpty()
                ? ""
                : " · AS"
                        + String.join(
                                ", AS",
                                member.asns().stream().map(String::valueOf).toList());
    }

    private void add(String kind, String id, String words, String href, String folded, String... otherNames) {
        String others = String.join(" ", otherNames).toLowerCase(Locale.ROOT);
        boolean exact =
                id.toLowerCase(Locale.ROOT).equals(folded) || others.strip().equals(folded);
        boolean part = id.toLowerCase(Locale.ROOT).contains(folded) || others.contains(folded);
        if ((exact || part) && hits.size() < HITS_MAX) {
            hits.add(new Hit(kind, id, words, href, exact));
        }
    }

    private void asn(String folded) {
        String digits = folded.startsWith("as") ? folded.substring(2).strip() : folded;
        if (digits.matches("[0-9]{1,10}") && Long.parseLong(digits) > 0 && Long.parseLong(digits) <= 0xFFFF_FFFFL) {
            String name = visit.origins().name(Long.parseLong(digits));
            hits.add(new Hit(
                    "remote-as",
                    "AS" + digits,
                    ("AS" + digits + " " + name).strip(),
                    visit.link("/traffic", "by", "member", "where", "remote-as = " + digits),
                    true));
        }
    }

    /** An address or prefix leads to who holds it, by its /24 or /48: host bits are dropped here and go nowhere. */
    private void network(String typed) {
        String address = typed.contains("/") ? typed.substring(0, typed.indexOf('/')) : typed;
        Optional<DeviceAddress> parsed = DeviceAddress.parse(address);
        if (parsed.isEmpty()) {
            return;
        }
        boolean four = parsed.get().ipVersion() == 4;
        long high = parsed.get().high();
        Prefix masked = four
                ? new Prefix(4, high & 0xFFFF_FF00_0000_0000L, 0, 24)
                : new Prefix(6, high & 0xFFFF_FFFF_FFFF_0000L, 0, 48);
        for (Member member : visit.topology().members()) {
            if (member.prefixes().stream().anyMatch(p -> p.covers(masked))) {
                hits.add(new Hit(
                        "member",
                        member.id(),
                        visit.memberName(member.id()) + " · " + masked.text(),
                        visit.link("/traffic", "by", "link", "where", "member = " + member.id()),
                        false));
            }
        }
        long asn = visit.origins().originAsn(four ? Network.ofIpv4((int) (high >>> 40)) : Network.ofIpv6(high >>> 16));
        if (asn > 0) {
            hits.add(new Hit(
                    "remote-as",
                    "AS" + asn,
                    ("AS" + asn + " " + visit.origins().name(asn)).strip() + " · " + masked.text(),
                    visit.link("/traffic", "by", "member", "where", "remote-as = " + asn),
                    false));
        }
    }

    private Page page(String typed) {
        List<Column> columns = List.of(
                Column.of("kind", visit.say("column.kind"), Kind.TEXT),
                Column.chief("name", visit.say("column.name"), Kind.ID),
                Column.chief("words", visit.say("column.what"), Kind.TEXT));
        List<Table.Row> rows = hits.stream()
                .map(h -> Table.Row.of(
                        Cell.named(h.kind(), visit.say("go." + h.kind())),
                        Cell.text(h.name()).opens(h.href()),
                        Cell.text(h.words())))
                .toList();
        String sentence;
        if (typed.isEmpty()) {
            sentence = visit.say("go.first");
        } else if (rows.isEmpty()) {
            List<String> known = new ArrayList<>();
            visit.topology().links().forEach(l -> known.add(l.id()));
            visit.topology().members().forEach(m -> known.add(m.id()));
            visit.topology().exporters().forEach(e -> known.add(e.id()));
            sentence = Nearest.of(typed, known)
                    .map(n -> visit.say("go.nearest", typed, n))
                    .orElse(visit.say("go.none", typed));
        } else {
            sentence = visit.say("go.several", rows.size(), typed);
        }
        Table table = Table.of("hits", visit.say("go.caption"), columns, rows, visit.say("go.help"));
        return Page.of("", visit.say("page.go"), sentence, List.of(table), "").drawnBy("go");
    }
}
