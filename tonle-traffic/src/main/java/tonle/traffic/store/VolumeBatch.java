// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import java.util.List;

/**
 * What a writer hands over at once: written whole or not at all, and once, however often it is sent.
 *
 * @param writer who writes; one sequence each
 * @param sequence 1, 2, 3 … within the writer's run; a sequence that the store has is answered and not written again
 */
public record VolumeBatch(
        String writer,
        long sequence,
        List<VolumeRow> volumes,
        List<InterfaceRow> interfaces,
        List<ExporterRow> exporters) {}
