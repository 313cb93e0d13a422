// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.control;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** One line, then so many octets: the form of requests and replies. */
final class Frames {
    static final int LINE_OCTETS_MAX = 8_192;
    static final int REQUEST_OCTETS_MAX = 64 << 10;
    static final int REPLY_OCTETS_MAX = 64 << 20;

    private Frames() {}

    /** Up to the line feed, without it. */
    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the connection ended inside its first line");
            }
            if (line.size() == LINE_OCTETS_MAX) {
                throw new IOException("the first line is longer than " + LINE_OCTETS_MAX + " octets");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    static String body(InputStream in, String length, int octetsMax) throws IOException {
        if (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > octetsMax) {
            throw new IOException("'" + length + "' is not a length from 0 to " + octetsMax + " octets");
        }
        byte[] octets = in.readNBytes(Integer.parseInt(length));
        if (octets.length < Integer.parseInt(length)) {
            throw new EOFException("the connection ended after " + octets.length + " of " + length + " octets");
        }
        return new String(octets, StandardCharsets.UTF_8);
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
