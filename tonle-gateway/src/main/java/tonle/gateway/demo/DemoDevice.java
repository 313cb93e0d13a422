// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import tonle.base.DeviceAddress;

/** A simulated exporter: told the time about once a second, it hands out the datagrams that are due. */
interface DemoDevice {
    DeviceAddress address();

    /** @param out takes each datagram at once: the segment is used again for the next */
    void tick(long nowMillis, Consumer<MemorySegment> out);
}
