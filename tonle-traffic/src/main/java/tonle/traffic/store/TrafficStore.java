// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tonle.traffic.Direction;
import tonle.traffic.topology.OriginTable;
import tonle.traffic.topology.Topology;

/**
 * Keeps volumes and answers questions. Writes are atomic and happen once for each (writer, sequence); what was answered
 * as written survives a kill. Thread-safe: one writer at a time, many readers.
 */
public interface TrafficStore extends AutoCloseable {
    /**
     * Whether the batch was new: {@code false} where the store already had it.
     *
     * @throws BatchRefused where it is this batch that cannot be written
     * @throws IOException where none can be written now
     */
    boolean write(VolumeBatch batch) throws IOException;

    /** The sequence to go on from for {@code writer}: one more than the highest written, 1 for a new one. */
    long nextSequence(String writer) throws IOException;

    /** Sites, link kinds and countries of a question follow from these; swapped whole. */
    void use(Topology topology, OriginTable origins);

    TrafficAnswer answer(TrafficQuery query) throws IOException;

    /** All samples of one link and direction, with the 95th percentile step by step. */
    LinkMonth month(String link, Direction direction, long fromSeconds, long toSeconds) throws IOException;

    /** The 95th percentile of every link and direction, without the samples (their arrays are empty). */
    List<LinkMonth> months(long fromSeconds, long toSeconds) throws IOException;

    /** What each link carries in the newest bin that closed before {@code nowSeconds}. */
    List<LinkRate> rates(long nowSeconds) throws IOException;

    /** Interface rows of one link, ascending by bin. */
    List<InterfaceRow> interfaces(String link, long fromSeconds, long toSeconds) throws IOException;

    /** Exporter rows, ascending by bin; {@code exporter} empty for all. */
    List<ExporterRow> exporters(String exporter, long fromSeconds, long toSeconds) throws IOException;

    /** Rolls up and forgets what policy says, in bounded steps. */
    void maintain(long nowSeconds, Retention retention) throws IOException;

    /** Writes what lies in the range as Parquet files into a directory that must be empty or absent. */
    void exportParquet(Path directory, long fromSeconds, long toSeconds) throws IOException;

    /**
     * Copies the whole store, as it is at one moment, into a new file {@link StoreSettings#FILE_NAME} of {@code
     * directory}.
     */
    void copy(Path directory) throws IOException;

    StoreHealth health();

    @Override
    void close() throws IOException;
}
