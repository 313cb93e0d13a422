// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.util.Optional;

/** The published versions of the IX-F member export that are read and written. */
public enum IxfVersion {
    V0_6("0.6"),
    V0_7("0.7"),
    V1_0("1.0");

    private final String text;

    IxfVersion(String text) {
        this.text = text;
    }

    /** As it stands in the file. */
    public String text() {
        return text;
    }

    /** Whether this version is {@code other} or came after it. */
    public boolean isAtLeast(IxfVersion other) {
        return compareTo(other) >= 0;
    }

    static Optional<IxfVersion> of(String text) {
        for (IxfVersion version : values()) {
            if (version.text.equals(text)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }
}
