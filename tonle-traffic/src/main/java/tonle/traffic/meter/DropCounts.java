// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

import tonle.base.DeviceAddress;

/** Datagrams of one source that never reached a {@link Meter}; the owner of the sockets and queues knows them. */
public interface DropCounts {
    /** Counts nothing. */
    DropCounts NONE = new DropCounts() {
        @Override
        public long kernelDropped(DeviceAddress source) {
            return 0;
        }

        @Override
        public long queueDropped(DeviceAddress source) {
            return 0;
        }
    };

    long kernelDropped(DeviceAddress source);

    long queueDropped(DeviceAddress source);
}
