// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tonle.registry.book.Entry;
import tonle.registry.book.Form;
import tonle.registry.book.Kind;
import tonle.registry.book.Snapshot;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.ExporterKind;
import tonle.traffic.topology.Link;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.LinkPort;
import tonle.traffic.topology.Member;
import tonle.traffic.topology.Site;
import tonle.traffic.topology.Topology;

/**
 * The topology that the book says on a day, as metering takes it. Ports on devices that send no flow data are left
 * out: nothing can be metered there. Licences are not read: what a licence says changes nothing in service.
 */
public final class BookTopology {
    private BookTopology() {}

    /**
     * @param version greater than that of the topology before
     * @param gatewayName which the configuration file says; the book has no field for it
     */
    public static Topology of(Snapshot book, long version, String gatewayName) {
        List<Exporter> exporters = book.all(Kind.DEVICE).stream()
                .filter(device -> device.flag("exports-flows"))
                .map(BookTopology::exporter)
                .toList();
        Set<String> sending = new HashSet<>();
        exporters.forEach(exporter -> sending.add(exporter.id()));
        return new Topology(
                version,
                gatewayName,
                book.all(Kind.SITE).stream().map(BookTopology::site).toList(),
                book.all(Kind.OPERATOR).stream().map(BookTopology::member).toList(),
                book.all(Kind.LINK).stream().map(link -> link(link, sending)).toList(),
                exporters);
    }

    private static Member member(Entry operator) {
        return new Member(
                operator.id(),
                operator.text("name"),
                operator.either("name-khmer", "name"),
                operator.numbers("asns"),
                operator.prefixes("prefixes"));
    }

    private static Site site(Entry site) {
        return new Site(
                site.id(), site.text("name"), site.either("name-khmer", "name"), (int) site.number("map-x"), (int)
                        site.number("map-y"));
    }

    private static Exporter exporter(Entry device) {
        return new Exporter(
                device.id(),
                device.text("site"),
                device.addresses("addresses"),
                device.addresses("agents"),
                keyed(ExporterKind.values(), ExporterKind::key, device.text("records")),
                device.number("default-rate"),
                device.list("overrides").stream().map(TopologyEntries::override).toList(),
                device.flag("scales-itself"),
                device.flag("counts-layer-2"),
                (int) device.number("active-timeout-seconds"),
                device.flag("refuses-personal"),
                device.text("certificate"));
    }

    private static Link link(Entry link, Set<String> sending) {
        List<LinkPort> ports = new ArrayList<>();
        for (String written : link.list("ports")) {
            boolean isSeen = written.endsWith(Form.SEEN);
            String port = isSeen ? written.substring(0, written.length() - Form.SEEN.length()) : written;
            int slash = port.lastIndexOf('/');
            String device = port.substring(0, slash);
            if (sending.contains(device)) {
                ports.add(new LinkPort(device, Long.parseLong(port.substring(slash + 1)), !isSeen));
            }
        }
        return new Link(
                link.id(),
                keyed(LinkKind.values(), LinkKind::key, link.text("kind")),
                link.text("site"),
                link.text("far-site"),
                link.text("operator"),
                link.text("counterpart"),
                link.bitsPerSecond("capacity"),
                ports);
    }

    private static <T> T keyed(T[] values, Function<T, String> key, String word) {
        return Arrays.stream(values)
                .filter(value -> key.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the book says " + word + ", which metering has not"));
    }

    /** What two topologies differ by, each in a sentence; versions, names of gateways and orders of lists aside. */
    static List<String> differences(Topology book, Topology file) {
        var said = TopologyEntries.of(book, _ -> {});
        var written = TopologyEntries.of(file, _ -> {});
        List<String> words = new ArrayList<>();
        for (Kind kind : TopologyEntries.KINDS) {
            if (kind == Kind.INTERFACE) {
                continue; // Their ports are told with the links.
            }
            Stream.concat(said.get(kind).keySet().stream(), written.get(kind).keySet().stream())
                    .distinct()
                    .sorted()
                    .forEach(id -> {
                        var inBook = said.get(kind).get(id);
                        var inFile = written.get(kind).get(id);
                        String object = kind.word() + " " + id;
                        if (inBook == null) {
                            words.add(object + " stands in the file and not in the book");
                        } else if (inFile == null) {
                            words.add(object + " stands in the book and not in the file");
                        } else {
                            inBook.keySet().stream()
                                    .filter(field -> !inBook.get(field).equals(inFile.get(field)))
                                    .forEach(field -> words.add(object + " differs in " + field));
                        }
                    });
        }
        return words;
    }
}
