// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import java.io.IOException;

/** The log cannot be written, or not with this: a reason by name, and words that say where and what to do. */
public final class LogOutage extends IOException {
    private static final long serialVersionUID = 1;

    private final LogReason reason;

    public LogOutage(LogReason reason, String words) {
        super(words);
        this.reason = reason;
    }

    LogOutage(LogReason reason, String words, IOException cause) {
        super(words, cause);
        this.reason = reason;
    }

    public LogReason reason() {
        return reason;
    }
}
