// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tonle.base.DeviceAddress;
import tonle.base.Json;
import tonle.wire.Fault;
import tonle.wire.capture.Capture;
import tonle.wire.capture.DatagramSink;
import tonle.wire.dissect.Dissector;
import tonle.wire.dissect.Field;
import tonle.wire.dissect.Mark;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.Template;
import tonle.wire.flow.TemplateLookup;

/** {@code tonle dissect}: what each octet of a flow export datagram says, with host bits masked. */
@CommandLine.Command(
        name = "dissect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows the field tree of flow export datagrams: offset, size, name, value, and ! where something is wrong.",
            "Host bits of addresses, ports, MAC addresses and elements about people are never shown."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tonle dissect capture.pcap",
            "  tonle dissect --only 17 capture.pcap",
            "  tonle dissect --hex '00 05 00 01 …'"
        })
final class DissectCommand implements Command {
    /** What is dissected: one of the two. */
    static final class Source {
        @Parameters(paramLabel = "FILE", description = "a capture file")
        private Path file;

        @Option(names = "--hex", paramLabel = "OCTETS", description = "one datagram in hexadecimal digits")
        private String hex;
    }

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(names = "--only", paramLabel = "N", description = "only the Nth datagram of the file, from 1")
    private long only;

    @Option(names = "--faults", description = "only datagrams in which something is wrong")
    private boolean faultsOnly;

    @CommandLine.Mixin
    private Output output;

    /** A terminal is no place for a million trees. */
    private static final int DATAGRAMS_DEFAULT = 10;

    private static final int HEX_OCTETS_MAX = 65_535;

    @Override
    public ExitCode run(Console console) throws IOException {
        Output.Shape shape = output.shape(console);
        if (shape == Output.Shape.CSV) {
            throw new CommandFailure(ExitCode.USAGE, "a tree has no comma-separated form", "--json or --ndjson");
        }
        output.fields(Set.of("datagrams"));
        Json json = shape == Output.Shape.JSON || shape == Output.Shape.NDJSON
                ? new Json(console.out(), shape == Output.Shape.JSON)
                : null;
        if (shape == Output.Shape.JSON) {
            json.beginObject().name("datagrams").beginArray();
        }
        Trees trees = new Trees(console, json, shape);
        if (source.hex != null) {
            try (Arena arena = Arena.ofConfined()) {
                byte[] octets = octets(source.hex);
                MemorySegment datagram = arena.allocate(Math.max(1, octets.length));
                MemorySegment.copy(octets, 0, datagram, ValueLayout.JAVA_BYTE, 0, octets.length);
                trees.datagram(datagram.asSlice(0, octets.length), DeviceAddress.ofIpv4(0), 0, 0, 0);
            }
        } else {
            Capture.read(source.file, trees, _ -> {});
        }
        if (shape == Output.Shape.JSON) {
            json.endArray().endObject().endLine();
        }
        trees.end();
        return trees.shown > 0
                ? ExitCode.DONE
                : trees.seen == 0 && trees.hasDamage ? ExitCode.MALFORMED : ExitCode.FOUND_NOTHING;
    }

    private static byte[] octets(String hex) {
        String digits = hex.replaceAll("[\\s:,]|0[xX]", "");
        if (!digits.matches("([0-9a-fA-F]{2})+") || digits.length() / 2 > HEX_OCTETS_MAX) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--hex takes 1 to " + Figures.grouped(HEX_OCTETS_MAX) + " octets in pairs of hexadecimal digits",
                    "tonle dissect --hex '000a0010 …'");
        }
        return HexFormat.of().parseHex(digits);
    }

    /** Prints a tree for each datagram, and learns its templates for those that follow. */
    private final class Trees implements DatagramSink {
        private final Console console;
        private final Json json;
        private final Output.Shape shape;
        private final int limit;
        private final Map<TemplateKey, Template> templates = new HashMap<>();
        private DeviceAddress address;
        private long seen;
        private long shown;
        private long held;
        private boolean hasDamage;

        private record TemplateKey(DeviceAddress address, FlowProtocol protocol, long domain, int id) {}

        Trees(Console console, Json json, Output.Shape shape) {
            this.console = console;
            this.json = json;
            this.shape = shape;
            int asked = output.limit(shape);
            limit = shape == Output.Shape.TEXT ? Math.max(asked, DATAGRAMS_DEFAULT) : asked;
        }

        @Override
        public void datagram(
                MemorySegment payload, DeviceAddress source, int sourcePort, int destinationPort, long captureMicros) {
            seen++;
            address = source;
            TemplateLookup lookup = this::template;
            boolean isWanted = only == 0 || only == seen;
            if (isWanted) {
                Field tree = Dissector.dissect(payload, lookup);
                if (!faultsOnly || hasMark(tree)) {
                    show(tree, source);
                }
            }
            TemplateLearner.learn(payload, lookup, this::learn);
        }

        private void show(Field tree, DeviceAddress source) {
            if (shown >= limit) {
                held++;
                return;
            }
            shown++;
            if (json != null) {
                write(json, tree);
                if (shape == Output.Shape.NDJSON) {
                    json.endLine();
                }
                return;
            }
            String from =
                    DissectCommand.this.source.hex != null ? "" : "datagram " + seen + " from " + source.text() + "\n";
            console.out().append(shown > 1 ? "\n" : "").append(from).append(tree.text());
        }

        private Template template(FlowProtocol protocol, long domain, int id) {
            return templates.get(new TemplateKey(address, protocol, domain, id));
        }

        private void learn(Template template) {
            if (templates.size() < Template.FIELD_COUNT_MAX) {
                templates.put(
                        new TemplateKey(address, template.protocol(), template.domain(), template.id()), template);
            }
        }

        @Override
        public void malformed(Fault fault, long offsetOctets) {
            hasDamage = true;
            console.err()
                    .println("warning: " + FaultWords.of(fault) + ", at octet " + Figures.grouped(offsetOctets)
                            + " of the file");
        }

        void end() {
            if (held > 0) {
                console.err()
                        .println("… " + Figures.grouped(held) + " more datagrams; --limit 0 for all, --only N for one");
            }
        }
    }

    private static boolean hasMark(Field field) {
        return field.mark().isPresent() || field.children().stream().anyMatch(DissectCommand::hasMark);
    }

    private static void write(Json json, Field field) {
        json.beginObject()
                .member("name", field.name())
                .member("offsetOctets", field.offsetOctets())
                .member("sizeOctets", field.sizeOctets());
        if (!field.valueText().isEmpty()) {
            json.member("value", field.valueText());
        }
        if (field.mark().isPresent()) {
            Mark mark = field.mark().orElseThrow();
            json.member("fault", FaultWords.key(mark.fault())).member("reference", mark.reference());
        }
        if (!field.children().isEmpty()) {
            json.name("children").beginArray();
            field.children().forEach(child -> write(json, child));
            json.endArray();
        }
        json.endObject();
    }
}
