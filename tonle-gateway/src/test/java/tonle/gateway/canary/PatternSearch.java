// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.canary;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks for some thousand patterns at once, at every octet, and counts what it finds by kind. */
final class PatternSearch {
    private static final int FIRST_OCTETS = 4;
    private static final int CHUNK_OCTETS = 1 << 20;
    private static final int FILTER_BITS = 20;

    private final Map<Integer, List<Pattern>> byFirst = new HashMap<>();
    private final BitSet filter = new BitSet(1 << FILTER_BITS);
    private final int longestOctets;

    PatternSearch(List<Pattern> patterns) {
        int longest = FIRST_OCTETS;
        for (Pattern pattern : patterns) {
            byte[] octets = pattern.octets();
            longest = Math.max(longest, octets.length);
            int first = 0;
            for (int i = 0; i < FIRST_OCTETS; i++) {
                first = first << 8 | octets[i] & 0xFF;
            }
            byFirst.computeIfAbsent(first, _ -> new ArrayList<>()).add(pattern);
            filter.set(cell(first));
        }
        longestOctets = longest;
    }

    /** What was found where: counts by kind, and how much was looked through. */
    static final class Found {
        final Map<String, Integer> counts = new TreeMap<>();
        final Map<String, String> firstPlaces = new TreeMap<>();
        long octets;

        int of(String kind) {
            return counts.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(kind))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        private void count(String kind, String place) {
            counts.merge(kind, 1, Integer::sum);
            firstPlaces.putIfAbsent(kind, place);
        }

        @Override
        public String toString() {
            return counts + " in " + octets + " octets, first at " + firstPlaces;
        }
    }

    void search(String place, InputStream in, Found found) throws IOException {
        search(place, 0, in, found);
    }

    void search(String place, byte[] octets, Found found) {
        found.octets += octets.length;
        look(place, 0, octets, octets.length, octets.length, found);
    }

    /** @param start what the stream's first octet is called */
    void search(String place, long start, InputStream in, Found found) throws IOException {
        int keepOctets = longestOctets - 1;
        byte[] buffer = new byte[CHUNK_OCTETS + keepOctets];
        int held = 0;
        long at = start;
        while (true) {
            int count = in.readNBytes(buffer, held, buffer.length - held);
            found.octets += count;
            int size = held + count;
            boolean isLast = size < buffer.length;
            look(place, at, buffer, isLast ? size : size - keepOctets, size, found);
            if (isLast) {
                return;
            }
            System.arraycopy(buffer, size - keepOctets, buffer, 0, keepOctets);
            held = keepOctets;
            at += size - keepOctets;
        }
    }

    /** Patterns that begin before {@code starts} and end within {@code size}. */
    private void look(String place, long at, byte[] octets, int starts, int size, Found found) {
        int word = 0;
        for (int end = 0; end < size; end++) {
            word = word << 8 | octets[end] & 0xFF;
            int start = end - FIRST_OCTETS + 1;
            if (start >= 0 && start < starts && filter.get(cell(word))) {
                for (Pattern pattern : byFirst.getOrDefault(word, List.of())) {
                    if (isAt(octets, start, size, pattern.octets())) {
                        found.count(pattern.kind(), place + " at " + Long.toHexString(at + start));
                    }
                }
            }
        }
    }

    private static boolean isAt(byte[] octets, int start, int size, byte[] wanted) {
        if (start + wanted.length > size) {
            return false;
        }
        for (int i = FIRST_OCTETS; i < wanted.length; i++) {
            if (octets[start + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static int cell(int first) {
        return first * 0x9E3779B1 >>> 32 - FILTER_BITS;
    }
}
