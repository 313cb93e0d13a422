// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tonle.base.DeviceAddress;
import tonle.base.Prefix;
import tonle.traffic.topology.FileOriginTable.BadLine;
import tonle.traffic.topology.FileOriginTable.Reason;

/** Reads the lines of {@link FileOriginTable} into builders. Memory is bounded by the bounds of the tables. */
final class OriginFileReader {
    static final int BAD_LINES_NAMED = 20;
    private static final int LINE_CHARS_MAX = 4_096;
    private static final int ASN_COUNT_MAX = 1_000_000;
    private static final int NAME_CHARS_MAX = 120;
    private static final long ASN_MAX = 0xFFFF_FFFEL;

    final PrefixTable.Builder prefixes = PrefixTable.builder();
    final Map<Integer, String> countries = new HashMap<>();
    final Map<Integer, String> names = new HashMap<>();
    final List<BadLine> badLines = new ArrayList<>();
    long badLineCount;

    private final String[] fields = new String[8];
    private String file = "";
    private long lineNumber;

    void read(Path path) throws IOException {
        file = String.valueOf(path.getFileName());
        lineNumber = 0;
        try (InputStream raw = Files.newInputStream(path);
                Reader reader = new BufferedReader(new InputStreamReader(unpacked(raw), StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            try {
                while (nextLine(reader, line)) {
                    readLine(line);
                }
            } catch (java.util.zip.ZipException | java.io.EOFException _) {
                // A gzip file that is cut short or damaged: what came before it is kept.
                bad(Reason.FILE_DAMAGED);
            }
        }
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        var buffered = new java.io.BufferedInputStream(raw, 1 << 16);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1F && buffered.read() == 0x8B;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    /** The next line without its end; what is longer than a line may be is cut, and found too long by its reader. */
    private boolean nextLine(Reader reader, StringBuilder line) throws IOException {
        line.setLength(0);
        int c = reader.read();
        if (c < 0) {
            return false;
        }
        lineNumber++;
        while (c >= 0 && c != '\n') {
            if (line.length() <= LINE_CHARS_MAX && c != '\r') {
                line.append((char) c);
            }
            c = reader.read();
        }
        return true;
    }

    private void readLine(CharSequence text) {
        String line = text.toString().strip();
        if (line.isEmpty() || line.charAt(0) == '#' || line.charAt(0) == ';') {
            return;
        }
        if (line.length() > LINE_CHARS_MAX) {
            bad(Reason.LINE_TOO_LONG);
        } else if (line.indexOf('|') >= 0) {
            readStatistics(line);
        } else {
            readOrigin(line, split(line));
        }
    }

    /** {@code registry|cc|type|start|value|date|status[|extensions]} of the RIR statistics exchange format. */
    private void readStatistics(String line) {
        String[] parts = line.split("\\|", 8);
        boolean isAsn = parts.length >= 5 && parts[2].equals("asn");
        if (!isAsn || line.endsWith("|summary") || parts[1].isEmpty()) {
            // The version line, summaries, other resources, and what no country holds yet: nothing to learn here.
            return;
        }
        long first = number(parts[3]);
        long count = number(parts[4]);
        if (!parts[1].matches("[A-Z]{2}") || first < 0 || first > ASN_MAX || count < 1 || first + count - 1 > ASN_MAX) {
            bad(Reason.NO_COUNTRY);
            return;
        }
        if (countries.size() + count > ASN_COUNT_MAX) {
            bad(Reason.TABLE_FULL);
            return;
        }
        for (long asn = first; asn < first + count; asn++) {
            countries.put((int) asn, parts[1].intern());
        }
    }

    private void readOrigin(String line, int fieldCount) {
        if (fieldCount >= 2 && fields[0].indexOf('/') > 0) {
            Optional<Prefix> prefix = Prefix.parse(fields[0]);
            prefix.ifPresentOrElse(p -> take(p, fields[1]), () -> bad(Reason.NO_PREFIX));
        } else if (fieldCount >= 3 && fields[1].length() <= 3) {
            Optional<Prefix> prefix = Prefix.parse(fields[0] + "/" + fields[1]);
            prefix.ifPresentOrElse(p -> take(p, fields[2]), () -> bad(Reason.NO_PREFIX));
        } else if (fieldCount >= 3) {
            takeRange(line, fieldCount);
        } else {
            bad(Reason.NO_PREFIX);
        }
    }

    private void take(Prefix prefix, String origin) {
        long asn = asn(origin);
        if (asn < 0) {
            bad(Reason.NO_ORIGIN);
            return;
        }
        boolean fine = prefix.lengthBits() > (prefix.ipVersion() == 4 ? 24 : 48);
        if (!prefixes.add(prefix, (int) asn) && !fine) {
            bad(Reason.TABLE_FULL);
        }
    }

    private void takeRange(String line, int fieldCount) {
        DeviceAddress first = DeviceAddress.parse(fields[0]).orElse(null);
        DeviceAddress last = DeviceAddress.parse(fields[1]).orElse(null);
        long asn = asn(fields[2]);
        if (first == null || last == null || first.ipVersion() != last.ipVersion()) {
            bad(Reason.NO_PREFIX);
            return;
        }
        if (asn < 0) {
            bad(Reason.NO_ORIGIN);
            return;
        }
        int shift = first.ipVersion() == 4 ? 40 : 16;
        long hostMask = (1L << shift) - 1;
        // Only whole networks: the first one that begins in the range to the last one that ends in it.
        boolean firstWhole = (first.high() & hostMask) == 0 && first.low() == 0;
        boolean lastWhole = first.ipVersion() == 4
                ? (last.high() >>> 32 & 0xFF) == 0xFF
                : (last.high() & hostMask) == hostMask && last.low() == -1L;
        long from = (first.high() >>> shift) + (firstWhole ? 0 : 1);
        long to = (last.high() >>> shift) - (lastWhole ? 0 : 1);
        if (Long.compareUnsigned(first.high(), last.high()) > 0) {
            bad(Reason.RANGE_REVERSED);
            return;
        }
        if (from > to) {
            prefixes.tooFine();
        } else if (!prefixes.addRange(first.ipVersion(), from, to, (int) asn)) {
            bad(Reason.TABLE_FULL);
        }
        if (fieldCount >= 4 && !names.containsKey((int) asn) && names.size() < ASN_COUNT_MAX) {
            names.put((int) asn, name(line));
        }
    }

    /** What stands behind the third comma, without quotation marks. */
    private static String name(String line) {
        int at = -1;
        for (int i = 0; i < 3; i++) {
            at = line.indexOf(',', at + 1);
        }
        String name = line.substring(at + 1).strip();
        if (name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")) {
            name = name.substring(1, name.length() - 1).replace("\"\"", "\"");
        }
        return name.length() > NAME_CHARS_MAX ? name.substring(0, NAME_CHARS_MAX) : name;
    }

    /** Cuts the line at commas, else at blanks; what is behind the last field stays with it. */
    private int split(String line) {
        String[] parts = line.indexOf(',') >= 0 && line.indexOf('{') < 0
                ? line.split("\\s*,\\s*", fields.length)
                : line.split("\\s+", fields.length);
        System.arraycopy(parts, 0, fields, 0, parts.length);
        return parts.length;
    }

    /** The first AS number that {@code text} names, or -1. */
    private static long asn(String text) {
        int from = text.startsWith("{") ? 1 : 0;
        if (text.regionMatches(true, from, "AS", 0, 2)) {
            from += 2;
        }
        int to = from;
        while (to < text.length() && Character.isDigit(text.charAt(to))) {
            to++;
        }
        boolean ends = to == text.length() || "_,{}:".indexOf(text.charAt(to)) >= 0;
        long asn = ends ? number(text.substring(from, to)) : -1;
        return asn <= ASN_MAX ? asn : -1;
    }

    private static long number(String digits) {
        return digits.matches("[0-9]{1,10}") ? Long.parseLong(digits) : -1;
    }

    private void bad(Reason reason) {
        badLineCount++;
        if (badLines.size() < BAD_LINES_NAMED) {
            badLines.add(new BadLine(file, lineNumber, reason));
        }
    }
}
