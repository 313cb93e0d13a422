// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

/** Which records an exporter makes for a packet that passes through it. */
public enum ExporterKind {
    /** One record, made where the packet enters: it books the ingress link's in and the egress link's out. */
    INGRESS("ingress"),
    /** One record, made where the packet leaves: it books the same two. */
    EGRESS("egress"),
    /** Two records, one on entry and one on exit, told apart by flowDirection (61): each books its own side only. */
    BOTH("both");

    private final String key;

    ExporterKind(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
