// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tonle.base.DeviceAddress;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.Template;

/**
 * Templates and sampling rates on disk, so that a restart loses no record: a small text file a worker, replaced whole.
 * Every worker reads the files of all, since a device may come to another one. Device facts only.
 *
 * <pre>
 *   tonle-exporter-memory 1
 *   source 192.0.2.1 1790000000                       address, last heard (seconds since 1970)
 *   template netflow9 2055 7 256 data 0 1:4 2:4 10:2   protocol, port, domain, id, kind, scope fields, element:length
 *   template ipfix 4739 0 257 options 1 302:4 34:4     enterprise elements: 29305/1:8
 *   rate netflow9 7 3 100 1 1790000000000              protocol, domain, selector, population, sampled, since
 *   interface-rate netflow9 7 ingress 12 100 1 1790000000000   of what comes in by interface 12
 * </pre>
 */
public final class ExporterMemory {
    private static final String HEAD = "tonle-exporter-memory 1";
    private static final String PREFIX = "exporter-memory-";
    private static final long FILE_OCTETS_MAX = 64 << 20;
    /** What was not heard for a month is forgotten. */
    private static final long FORGET_SECONDS = 30 * 86_400L;

    private static final int SOURCES_MAX = 16_384;

    private final Optional<Path> folder;
    private final String fileName;
    private final Map<DeviceAddress, Kept> kept = new HashMap<>();
    private long badLines;

    /** What the files tell of one device that has not been heard in this run. */
    private static final class Kept {
        long lastHeardSeconds;
        final List<String> lines = new ArrayList<>();
    }

    private ExporterMemory(Optional<Path> folder, int worker) {
        this.folder = folder;
        this.fileName = PREFIX + worker + ".txt";
    }

    /** Remembers nothing. */
    public static ExporterMemory none() {
        return new ExporterMemory(Optional.empty(), 0);
    }

    /** Reads what all workers remembered; files that cannot be read are passed over: then nothing is remembered. */
    public static ExporterMemory open(Optional<Path> folder, int worker, long nowSeconds) {
        ExporterMemory memory = new ExporterMemory(folder, worker);
        if (folder.isPresent() && Files.isDirectory(folder.get())) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.get(), PREFIX + "*.txt")) {
                for (Path file : files) {
                    memory.read(file, nowSeconds);
                }
            } catch (IOException _) {
                memory.badLines++;
            }
        }
        return memory;
    }

    private void read(Path file, long nowSeconds) throws IOException {
        if (Files.size(file) > FILE_OCTETS_MAX) {
            badLines++;
            return;
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.isEmpty() || !lines.getFirst().equals(HEAD)) {
            badLines++;
            return;
        }
        Kept current = null;
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ");
            if (words[0].equals("source") && words.length == 3) {
                current = keptOf(words, nowSeconds);
            } else if (current != null && (words[0].equals("template") || words[0].endsWith("rate"))) {
                current.lines.add(line);
            }
        }
    }

    /** Of two files that tell of the same device, the newer word counts. */
    private Kept keptOf(String[] words, long nowSeconds) {
        Optional<DeviceAddress> address = DeviceAddress.parse(words[1]);
        long lastHeard = words[2].matches("[0-9]{1,12}") ? Long.parseLong(words[2]) : -1;
        if (address.isEmpty() || lastHeard < 0) {
            badLines++;
            return null;
        }
        Kept before = kept.get(address.get());
        boolean newer = before == null || lastHeard > before.lastHeardSeconds;
        if (!newer || nowSeconds - lastHeard > FORGET_SECONDS || before == null && kept.size() >= SOURCES_MAX) {
            return null;
        }
        Kept fresh = new Kept();
        fresh.lastHeardSeconds = lastHeard;
        kept.put(address.get(), fresh);
        return fresh;
    }

    /** Gives a device that is heard for the first time what was remembered of it. */
    void recall(Source source, Sources bounds) {
        Kept found = kept.remove(source.address());
        if (found == null) {
            return;
        }
        for (String line : found.lines) {
            try {
                recallLine(source, bounds, line.split(" "), found.lastHeardSeconds * 1_000);
            } catch (IllegalArgumentException | IllegalStateException | ArrayIndexOutOfBoundsException _) {
                // A line that somebody edited or a disk damaged: the others still hold.
                badLines++;
            }
        }
    }

    private void recallLine(Source source, Sources bounds, String[] words, long lastHeardMillis) {
        FlowProtocol protocol = protocol(words[1]);
        if (words[0].equals("rate")) {
            Rate rate = Rate.of(Long.parseLong(words[4]), Long.parseLong(words[5]), RateSource.SELECTOR);
            source.book(protocol, Long.parseLong(words[2]))
                    .recall(Long.parseLong(words[3]), rate, Long.parseLong(words[6]));
            return;
        }
        if (words[0].equals("interface-rate")) {
            Rate rate = Rate.of(Long.parseLong(words[5]), Long.parseLong(words[6]), RateSource.INTERFACE);
            source.book(protocol, Long.parseLong(words[2]))
                    .recallInterface(
                            words[3].equals("egress"), Long.parseLong(words[4]), rate, Long.parseLong(words[7]));
            return;
        }
        long domain = Long.parseLong(words[3]);
        int fields = words.length - 7;
        if (fields < 1 || fields > Template.FIELD_COUNT_MAX) {
            throw new IllegalArgumentException("field count");
        }
        int[] elements = new int[fields];
        int[] enterprises = new int[fields];
        int[] lengths = new int[fields];
        for (int i = 0; i < fields; i++) {
            String word = words[7 + i];
            int slash = word.indexOf('/');
            int colon = word.indexOf(':');
            enterprises[i] = slash < 0 ? 0 : Integer.parseUnsignedInt(word.substring(0, slash));
            elements[i] = Integer.parseInt(word.substring(slash + 1, colon));
            lengths[i] = Integer.parseInt(word.substring(colon + 1));
            if (lengths[i] < 0 || lengths[i] > Template.VARIABLE) {
                throw new IllegalArgumentException("field length");
            }
        }
        Template template = Template.of(
                protocol,
                domain,
                Integer.parseInt(words[4]),
                words[5].equals("options"),
                Integer.parseInt(words[6]),
                elements,
                enterprises,
                lengths);
        Session session = source.udpSession(protocol, domain, Integer.parseInt(words[2]), bounds, lastHeardMillis);
        if (session != null) {
            session.recall(template, lastHeardMillis);
        }
    }

    private static FlowProtocol protocol(String key) {
        for (FlowProtocol protocol : FlowProtocol.values()) {
            if (protocol.key().equals(key)) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("protocol");
    }

    public boolean isKeptOnDisk() {
        return folder.isPresent();
    }

    /** Lines and files that could not be read. */
    public long badLines() {
        return badLines;
    }

    /** The file's text as of now. */
    public String text(Collection<Source> sources) {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        for (Source source : sources) {
            if (source.exporter() == null || source.certified) {
                // Nobody took it in: a forged address must not be able to fill the disk. And a connection begins with
                // its templates and options (RFC 7011 section 8): of those there is nothing to remember.
                continue;
            }
            text.append("source ").append(source.addressText()).append(' ');
            text.append(source.lastHeardMillis / 1_000).append('\n');
            source.sessions.forEach(s -> {
                if (!s.stream) {
                    s.templates.forEach(e -> write(text, s, e.template));
                }
            });
            for (FlowProtocol protocol : FlowProtocol.values()) {
                java.util.TreeSet<Long> domains = new java.util.TreeSet<>();
                source.sessions.forEach(s -> {
                    if (s.protocol == protocol && domains.add(s.domain)) {
                        s.book.forEach(h -> write(text, "rate", protocol, s.domain, "" + h.selector, h));
                        s.book.forEachInterface(
                                false,
                                h -> write(text, "interface-rate", protocol, s.domain, "ingress " + h.selector, h));
                        s.book.forEachInterface(
                                true,
                                h -> write(text, "interface-rate", protocol, s.domain, "egress " + h.selector, h));
                    }
                });
            }
        }
        kept.forEach((address, of) -> {
            text.append("source ").append(address.text()).append(' ');
            text.append(of.lastHeardSeconds).append('\n');
            of.lines.forEach(line -> text.append(line).append('\n'));
        });
        return text.toString();
    }

    private static void write(
            StringBuilder text, String kind, FlowProtocol protocol, long domain, String of, RateBook.History history) {
        Rate newest = history.newest();
        text.append("%s %s %d %s %d %d %d\n"
                .formatted(
                        kind,
                        protocol.key(),
                        domain,
                        of,
                        newest.population(),
                        newest.sampled(),
                        history.newestSinceMillis()));
    }

    private static void write(StringBuilder text, Session session, Template t) {
        text.append("template ")
                .append(session.protocol.key())
                .append(' ')
                .append(session.port)
                .append(' ');
        text.append(session.domain).append(' ').append(t.id()).append(t.isOptions() ? " options " : " data ");
        text.append(t.scopeFieldCount());
        for (int i = 0; i < t.fieldCount(); i++) {
            text.append(' ');
            if (t.fieldEnterprise(i) != 0) {
                text.append(Integer.toUnsignedString(t.fieldEnterprise(i))).append('/');
            }
            text.append(t.fieldElement(i)).append(':').append(t.fieldLength(i));
        }
        text.append('\n');
    }

    /** Replaces the file: written aside, forced to disk, renamed. */
    public void save(String text) throws IOException {
        if (folder.isEmpty()) {
            return;
        }
        Files.createDirectories(folder.get());
        Path aside = folder.get().resolve(fileName + ".new");
        Files.writeString(aside, text, StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(
                aside,
                folder.get().resolve(fileName),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
