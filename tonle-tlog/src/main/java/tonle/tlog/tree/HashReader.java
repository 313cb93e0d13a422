// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.tree;

import java.util.List;
import tonle.tlog.Outcome;

/** The one port of this room: gives hashes of nodes, wherever they are kept. */
public interface HashReader {
    /** The hashes of {@code nodes}, in that order; or why one could not be had. */
    Outcome<List<Hash>> read(List<NodeId> nodes);
}
