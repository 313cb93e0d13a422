// SPDX-License-Identifier: Apache-2.0
package tonle.wire.capture;

import java.io.IOException;
import tonle.base.DeviceAddress;
import tonle.wire.Fault;

/**
 * Reads files that hold flow messages without packets around them: IPFIX files (RFC 5655) and byte streams of a
 * connection, where each message states its length; NetFlow version 5 datagrams back to back; any other single datagram
 * as it travelled.
 */
final class RawReader {
    /** Nobody knows who sent a raw file: an address that RFC 5737 keeps for documentation stands for the exporter. */
    static final DeviceAddress NOBODY = DeviceAddress.ofIpv4(0xC000_0201);

    private static final int DATAGRAM_OCTETS_MAX = 65_535;
    private static final int VERSION_IPFIX = 10;
    private static final int IPFIX_HEADER_OCTETS = 16;
    private static final int VERSION_NETFLOW5 = 5;
    private static final int NETFLOW5_HEADER_OCTETS = 24;
    private static final int NETFLOW5_RECORD_OCTETS = 48;
    private static final int NETFLOW5_RECORD_COUNT_MAX = 30;

    private final OctetStream in;
    private final String name;
    private final DatagramSink sink;

    RawReader(OctetStream in, String name, DatagramSink sink) {
        this.in = in;
        this.name = name;
        this.sink = sink;
    }

    void read() throws IOException {
        boolean isLong = in.has(DATAGRAM_OCTETS_MAX + 1);
        int version = in.available() >= 2 ? in.shortAt(0) : -1;
        if (isIpfixStream(version, isLong)) {
            readIpfixMessages();
        } else if (version == VERSION_NETFLOW5 && (isLong || holdsWholePieces(false))) {
            readNetflow5Datagrams();
        } else if (!isLong && (isFlowVersion(version) || hasRawEnding()) && in.available() > 0) {
            datagram(in.available());
        } else {
            sink.malformed(Fault.CAPTURE_FORMAT_UNKNOWN, 0);
        }
    }

    private boolean isIpfixStream(int version, boolean isLong) {
        return name.endsWith(".ipfix") || version == VERSION_IPFIX && (isLong || holdsWholePieces(true));
    }

    /** NetFlow version 5, version 9, IPFIX or sFlow version 5, whose version has 32 bits. */
    private boolean isFlowVersion(int version) {
        boolean isSflow = version == 0 && in.available() >= 4 && in.intAt(0) == 5;
        return version == VERSION_NETFLOW5 || version == 9 || version == VERSION_IPFIX || isSflow;
    }

    private boolean hasRawEnding() {
        return name.endsWith(".dat") || name.endsWith(".bin") || name.endsWith(".dump");
    }

    /** Whether the file is nothing but whole messages, one behind the other. */
    private boolean holdsWholePieces(boolean isIpfix) {
        int offset = 0;
        while (offset < in.available()) {
            int size = isIpfix ? ipfixSize(offset) : netflow5Size(offset);
            if (size == 0 || offset + size > in.available()) {
                return false;
            }
            offset += size;
        }
        return offset > 0;
    }

    private int ipfixSize(int offset) {
        boolean hasHeader = in.available() - offset >= IPFIX_HEADER_OCTETS && in.shortAt(offset) == VERSION_IPFIX;
        int size = hasHeader ? in.shortAt(offset + 2) : 0;
        return size < IPFIX_HEADER_OCTETS ? 0 : size;
    }

    private int netflow5Size(int offset) {
        boolean hasHeader = in.available() - offset >= NETFLOW5_HEADER_OCTETS && in.shortAt(offset) == VERSION_NETFLOW5;
        int count = hasHeader ? in.shortAt(offset + 2) : 0;
        boolean inRange = count >= 1 && count <= NETFLOW5_RECORD_COUNT_MAX;
        return inRange ? NETFLOW5_HEADER_OCTETS + count * NETFLOW5_RECORD_OCTETS : 0;
    }

    /** RFC 5655 section 5: a file is a series of messages. The last one may have been cut: the decoder says so. */
    private void readIpfixMessages() throws IOException {
        while (in.has(1)) {
            if (!in.has(IPFIX_HEADER_OCTETS)) {
                sink.malformed(Fault.CAPTURE_TRUNCATED, in.fileOffset());
                return;
            }
            int size = ipfixSize(0);
            if (size == 0) {
                boolean isIpfix = in.shortAt(0) == VERSION_IPFIX;
                sink.malformed(isIpfix ? Fault.MESSAGE_LENGTH_MISMATCH : Fault.UNKNOWN_VERSION, in.fileOffset());
                return;
            }
            datagram(in.has(size) ? size : in.available());
        }
    }

    private void readNetflow5Datagrams() throws IOException {
        while (in.has(1)) {
            in.has(NETFLOW5_HEADER_OCTETS + NETFLOW5_RECORD_COUNT_MAX * NETFLOW5_RECORD_OCTETS);
            int size = netflow5Size(0);
            if (size == 0 || size > in.available()) {
                sink.malformed(Fault.CAPTURE_TRUNCATED, in.fileOffset());
                return;
            }
            datagram(size);
        }
    }

    private void datagram(int sizeOctets) {
        sink.datagram(in.buffer().asSlice(in.position(), sizeOctets), NOBODY, 0, 0, 0);
        in.advance(sizeOctets);
    }
}
