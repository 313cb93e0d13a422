// SPDX-License-Identifier: Apache-2.0
package tonle.wire.capture;

import tonle.base.DeviceAddress;

/** The last source addresses, so that millions of datagrams from a few exporters allocate a few addresses. */
final class DeviceAddressCache {
    private static final int CELL_COUNT = 256;

    private final DeviceAddress[] cells = new DeviceAddress[CELL_COUNT];

    /** @param high of an IPv4 address: its 32 bits at the top */
    DeviceAddress of(int ipVersion, long high, long low) {
        int cell = (int) ((high ^ low * 31) * 0x9E3779B97F4A7C15L >>> 56);
        DeviceAddress cached = cells[cell];
        if (cached != null && cached.high() == high && cached.low() == low && cached.ipVersion() == ipVersion) {
            return cached;
        }
        return cells[cell] = new DeviceAddress(ipVersion, high, low);
    }
}
