// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.List;
import tonle.portal.GatewayStatus;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.traffic.exporter.Conservation;
import tonle.traffic.store.StoreHealth;

/** The gateway itself: does it receive, keep and account for everything? */
public final class Status {
    private Status() {}

    /** What the template shows beside the tables. */
    public record Body(String version, String running, String configuration, String reloaded, List<String> troubles) {}

    static Page page(Visit visit) {
        visit.knows();
        GatewayStatus status = visit.services().status().get();
        StoreHealth store = visit.store().health();
        Conservation sums = visit.services().meter().conservation();
        List<String> troubles = new ArrayList<>();
        for (GatewayStatus.Listener listener : status.listeners()) {
            if (!listener.trouble().isEmpty()) {
                troubles.add(visit.say("status.listener", listener.name(), listener.port(), listener.trouble()));
            }
            if (listener.bufferGotOctets() < listener.bufferAskedOctets()) {
                troubles.add(visit.say(
                        "status.buffer",
                        listener.name(),
                        LinkMonthView.grouped(listener.bufferAskedOctets()),
                        LinkMonthView.grouped(listener.bufferGotOctets())));
            }
        }
        if (!store.writable()) {
            troubles.add(visit.say("status.store", store.trouble(), visit.age(store.troubleSinceMillis() / 1000)));
        }
        if (!sums.holds()) {
            troubles.add(visit.say("attention.conservation"));
        }
        if (!status.reloadTrouble().isEmpty()) {
            troubles.add(visit.say("status.reload", status.reloadTrouble()));
        }
        troubles.addAll(status.troubles());
        String sentence = troubles.isEmpty() ? visit.say("status.fine") : visit.say("status.troubles", troubles.size());
        Body body = new Body(
                status.version(),
                visit.age(status.startedMillis() / 1000),
                status.configurationFile(),
                status.reloadedMillis() == 0 ? "" : visit.time(status.reloadedMillis() / 1000),
                troubles);
        return Page.of(
                        "status",
                        visit.say("page.status"),
                        sentence,
                        List.of(listeners(visit, status), conservation(visit, sums), store(visit, store)),
                        body)
                .restingOn(visit.newestWhole(store.newestBinSeconds()))
                .asCommand("tonle status")
                .renewedEvery(15);
    }

    private static Table listeners(Visit visit, GatewayStatus status) {
        List<Column> columns = List.of(
                Column.chief("listener", visit.say("column.listener"), Kind.ID),
                Column.of("transport", visit.say("column.transport"), Kind.TEXT),
                Column.chief("received", visit.say("column.received"), Kind.COUNT),
                Column.of("bufferGotOctets", visit.say("column.buffergot"), Kind.OCTETS),
                Column.of("kernelDropped", visit.say("column.kerneldropped"), Kind.COUNT),
                Column.of("queueDropped", visit.say("column.queuedropped"), Kind.COUNT),
                Column.of("queueLength", visit.say("column.queue"), Kind.COUNT),
                Column.of("connections", visit.say("column.connections"), Kind.COUNT),
                Column.of("state", visit.say("column.state"), Kind.TEXT));
        List<Table.Row> rows = status.listeners().stream()
                .map(l -> Table.Row.of(
                        Cell.text(l.name()),
                        Cell.text(l.transport()),
                        Cell.count(l.received()),
                        buffer(l),
                        l.kernelDropped() < 0 ? Cell.EMPTY : Cell.count(l.kernelDropped()),
                        Cell.count(l.queueDropped()),
                        Cell.count(l.queueLength()),
                        Cell.count(l.connections()),
                        state(visit, l)))
                .toList();
        return Table.of("listeners", visit.say("status.listeners"), columns, rows, visit.say("status.nolisteners"));
    }

    /** Streams have no receive buffer of Tonle's own. */
    private static Cell buffer(GatewayStatus.Listener listener) {
        return listener.bufferAskedOctets() == 0
                ? Cell.EMPTY
                : Cell.count(listener.bufferGotOctets())
                        .toned(listener.bufferGotOctets() < listener.bufferAskedOctets() ? Tone.CAUTION : Tone.PLAIN);
    }

    private static Cell state(Visit visit, GatewayStatus.Listener listener) {
        if (!listener.trouble().isEmpty()) {
            return new Cell("fails", listener.trouble(), "", Tone.BAD);
        }
        return listener.awaitsCertificate()
                ? new Cell("awaits-certificate", visit.say("state.awaits"), "", Tone.QUIET)
                : new Cell("listens", visit.say("state.listens"), "", Tone.GOOD);
    }

    private static Table conservation(Visit visit, Conservation sums) {
        List<Column> columns = List.of(
                Column.chief("decodedOctets", visit.say("column.decoded"), Kind.COUNT),
                Column.chief("bookedOctets", visit.say("column.written"), Kind.COUNT),
                Column.of("underWayOctets", visit.say("column.underway"), Kind.COUNT),
                Column.of("heldOctets", visit.say("column.held"), Kind.COUNT),
                Column.of("setAsideOctets", visit.say("column.setaside"), Kind.COUNT),
                Column.of("rejectedOctets", visit.say("column.rejected"), Kind.COUNT),
                Column.of("refusedOctets", visit.say("column.refusedoctets"), Kind.COUNT),
                Column.of("holds", visit.say("column.holds"), Kind.FLAG));
        Table.Row row = Table.Row.of(
                Cell.count(sums.decoded()),
                Cell.count(sums.booked()),
                Cell.count(sums.underWay()),
                Cell.count(sums.held()),
                Cell.count(sums.setAside()).toned(sums.setAside() > 0 ? Tone.BAD : Tone.PLAIN),
                Cell.count(sums.rejected()),
                Cell.count(sums.refused()),
                Cell.flag(sums.holds()).toned(sums.holds() ? Tone.GOOD : Tone.BAD));
        return Table.of("conservation", visit.say("status.conservation"), columns, List.of(row), "");
    }

    private static Table store(Visit visit, StoreHealth health) {
        List<Column> columns = List.of(
                Column.chief("writable", visit.say("column.writable"), Kind.FLAG),
                Column.chief("sizeOctets", visit.say("column.size"), Kind.OCTETS),
                Column.of("volumeRows", visit.say("column.volumerows"), Kind.COUNT),
                Column.of("oldestBin", visit.say("column.oldest"), Kind.TIME),
                Column.of("newestBin", visit.say("column.newest"), Kind.TIME),
                Column.of("writtenBatches", visit.say("column.batches"), Kind.COUNT),
                Column.of("repeatedBatches", visit.say("column.repeated"), Kind.COUNT),
                Column.of("shedRows", visit.say("column.shed"), Kind.COUNT));
        Table.Row row = Table.Row.of(
                Cell.flag(health.writable()).toned(health.writable() ? Tone.GOOD : Tone.BAD),
                Cell.count(health.sizeOctets()),
                Cell.count(health.volumeRows()),
                Cell.time(health.oldestBinSeconds()),
                Cell.time(health.newestBinSeconds()),
                Cell.count(health.writtenBatches()),
                Cell.count(health.repeatedBatches()),
                Cell.count(health.shedRows()).toned(health.shedRows() > 0 ? Tone.BAD : Tone.PLAIN));
        return Table.of("store", visit.say("status.storetable"), columns, List.of(row), "");
    }
}
