// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tonle.gateway.config.Configuration;
import tonle.gateway.config.ConfigurationFile;
import tonle.traffic.topology.FileOriginTable;
import tonle.traffic.topology.Topology;

/**
 * One state of the configuration with the tables that it names, swapped whole on reload.
 *
 * @param tables what was found in the files of origins and registries, in words
 */
record Setting(Configuration configuration, FileOriginTable origins, List<String> tables) {
    /** Bad lines of tables that are shown; the rest is counted. */
    private static final int BAD_LINES_SHOWN = 3;

    /**
     * Reads {@code file} and all that it names, or the defaults where it is absent and need not exist.
     *
     * @throws IOException with everything that is wrong: nothing has changed then
     */
    static Setting read(Path file, boolean mustExist, long version) throws IOException {
        Configuration configuration = mustExist || Files.exists(file)
                ? ConfigurationFile.read(file, version)
                : ConfigurationFile.defaults(file.getParent());
        List<Path> files = new ArrayList<>(configuration.gateway().tables().origins());
        files.addAll(configuration.gateway().tables().rirStatistics());
        for (Path table : files) {
            if (!Files.isReadable(table)) {
                throw new NoSuchFileException(
                        table.toString(),
                        null,
                        "the table that " + file + " names cannot be read; mend 'tables' there");
            }
        }
        FileOriginTable origins = files.isEmpty() ? FileOriginTable.empty() : FileOriginTable.read(files);
        return new Setting(configuration, origins, files.isEmpty() ? List.of() : words(origins));
    }

    private static List<String> words(FileOriginTable origins) {
        List<String> words = new ArrayList<>();
        words.add(String.format(
                "tables     %,d prefixes with their origin AS, %,d AS with a country",
                origins.prefixCount(), origins.countryCount()));
        if (origins.badLineCount() > 0) {
            words.add(String.format("  warning: %,d lines of the tables were left out", origins.badLineCount()));
            origins.badLines().stream()
                    .limit(BAD_LINES_SHOWN)
                    .map(line -> "    " + line.file() + ":" + line.line() + ": " + line.reason())
                    .forEach(words::add);
        }
        return words;
    }

    /** The same settings with who is connected from elsewhere. */
    Setting with(Topology topology) {
        return new Setting(
                new Configuration(topology, configuration.gateway(), configuration.files()), origins, tables);
    }

    /** How much of everything there is, for a line. */
    String counts() {
        var topology = configuration.topology();
        return String.format(
                "%,d sites, %,d operators, %,d links, %,d exporters",
                topology.sites().size(),
                topology.members().size(),
                topology.links().size(),
                topology.exporters().size());
    }
}
