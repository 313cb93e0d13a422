// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tonle.gateway.config.ConfigurationFile;
import tonle.gateway.config.ConfigurationText;
import tonle.gateway.file.WholeFile;
import tonle.traffic.topology.Topology;

/**
 * What the book said last, as a file in the data directory: metering starts from it while the database is away. It is
 * there as long as the book rules, and nobody edits it.
 */
public final class TopologyCopy {
    private static final String NAME = "registry-topology.yaml";

    private final Path file;
    private Optional<Topology> kept = Optional.empty();

    public TopologyCopy(Path folder) {
        this.file = folder.resolve(NAME);
    }

    public Path file() {
        return file;
    }

    /** Writes it whole, or removes it where the book does not rule. */
    public void keep(Optional<Topology> said) throws IOException {
        if (said.isEmpty()) {
            kept = said;
            Files.deleteIfExists(file);
            return;
        }
        if (kept.isPresent() && BookTopology.differences(kept.get(), said.get()).isEmpty()) {
            return;
        }
        WholeFile.write(
                file,
                "# What the registry said last, for a start without its database. Do not edit: it is written anew.\n"
                        + ConfigurationText.of(said.get()));
        kept = said;
    }

    /** What was kept; empty where the file rules, or where the copy cannot be read. */
    public Optional<Topology> read(long version) {
        try {
            return Files.exists(file)
                    ? Optional.of(ConfigurationFile.parse(
                                    NAME,
                                    Files.readString(file),
                                    file.toAbsolutePath().getParent(),
                                    version)
                            .topology())
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
