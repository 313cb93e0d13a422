// SPDX-License-Identifier: Apache-2.0
package tonle.traffic;

/** Which way traffic crosses a link, seen from the gateway: in from the link, or out to it. */
public enum Direction {
    IN("in"),
    OUT("out");

    private final String key;

    Direction(String key) {
        this.key = key;
    }

    /** The word in addresses, JSON and tables. */
    public String key() {
        return key;
    }
}
