// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.canary;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * All that a process of this user may write to in its memory (proc(5)): the Java heap with what the collector has not
 * yet reused, buffers off the heap, stacks. A JVM with a heap of less than 4 GiB lays it, and nothing else, below that
 * address.
 */
final class ProcessMemory {
    private static final long HEAP_END = 1L << 32;

    private ProcessMemory() {}

    static boolean isReadable() {
        return Files.isReadable(Path.of("/proc/self/maps"));
    }

    static void search(long pid, PatternSearch search, PatternSearch.Found heap, PatternSearch.Found others)
            throws IOException {
        try (RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "r")) {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "maps"))) {
                String[] words = line.split(" +", 6);
                if (words[1].startsWith("rw")) {
                    String[] bounds = words[0].split("-");
                    long start = Long.parseUnsignedLong(bounds[0], 16);
                    long end = Long.parseUnsignedLong(bounds[1], 16);
                    String name = words.length > 5 ? words[5] : "[anonymous]";
                    PatternSearch.Found found = end <= HEAP_END ? heap : others;
                    search.search(words[0] + " " + name, start, new Region(memory, start, end), found);
                }
            }
        }
    }

    /** One mapping; what the process gave back in the meantime is its end. */
    private static final class Region extends InputStream {
        private final RandomAccessFile memory;
        private final long end;
        private long at;

        Region(RandomAccessFile memory, long start, long end) {
            this.memory = memory;
            this.at = start;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (at >= end) {
                return -1;
            }
            memory.seek(at);
            int count;
            try {
                count = memory.read(into, offset, (int) Math.min(length, end - at));
            } catch (IOException _) {
                return -1;
            }
            at += Math.max(count, 0);
            return count;
        }
    }
}
