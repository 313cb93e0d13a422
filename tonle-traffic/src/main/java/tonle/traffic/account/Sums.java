// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

/** Octets and packets of both directions, and the records they came from, that await one sampling rate. */
final class Sums {
    long records;
    long octets;
    long packets;

    /** @param octets of both directions */
    void add(long records, long octets, long packets) {
        this.records += records;
        this.octets += octets;
        this.packets += packets;
    }

    void addAll(Sums other) {
        add(other.records, other.octets, other.packets);
    }

    void clear() {
        records = 0;
        octets = 0;
        packets = 0;
    }
}
