// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.List;
import tonle.portal.GatewayStatus;
import tonle.portal.table.Kind;
import tonle.portal.table.Scale;
import tonle.portal.table.Tone;
import tonle.traffic.exporter.Conservation;
import tonle.traffic.exporter.ExporterHealth;
import tonle.traffic.reconcile.Finding;
import tonle.traffic.store.StoreHealth;

/** What needs somebody to act, ordered by harm. Nothing is here that cannot be acted on. */
public final class Attention {
    /** No datagram for so long: an exporter that sends anything sends templates or counters more often. */
    static final long SILENT_SECONDS = 300;

    private Attention() {}

    /**
     * One thing to do.
     *
     * @param sign a mark that does not rest on colour
     * @param text what is the matter; @param action the words of the link to where it is mended
     */
    public record Item(Tone tone, String sign, String text, String action, String href) {}

    static List<Item> of(Visit visit, List<Loads> loads) {
        List<Item> items = new ArrayList<>();
        store(visit, items);
        listeners(visit, items);
        exporters(visit, items);
        for (Loads load : loads) {
            if (load.worst() >= Loads.HIGH) {
                items.add(loadItem(visit, load, Tone.BAD));
            }
        }
        for (Finding finding : visit.services().meter().findings()) {
            items.add(new Item(
                    Tone.CAUTION,
                    "≠",
                    visit.say(
                            "finding." + finding.cause().name(),
                            finding.link(),
                            visit.say("direction." + finding.direction().key()),
                            Scale.say(Kind.RATIO, finding.ratio())),
                    visit.say("action.exporter", finding.exporter()),
                    visit.link("/exporters/" + finding.exporter())));
        }
        for (Loads load : loads) {
            if (load.worst() >= Loads.RAISED && load.worst() < Loads.HIGH) {
                items.add(loadItem(visit, load, Tone.CAUTION));
            }
        }
        return items;
    }

    private static void store(Visit visit, List<Item> items) {
        StoreHealth health = visit.store().health();
        if (!health.writable()) {
            items.add(new Item(
                    Tone.BAD,
                    "✕",
                    visit.say("attention.store", visit.age(health.troubleSinceMillis() / 1000)),
                    visit.say("page.status"),
                    visit.link("/status")));
        }
        for (String trouble : visit.services().status().get().troubles()) {
            items.add(new Item(Tone.BAD, "✕", trouble, visit.say("page.status"), visit.link("/status")));
        }
        Conservation sums = visit.services().meter().conservation();
        if (!sums.holds()) {
            items.add(new Item(
                    Tone.BAD,
                    "✕",
                    visit.say("attention.conservation"),
                    visit.say("page.status"),
                    visit.link("/status")));
        }
    }

    private static void listeners(Visit visit, List<Item> items) {
        for (GatewayStatus.Listener listener : visit.services().status().get().listeners()) {
            if (!listener.trouble().isEmpty()) {
                items.add(new Item(
                        Tone.BAD,
                        "✕",
                        visit.say("attention.listener", listener.name(), listener.port()),
                        visit.say("page.status"),
                        visit.link("/status")));
            }
        }
    }

    private static void exporters(Visit visit, List<Item> items) {
        List<Item> later = new ArrayList<>();
        for (ExporterHealth health : visit.services().meter().exporters()) {
            String name = health.id().isEmpty() ? health.address() : health.id();
            String href = visit.link("/exporters/" + name);
            long heard = health.lastHeardMillis() / 1000;
            if (health.id().isEmpty()) {
                later.add(new Item(
                        Tone.CAUTION,
                        "?",
                        visit.say("attention.unknown", name),
                        visit.say("action.accept"),
                        visit.link("/exporters")));
            } else if (heard > 0 && visit.nowSeconds() - heard > SILENT_SECONDS) {
                items.add(new Item(
                        Tone.BAD,
                        "◌",
                        visit.say("attention.silent", name, visit.age(heard)),
                        visit.say("action.exporter", name),
                        href));
            }
            for (ExporterHealth.Alarm alarm : health.alarms()) {
                later.add(new Item(
                        Tone.CAUTION,
                        "▲",
                        name + ": " + ExporterWords.alarm(visit, alarm),
                        visit.say("action.exporter", name),
                        href));
            }
        }
        items.addAll(later);
    }

    private static Item loadItem(Visit visit, Loads load, Tone tone) {
        boolean in = load.inLoad() >= load.outLoad() || Double.isNaN(load.outLoad());
        String id = load.link().id();
        return new Item(
                tone,
                "▲",
                visit.say(
                        "attention.load",
                        id,
                        visit.say(in ? "direction.in" : "direction.out"),
                        Scale.say(Kind.SHARE, load.worst())),
                visit.say("action.fills"),
                visit.link(
                        "/traffic",
                        "by",
                        "member,remote-as",
                        "where",
                        "link = " + id,
                        "direction",
                        in ? "in" : "out",
                        "from",
                        "now-6h"));
    }
}
