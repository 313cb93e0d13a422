// SPDX-License-Identifier: Apache-2.0
package tonle.wire.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tonle.base.DeviceAddress;
import tonle.wire.Fault;

/** Writes each event of a capture as one line. */
final class CaptureEvents implements DatagramSink {
    final List<String> lines = new ArrayList<>();

    static List<String> of(Path file) throws IOException {
        CaptureEvents events = new CaptureEvents();
        Capture.read(file, events, octets -> {});
        return events.lines;
    }

    @Override
    public void datagram(
            MemorySegment payload, DeviceAddress source, int sourcePort, int destinationPort, long captureMicros) {
        lines.add("datagram " + source.text() + ":" + sourcePort + " > :" + destinationPort + " at " + captureMicros
                + " octets " + HexFormat.of().formatHex(payload.toArray(ValueLayout.JAVA_BYTE)));
    }

    @Override
    public void malformed(Fault fault, long offsetOctets) {
        lines.add("malformed " + fault + " at " + offsetOctets);
    }
}
