// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import tonle.traffic.topology.Topology;

/**
 * Reads a configuration whole: the main file, and beside it the folder {@link #TAKEN_IN} with one file for each
 * exporter that was taken in from a page or the command line. Those hold the key {@code exporters} only; so enrolment
 * never rewrites what a person wrote, and letting an exporter go is removing its file.
 */
public final class ConfigurationFile {
    /** The folder beside the main file, read in the order of names. */
    public static final String TAKEN_IN = "exporters.d";

    private ConfigurationFile() {}

    /**
     * The configuration that {@code file} holds.
     *
     * @param version the number of the topology that is made
     * @throws ConfigurationRefused where anything in it is wrong
     * @throws IOException where it cannot be read
     */
    public static Configuration read(Path file, long version) throws IOException {
        Problems problems = new Problems();
        List<Path> files = new ArrayList<>(List.of(file));
        files.addAll(takenIn(file));
        List<Section> roots = new ArrayList<>();
        for (Path each : files) {
            String name = each.equals(file) ? file.toString() : TAKEN_IN + "/" + each.getFileName();
            Section root = root(name, textOf(each, name, problems), problems);
            if (!each.equals(file)) {
                refuseAllBut("exporters", root, problems);
            }
            roots.add(root);
        }
        return assemble(roots, file.toAbsolutePath().getParent(), version, files, problems);
    }

    /** The configuration that {@code text} writes; relative paths start at {@code folder}. */
    public static Configuration parse(String name, String text, Path folder, long version) throws ConfigurationRefused {
        Problems problems = new Problems();
        return assemble(List.of(root(name, text, problems)), folder, version, List.of(), problems);
    }

    /** What holds where there is no file at all: every default, and nobody connected. */
    public static Configuration defaults(Path folder) {
        try {
            return parse("defaults", "", folder, 1);
        } catch (ConfigurationRefused e) {
            throw new IllegalStateException("the defaults of the configuration are refused: " + e.getMessage(), e);
        }
    }

    /** The files of taken-in exporters beside {@code file}, in the order of names. */
    public static List<Path> takenIn(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent().resolve(TAKEN_IN);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().endsWith(".yaml"))
                    .filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .limit(Keys.INCLUDED_FILES_MAX)
                    .toList();
        }
    }

    private static Configuration assemble(
            List<Section> roots, Path folder, long version, List<Path> files, Problems problems)
            throws ConfigurationRefused {
        Section main = roots.getFirst();
        GatewayConfig gateway = new GatewayReader(problems).read(main, folder);
        Topology topology = new TopologyReader(problems, gateway.policies()).read(roots, version);
        if (!problems.isEmpty()) {
            throw new ConfigurationRefused(problems.all());
        }
        return new Configuration(topology, gateway, files);
    }

    private static void refuseAllBut(String name, Section root, Problems problems) {
        for (String other : Keys.namesIn("")) {
            if (root.has(other) && !other.equals(name)) {
                problems.add(
                        root.spot(other),
                        "a file in " + TAKEN_IN + " holds '" + name + "' only; move '" + other + "' to the main file");
            }
        }
    }

    private static String textOf(Path file, String name, Problems problems) throws IOException {
        byte[] octets;
        try (InputStream in = Files.newInputStream(file)) {
            octets = in.readNBytes(Keys.FILE_OCTETS_MAX + 1);
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(file.toString(), null, "there is no such configuration file");
        }
        if (octets.length > Keys.FILE_OCTETS_MAX) {
            problems.add(
                    new Spot(name, 0, 0),
                    "the file is larger than " + Keys.FILE_OCTETS_MAX
                            + " octets, the most that is read; split off what " + "belongs into tables");
            return "";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException _) {
            problems.add(new Spot(name, 0, 0), "the file is not UTF-8 text; save it as UTF-8");
            return "";
        }
    }

    private static Section root(String name, String text, Problems problems) {
        Spot whole = new Spot(name, 1, 1);
        return new Section(problems, name, "", compose(name, text, problems), whole);
    }

    /** The root node, or {@code null} for an empty or broken document. */
    private static Node compose(String name, String text, Problems problems) {
        // Aliases of lists and mappings stay forbidden: a few lines of them unfold to more than any memory holds.
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(Keys.FILE_OCTETS_MAX)
                .build();
        try {
            Iterator<Node> documents =
                    new Compose(settings).composeAllFromString(text).iterator();
            Node root = documents.hasNext() ? documents.next() : null;
            if (documents.hasNext()) {
                problems.add(new Spot(name, 0, 0), "the file holds more than one document ('---'); keep one");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            Spot spot = mark.map(at -> new Spot(name, at.getLine() + 1, at.getColumn() + 1))
                    .orElse(new Spot(name, 0, 0));
            problems.add(spot, "this is not YAML: " + (e.getProblem() == null ? "it cannot be read" : e.getProblem()));
        } catch (YamlEngineException e) {
            problems.add(new Spot(name, 0, 0), "this YAML is not read here: " + firstLine(e.getMessage()));
        } catch (StackOverflowError _) {
            problems.add(new Spot(name, 0, 0), "lists or mappings stand inside each other too deep to be read");
        }
        return null;
    }

    private static String firstLine(String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("");
    }
}
