// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tonle.gateway.file.WholeFile;
import tonle.traffic.store.VolumeBatch;
import tonle.traffic.store.VolumeRow;

/**
 * The record of batches that the store would not take: a line each in a small file of the data directory, the newest
 * {@link #LINES_MAX} of them, and their number in this run. It says which bins are short of how much and why; the rows
 * themselves are not kept.
 * <pre>
 *   set-aside.tsv   time  writer  sequence  rows  octets  first_bin  last_bin  reason     names, then a line a batch
 * </pre>
 */
final class SetAside {
    static final String FILE = "set-aside.tsv";
    static final int LINES_MAX = 1_000;
    static final String HEADING = "time\twriter\tsequence\trows\toctets\tfirst_bin\tlast_bin\treason";
    private static final int REASON_MAX = 300;

    private final Path file;
    private volatile long batches;
    private volatile String lastReason = "";
    private volatile String trouble = "";

    SetAside(Path directory) {
        this.file = directory.resolve(FILE);
    }

    /** For the writing thread alone. */
    void add(VolumeBatch batch, String reason, long unixSeconds) {
        batches = batches + 1;
        String words = reason.lines().findFirst().orElse("").replace('\t', ' ');
        lastReason = words.substring(0, Math.min(words.length(), REASON_MAX));
        try {
            append(line(batch, lastReason, unixSeconds));
            trouble = "";
        } catch (IOException e) {
            trouble = "; the record of it could not be written: " + e.getMessage();
        }
    }

    private static String line(VolumeBatch batch, String reason, long unixSeconds) {
        long octets = 0;
        long first = Long.MAX_VALUE;
        long last = 0;
        for (VolumeRow row : batch.volumes()) {
            octets += row.octets();
            first = Math.min(first, row.binSeconds());
            last = Math.max(last, row.binSeconds());
        }
        int rows = batch.volumes().size()
                + batch.interfaces().size()
                + batch.exporters().size();
        return String.join(
                "\t",
                Long.toString(unixSeconds),
                batch.writer(),
                Long.toString(batch.sequence()),
                Integer.toString(rows),
                Long.toString(octets),
                Long.toString(batch.volumes().isEmpty() ? 0 : first),
                Long.toString(last),
                reason);
    }

    private void append(String line) throws IOException {
        List<String> lines = new ArrayList<>();
        if (Files.exists(file)) {
            lines.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
            lines.removeIf(each -> each.equals(HEADING));
        }
        lines.add(line);
        lines = lines.subList(Math.max(0, lines.size() - LINES_MAX), lines.size());
        WholeFile.write(file, HEADING + "\n" + String.join("\n", lines) + "\n");
    }

    /** Batches of this run. */
    long batches() {
        return batches;
    }

    /** What happened, in words, or empty. */
    String words() {
        return batches == 0
                ? ""
                : batches + (batches == 1 ? " batch was" : " batches were")
                        + " set aside, for the traffic store took the others and not "
                        + (batches == 1 ? "this one" : "these") + "; last: " + lastReason
                        + ". Which bins are short stands in " + file + trouble + "; please report it";
    }
}
