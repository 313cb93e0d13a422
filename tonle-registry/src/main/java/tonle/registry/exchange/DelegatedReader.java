// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tonle.base.DeviceAddress;
import tonle.base.Prefix;
import tonle.registry.exchange.DelegatedResources.AsnRange;

/**
 * Reads delegated statistics of the regional registries, plain and extended, as the RIR statistics exchange format 2.x
 * describes them: {@code registry|country|type|start|value|date|status[|id]}. The file is read line by line and may be
 * large; only the records of one country are kept. The opaque id of the extended form is not read.
 */
public final class DelegatedReader {
    /** Lines of a file; the largest registry's had some 180,000 in 2021. */
    static final long LINES_MAX = 5_000_000;

    private static final int LINE_CHARS_MAX = 400;
    private static final int RECORDS_MAX = 200_000;
    private static final long ASN_MAX = 0xFFFF_FFFFL;
    private static final long IPV4_ADDRESSES = 1L << 32;
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private enum Type {
        ASN,
        IPV4,
        IPV6
    }

    private record Ipv4Range(long first, long count, long line) {}

    private final String country;
    private final Findings findings = new Findings();
    private final Map<Type, Long> counts = new EnumMap<>(Type.class);
    private final Map<Type, Long> stated = new EnumMap<>(Type.class);
    private final List<AsnRange> asns = new ArrayList<>();
    private final List<Ipv4Range> ipv4 = new ArrayList<>();
    private final List<Prefix> ipv6 = new ArrayList<>();
    private String registry;
    private String serial = "";
    private Optional<LocalDate> lastDay = Optional.empty();
    private long line;

    private DelegatedReader(String country) {
        this.country = country;
    }

    /** Reads the resources of {@code country} (two letters); the stream stays open. */
    public static Reading<DelegatedResources> read(InputStream in, String country) throws IOException {
        return new DelegatedReader(country.toUpperCase(Locale.ROOT)).file(in);
    }

    private Reading<DelegatedResources> file(InputStream in) throws IOException {
        if (!COUNTRY.matcher(country).matches()) {
            findings.refuse(Reason.NOT_IN_LIST, "", Findings.quote(country) + " is no country of two letters");
            return findings.refused();
        }
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String text = boundedLine(reader); text != null; text = boundedLine(reader)) {
            line++;
            if (line > LINES_MAX) {
                findings.refuse(Reason.TOO_LARGE, where(), "more than " + LINES_MAX + " lines");
                return findings.refused();
            }
            if (!text.isBlank() && !text.startsWith("#")) {
                line(text.strip().split("\\|", -1));
            }
        }
        if (registry == null) {
            findings.refuse(
                    Reason.UNKNOWN_VERSION, "", "no version line such as 2|apnic|20260101|… before the first record");
            return findings.refused();
        }
        counts.forEach((type, count) -> {
            Long states = stated.get(type);
            if (states != null && !states.equals(count)) {
                // A file cut short in its download is whole in form; only the sums betray it.
                findings.refuse(
                        Reason.COUNT_DIFFERS,
                        "",
                        "the summary states " + states + " records of " + type + ", the file has " + count
                                + ": fetch it again");
            }
        });
        stated.forEach((type, states) -> {
            if (states > 0 && !counts.containsKey(type)) {
                findings.refuse(
                        Reason.COUNT_DIFFERS,
                        "",
                        "the summary states " + states + " records of " + type + ", none here");
            }
        });
        asns.sort(Comparator.comparingLong(AsnRange::first));
        List<Prefix> prefixes = new ArrayList<>(ipv4Prefixes());
        prefixes.addAll(ipv6Prefixes());
        checkAsnOverlap();
        long records = counts.values().stream().mapToLong(Long::longValue).sum();
        return findings.outcome(new DelegatedResources(
                registry, serial, lastDay, country, List.copyOf(asns), List.copyOf(prefixes), records));
    }

    /** A line, cut where it is longer than any true one, so that one endless line costs no memory. */
    private String boundedLine(BufferedReader reader) throws IOException {
        StringBuilder text = new StringBuilder();
        int next = reader.read();
        if (next < 0) {
            return null;
        }
        boolean isCut = false;
        while (next >= 0 && next != '\n') {
            if (text.length() < LINE_CHARS_MAX) {
                text.append((char) next);
            } else if (!isCut) {
                isCut = true;
                findings.refuse(
                        Reason.TOO_LONG,
                        "line " + (line + 1),
                        "more than " + LINE_CHARS_MAX + " characters in one line");
            }
            next = reader.read();
        }
        return text.toString();
    }

    private void line(String[] fields) {
        if (registry == null) {
            versionLine(fields);
        } else if (fields.length == 6 && fields[5].equals("summary")) {
            type(fields[2])
                    .ifPresent(type -> number(fields[4], 0, LINES_MAX).ifPresent(count -> stated.put(type, count)));
        } else if (fields.length >= 7) {
            type(fields[2]).ifPresent(type -> record(type, fields));
        } else {
            findings.refuse(Reason.NOT_A_LINE, where(), fields.length + " fields; a record has seven or more");
        }
    }

    private void versionLine(String[] fields) {
        if (fields.length < 7 || !fields[0].matches("2(\\.\\d)?")) {
            findings.refuse(
                    Reason.UNKNOWN_VERSION,
                    where(),
                    Findings.quote(String.join("|", fields)) + " is no version line of format 2");
            registry = "";
            return;
        }
        registry = fields[1];
        serial = fields[2];
        lastDay = day(fields[5]);
    }

    private void record(Type type, String[] fields) {
        counts.merge(type, 1L, Long::sum);
        boolean isHeld = fields[6].equals("allocated") || fields[6].equals("assigned");
        if (!isHeld || !fields[1].equals(country)) {
            return;
        }
        if (asns.size() + ipv4.size() + ipv6.size() >= RECORDS_MAX) {
            findings.refuse(Reason.TOO_MANY, where(), "more than " + RECORDS_MAX + " records of " + country);
            return;
        }
        switch (type) {
            case ASN -> asnRecord(fields);
            case IPV4 -> ipv4Record(fields);
            case IPV6 -> ipv6Record(fields);
        }
    }

    private void asnRecord(String[] fields) {
        Optional<Long> first = number(fields[3], 0, ASN_MAX);
        Optional<Long> count = number(fields[4], 1, ASN_MAX);
        if (first.isPresent() && count.isPresent()) {
            long last = first.get() + count.get() - 1;
            if (last > ASN_MAX) {
                findings.refuse(Reason.OUT_OF_RANGE, where(), "AS" + last + " is beyond the last AS number");
            } else {
                asns.add(new AsnRange(first.get(), last));
            }
        }
    }

    private void ipv4Record(String[] fields) {
        Optional<DeviceAddress> start = DeviceAddress.parse(fields[3]).filter(address -> address.ipVersion() == 4);
        Optional<Long> count = number(fields[4], 1, IPV4_ADDRESSES);
        if (start.isEmpty()) {
            findings.refuse(Reason.NOT_AN_ADDRESS, where(), Findings.quote(fields[3]) + " is no IPv4 address");
            return;
        }
        if (count.isEmpty()) {
            return;
        }
        long first = 0;
        for (byte octet : start.get().octets()) {
            first = first << 8 | octet & 0xFF;
        }
        if (first + count.get() > IPV4_ADDRESSES) {
            findings.refuse(Reason.OUT_OF_RANGE, where(), count.get() + " addresses reach beyond 255.255.255.255");
            return;
        }
        ipv4.add(new Ipv4Range(first, count.get(), line));
    }

    private void ipv6Record(String[] fields) {
        String text = fields[3] + '/' + fields[4];
        Optional<Prefix> prefix = Prefix.parse(text).filter(found -> found.ipVersion() == 6);
        prefix.ifPresentOrElse(
                ipv6::add,
                () -> findings.refuse(Reason.NOT_A_PREFIX, where(), Findings.quote(text) + " is no IPv6 prefix"));
    }

    private List<Prefix> ipv4Prefixes() {
        ipv4.sort(Comparator.comparingLong(Ipv4Range::first));
        List<Prefix> prefixes = new ArrayList<>();
        long end = 0;
        for (Ipv4Range range : ipv4) {
            if (range.first() < end) {
                findings.refuse(
                        Reason.OVERLAPPING_PREFIX,
                        "line " + range.line(),
                        dotted(range.first()) + " with " + range.count() + " addresses stands in another record too");
            }
            end = Math.max(end, range.first() + range.count());
            long first = range.first();
            long left = range.count();
            while (left > 0) {
                // The largest block that starts here and does not reach beyond the range.
                int hostBits = Math.min(
                        first == 0 ? 32 : Long.numberOfTrailingZeros(first), 63 - Long.numberOfLeadingZeros(left));
                prefixes.add(Prefix.parse(dotted(first) + '/' + (32 - hostBits)).orElseThrow());
                first += 1L << hostBits;
                left -= 1L << hostBits;
            }
        }
        return prefixes;
    }

    private List<Prefix> ipv6Prefixes() {
        List<Prefix> sorted = new ArrayList<>(ipv6);
        sorted.sort(Comparator.comparingLong((Prefix prefix) -> prefix.high() ^ Long.MIN_VALUE)
                .thenComparingLong(prefix -> prefix.low() ^ Long.MIN_VALUE)
                .thenComparingInt(Prefix::lengthBits));
        Prefix widest = null;
        for (Prefix prefix : sorted) {
            if (widest != null && widest.covers(prefix)) {
                findings.refuse(Reason.OVERLAPPING_PREFIX, "", prefix.text() + " stands in " + widest.text() + " too");
            } else {
                widest = prefix;
            }
        }
        return sorted;
    }

    private void checkAsnOverlap() {
        long end = -1;
        for (AsnRange range : asns) {
            if (range.first() <= end) {
                findings.refuse(Reason.DUPLICATE_ASN, "", "AS" + range.first() + " stands in two records");
            }
            end = Math.max(end, range.last());
        }
    }

    private Optional<Type> type(String text) {
        switch (text) {
            case "asn":
                return Optional.of(Type.ASN);
            case "ipv4":
                return Optional.of(Type.IPV4);
            case "ipv6":
                return Optional.of(Type.IPV6);
            default:
                findings.refuse(Reason.NOT_IN_LIST, where(), Findings.quote(text) + " is none of asn, ipv4, ipv6");
                return Optional.empty();
        }
    }

    private Optional<Long> number(String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as a number out of range.
        }
        findings.refuse(
                Reason.OUT_OF_RANGE, where(), Findings.quote(text) + " is no number from " + min + " to " + max);
        return Optional.empty();
    }

    private Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text, DAY));
        } catch (DateTimeException e) {
            findings.note(Reason.NOT_A_TIME, where(), Findings.quote(text) + " is no day such as 20260101");
            return Optional.empty();
        }
    }

    private String where() {
        return "line " + line;
    }

    private static String dotted(long address) {
        return (address >> 24 & 0xFF) + "." + (address >> 16 & 0xFF) + '.' + (address >> 8 & 0xFF) + '.'
                + (address & 0xFF);
    }
}
