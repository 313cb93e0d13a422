// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who holds a port: a process and its program. Read from /proc (proc(5)): the table of sockets gives the inode of the
 * one that is bound to the port, and a process that has it open shows {@code socket:[inode]} among its descriptors.
 */
public record PortHolder(long processId, String program) {
    private static final int COLUMN_LOCAL = 1;
    private static final int COLUMN_STATE = 3;
    private static final int COLUMN_INODE = 9;
    private static final String TCP_LISTENS = "0A";

    /** @param transport {@code udp} or {@code tcp} */
    static Optional<PortHolder> find(String transport, int port) {
        return find(Path.of("/proc"), transport, port);
    }

    static Optional<PortHolder> find(Path proc, String transport, int port) {
        Set<String> targets = new HashSet<>();
        for (String table : new String[] {transport, transport + "6"}) {
            addInodes(proc.resolve("net").resolve(table), transport, port, targets);
        }
        if (targets.isEmpty()) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (hasOpen(process, targets)) {
                    long id = Long.parseLong(process.getFileName().toString());
                    return Optional.of(new PortHolder(id, program(process)));
                }
            }
        } catch (IOException _) {
            return Optional.empty(); // No /proc here, or a process ended meanwhile: the message names the port alone.
        }
        return Optional.empty();
    }

    private static void addInodes(Path table, String transport, int port, Set<String> targets) {
        String suffix = String.format(":%04X", port);
        try {
            for (String line : Files.readAllLines(table)) {
                String[] columns = line.trim().split("\\s+");
                boolean isRow = columns.length > COLUMN_INODE && columns[COLUMN_LOCAL].endsWith(suffix);
                if (isRow && (transport.equals("udp") || columns[COLUMN_STATE].equals(TCP_LISTENS))) {
                    targets.add("socket:[" + columns[COLUMN_INODE] + "]");
                }
            }
        } catch (IOException _) {
            return; // Absent where the system has no IPv6.
        }
    }

    private static boolean hasOpen(Path process, Set<String> targets) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (targets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException _) {
            return false; // Another user's process, or one that has just ended.
        }
        return false;
    }

    private static String program(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip();
        } catch (IOException _) {
            return "an unnamed program";
        }
    }

    /** The words of the error: what is busy, who holds it, what to do. */
    public static String sentence(String transport, String socket, int port) {
        String holder = find(transport, port)
                .map(found -> " is held by process " + found.processId() + " (" + found.program() + ")")
                .orElse(" is held by another process, which this user may not see");
        return transport + " port " + port + " (" + socket + ")" + holder
                + "; stop that program or choose another port under 'listen' in the configuration";
    }
}
