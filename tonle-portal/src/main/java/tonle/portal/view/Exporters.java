// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tonle.portal.Enrolment;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.traffic.exporter.ExporterHealth;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.Site;

/** All sources of flow data: who is heard, who is not, who is unknown? */
public final class Exporters {
    private static final int UNKNOWN_SHOWN = 20;

    private Exporters() {}

    /** What the template draws beside the table. */
    public record Body(
            List<Unknown> unknown,
            int unknownMore,
            List<Option> sites,
            List<Option> kinds,
            boolean mayAccept,
            String notice,
            boolean refused,
            String addHref) {}

    /** A source that nobody has taken in yet, with a name to begin from. */
    public record Unknown(String address, String protocols, String heard, long datagrams, String suggestedId) {}

    public record Option(String value, String words) {}

    static Page page(Visit visit) {
        visit.knows("accepted", "refused", "address");
        List<ExporterHealth> sources = new ArrayList<>(visit.services().meter().exporters());
        for (Exporter exporter : visit.topology().exporters()) {
            if (sources.stream().noneMatch(s -> s.id().equals(exporter.id()))) {
                sources.add(unheard(exporter));
            }
        }
        sources.sort(Comparator.comparing((ExporterHealth s) -> !s.id().isEmpty())
                .thenComparing(ExporterHealth::id)
                .thenComparing(ExporterHealth::address));
        List<ExporterHealth> unknown =
                sources.stream().filter(s -> s.id().isEmpty()).toList();
        long heard = sources.stream()
                .filter(s -> !s.id().isEmpty())
                .filter(s -> visit.nowSeconds() - s.lastHeardMillis() / 1000 <= Attention.SILENT_SECONDS)
                .count();
        String sentence = sources.isEmpty()
                ? visit.say("exporters.first")
                : visit.say("exporters.sentence", heard, sources.size() - unknown.size(), unknown.size());
        Table table = Table.of(
                "exporters",
                visit.say("exporters.caption"),
                columns(visit),
                sources.stream().map(s -> row(visit, s)).toList(),
                visit.say("exporters.first"));
        return Page.of("exporters", visit.say("page.exporters"), sentence, List.of(table), body(visit, unknown))
                .asCommand("tonle exporter list")
                .renewedEvery(unknown.isEmpty() ? 15 : 0);
    }

    private static ExporterHealth unheard(Exporter exporter) {
        String address = exporter.addresses().isEmpty()
                ? ""
                : exporter.addresses().getFirst().text();
        return new ExporterHealth(
                exporter.id(),
                address,
                List.of(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                ExporterHealth.Stated.NOTHING,
                List.of(),
                List.of(),
                java.util.Map.of(),
                List.of());
    }

    private static Body body(Visit visit, List<ExporterHealth> unknown) {
        List<Option> sites = new ArrayList<>();
        for (Site site : visit.topology().sites()) {
            sites.add(new Option(site.id(), site.id() + " · " + visit.siteName(site.id())));
        }
        List<Option> kinds = new ArrayList<>();
        for (ExporterKind kind : ExporterKind.values()) {
            kinds.add(new Option(kind.key(), visit.say("exporterkind." + kind.key())));
        }
        Optional<String> accepted = visit.ask().get("accepted");
        Optional<String> refused = visit.ask().get("refused");
        String notice = "";
        if (accepted.isPresent()) {
            notice = visit.say("enrolment.accepted", accepted.get());
        } else if (refused.isPresent()) {
            List<String> reasons = java.util.Arrays.stream(Enrolment.Reason.values())
                    .map(Enrolment.Reason::name)
                    .toList();
            notice = visit.say("enrolment." + visit.oneOf("refused", refused.get(), reasons))
                    + visit.ask().get("address").map(a -> " (" + a + ")").orElse("");
        }
        return new Body(
                unknown.stream()
                        .limit(UNKNOWN_SHOWN)
                        .map(u -> new Unknown(
                                u.address(),
                                String.join(", ", u.protocols()),
                                visit.age(u.lastHeardMillis() / 1000),
                                u.datagrams(),
                                "exporter-" + u.address().replace(':', '-').replace('.', '-')))
                        .toList(),
                Math.max(0, unknown.size() - UNKNOWN_SHOWN),
                sites,
                kinds,
                visit.settings().enrolByPage(),
                notice,
                refused.isPresent(),
                visit.link("/exporters/add"));
    }

    private static List<Column> columns(Visit visit) {
        return List.of(
                Column.chief("exporter", visit.say("column.exporter"), Kind.ID),
                Column.chief("address", visit.say("column.address"), Kind.ID),
                Column.chief("state", visit.say("column.state"), Kind.TEXT),
                Column.of("site", visit.say("dimension.site"), Kind.TEXT),
                Column.of("protocols", visit.say("column.protocols"), Kind.TEXT),
                Column.chief("lastHeard", visit.say("column.lastheard"), Kind.TIME),
                Column.of("datagrams", visit.say("column.datagrams"), Kind.COUNT),
                Column.of("records", visit.say("column.records"), Kind.COUNT),
                Column.of("samples", visit.say("column.flowsamples"), Kind.COUNT),
                Column.chief("lost", visit.say("column.lost"), Kind.COUNT),
                Column.of("lossShare", visit.say("column.lossshare"), Kind.SHARE),
                Column.of("malformed", visit.say("column.malformed"), Kind.COUNT));
    }

    private static Table.Row row(Visit visit, ExporterHealth source) {
        String name = source.id().isEmpty() ? source.address() : source.id();
        String site = visit.topology().exporters().stream()
                .filter(e -> e.id().equals(source.id()))
                .map(Exporter::site)
                .findFirst()
                .orElse("");
        long faults = ExporterWords.faults(source);
        double loss = ExporterWords.lossShare(source);
        return Table.Row.of(
                Cell.named(source.id(), name).opens(visit.link("/exporters/" + name)),
                Cell.text(source.address()),
                ExporterWords.state(visit, source),
                Cell.named(site, site.isEmpty() ? "–" : visit.siteName(site)),
                Cell.text(String.join(" ", source.protocols())),
                Cell.time(source.lastHeardMillis() / 1000)
                        .shown(
                                source.lastHeardMillis() == 0
                                        ? ""
                                        : visit.say("time.ago", visit.age(source.lastHeardMillis() / 1000))),
                Cell.count(source.datagrams()),
                Cell.count(source.records()),
                Cell.count(source.samples()),
                Cell.count(source.lost()),
                Cell.decimal(loss).toned(loss > 0.01 ? Tone.CAUTION : Tone.PLAIN),
                Cell.count(faults).toned(faults > 0 ? Tone.CAUTION : Tone.PLAIN));
    }
}
