// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import java.nio.file.Path;
import java.util.Optional;
import tonle.base.Must;

/**
 * What a {@link Meter} may take of memory and time. All bounds are for one worker.
 *
 * @param memoryFolder where templates and sampling rates are remembered over a restart; empty: nowhere
 * @param writer the name under which batches are written; the worker's number is added to it
 * @param firstSequence the first batch's sequence: {@code TrafficStore.nextSequence} of the worker's writer name
 * @param flushSeconds rows of ten flows or more leave an open bin this often
 * @param latenessSeconds how long a bin stays open beyond the longest active timeout
 * @param oldestSeconds a flow that ended longer ago than this, clocks corrected, is rejected
 * @param cellsPerBinMax cells of an open bin; beyond, records join the link's {@code other} cell and are counted
 * @param pendingRowsMax rows that wait for the store; beyond, the oldest batch is shed and counted as refused
 * @param sourcesMax source addresses that nobody has taken in, remembered at once; beyond, their datagrams are counted
 * only
 * @param sessionsPerSourceMax (port, protocol, domain) of one address
 * @param templatesPerSessionMax templates of one session
 * @param waitingOctetsMax octets of data sets that wait for their template, all sessions of exporters that were taken
 * in
 * @param waitingOctetsPerSessionMax the same, one session
 * @param waitingSeconds how long they wait
 */
public record MeterSettings(
        Optional<Path> memoryFolder,
        String writer,
        long firstSequence,
        int flushSeconds,
        int latenessSeconds,
        int oldestSeconds,
        int cellsPerBinMax,
        int pendingRowsMax,
        int sourcesMax,
        int sessionsPerSourceMax,
        int templatesPerSessionMax,
        int waitingOctetsMax,
        int waitingOctetsPerSessionMax,
        int waitingSeconds) {
    /** Nothing is remembered on disk; the store is new. */
    public static final MeterSettings DEFAULT = new MeterSettings(
            Optional.empty(),
            "meter",
            1,
            5,
            120,
            86_400,
            262_144,
            400_000,
            1_024,
            256,
            1_024,
            16 << 20,
            1 << 20,
            1_800);

    public MeterSettings {
        Must.hold(firstSequence >= 1 && flushSeconds >= 1 && latenessSeconds >= 0, "times and sequences are positive");
        Must.hold(cellsPerBinMax >= 16 && pendingRowsMax >= 1 && sourcesMax >= 1, "bounds are positive");
        Must.hold(waitingOctetsMax >= 65_536, "one set must fit the waiting room");
    }

    /** The same with templates remembered in {@code folder}. */
    public MeterSettings rememberingIn(Path folder) {
        return new MeterSettings(
                Optional.of(folder),
                writer,
                firstSequence,
                flushSeconds,
                latenessSeconds,
                oldestSeconds,
                cellsPerBinMax,
                pendingRowsMax,
                sourcesMax,
                sessionsPerSourceMax,
                templatesPerSessionMax,
                waitingOctetsMax,
                waitingOctetsPerSessionMax,
                waitingSeconds);
    }

    /** The same, writing as {@code writer} from {@code firstSequence} on. */
    public MeterSettings writingAs(String writer, long firstSequence) {
        return new MeterSettings(
                memoryFolder,
                writer,
                firstSequence,
                flushSeconds,
                latenessSeconds,
                oldestSeconds,
                cellsPerBinMax,
                pendingRowsMax,
                sourcesMax,
                sessionsPerSourceMax,
                templatesPerSessionMax,
                waitingOctetsMax,
                waitingOctetsPerSessionMax,
                waitingSeconds);
    }

    /** The name in the batches of worker {@code worker}. */
    public String writerOf(int worker) {
        return writer + "-" + worker;
    }
}
