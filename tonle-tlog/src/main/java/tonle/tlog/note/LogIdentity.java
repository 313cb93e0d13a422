// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.note;

import java.util.List;
import tonle.base.Must;

/** A log as others know it: the origin of its checkpoints and the keys that sign them. */
public record LogIdentity(String origin, List<VerifierKey> keys) {
    public LogIdentity {
        Must.hold(!keys.isEmpty(), "a log has a key");
        keys = List.copyOf(keys);
    }
}
