// SPDX-License-Identifier: Apache-2.0
package tonle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What Linux tells of running processes and of UDP sockets (proc(5)). */
final class LinuxFigures {
    /** Of utime and stime: the kernel's own unit for them on every machine (USER_HZ). */
    private static final double TICKS_EACH_SECOND = 100;

    private LinuxFigures() {}

    /** @param waitingOctets received and not yet read */
    record UdpSocket(long waitingOctets, long dropped) {}

    /** The IPv4 socket that is bound to {@code port} of this machine. */
    static UdpSocket udpSocket(int port) throws IOException {
        String end = String.format(Locale.ROOT, ":%04X", port);
        for (String line : Files.readAllLines(Path.of("/proc/net/udp"))) {
            String[] words = line.strip().split("\\s+");
            // A sender's connected sockets have a port at the far end, a receiver's has none.
            if (words.length > 12 && words[1].endsWith(end) && words[2].endsWith(":0000")) {
                long waiting = Long.parseLong(words[4].substring(words[4].indexOf(':') + 1), 16);
                return new UdpSocket(waiting, Long.parseLong(words[words.length - 1]));
            }
        }
        throw new IOException("nobody listens on UDP port " + port);
    }

    static boolean isListening(int port) {
        try {
            udpSocket(port);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** User and system time so far, of the process and all that it started. */
    static double cpuSeconds(ProcessHandle process) {
        return family(process).mapToDouble(each -> cpuTicks(each.pid())).sum() / TICKS_EACH_SECOND;
    }

    private static double cpuTicks(long pid) {
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name in parentheses may hold anything; utime is the twelfth word after it.
            String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return Double.parseDouble(words[11]) + Double.parseDouble(words[12]);
        } catch (IOException _) {
            return 0; // It has ended in between.
        }
    }

    /** The most memory that the process and all that it started had resident, each at its own peak. */
    static long peakKibibytes(ProcessHandle process) {
        return family(process).mapToLong(each -> peakKibibytes(each.pid())).sum();
    }

    private static long peakKibibytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException | java.io.UncheckedIOException _) {
            return 0;
        }
    }

    /** Memory that programs may still take (proc(5), meminfo). */
    static long availableKibibytes() throws IOException {
        return field(Path.of("/proc/meminfo"), "MemAvailable:");
    }

    /** What this process has resident now. */
    static long residentKibibytes() throws IOException {
        return field(Path.of("/proc/self/status"), "VmRSS:");
    }

    private static long field(Path file, String name) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException(file + " does not say " + name);
    }

    private static Stream<ProcessHandle> family(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants());
    }
}
