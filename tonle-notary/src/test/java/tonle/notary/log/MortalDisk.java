// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;
import tonle.base.power.Seed;

/**
 * A disk on which the process dies at a chosen step: a write is torn in its middle, everything after is refused. With
 * power loss, names that were not forced may be gone or be the old ones again.
 */
final class MortalDisk implements Disk {
    static final class Died extends IOException {
        private static final long serialVersionUID = 1;

        Died(String step) {
            super(step);
        }
    }

    private interface Undo {
        void run() throws IOException;
    }

    private record Unforced(Path folder, Undo undo) {}

    private final Deque<Unforced> unforced = new ArrayDeque<>();
    private long stepsLeft;
    private String failure = "";
    private boolean isDead;

    /** @param stepsLeft how many steps succeed; the next one is torn */
    MortalDisk(long stepsLeft) {
        this.stepsLeft = stepsLeft;
    }

    /** From that step on everything fails with these words: a full disk. */
    void dieAfter(long steps, String words) {
        stepsLeft = steps;
        failure = words;
    }

    void mend() {
        stepsLeft = Long.MAX_VALUE;
        isDead = false;
    }

    boolean isDead() {
        return isDead;
    }

    /** Each name that was not forced comes back as it was, or not, as the seed says. */
    void losePower(Seed seed) throws IOException {
        boolean isLost = false;
        while (!unforced.isEmpty()) {
            Unforced newest = unforced.pollLast();
            // Names of one folder reach the disk in their order: what came after a lost one is lost too.
            isLost |= seed.below(2) == 0;
            if (isLost) {
                newest.undo().run();
            }
        }
    }

    private boolean isTorn(String step) throws IOException {
        if (isDead) {
            throw new Died(failure.isEmpty() ? "dead: " + step : failure);
        }
        if (stepsLeft-- > 0) {
            return false;
        }
        isDead = true;
        return true;
    }

    private Died died(String step) {
        return new Died(failure.isEmpty() ? step : failure);
    }

    @Override
    public Optional<byte[]> read(Path file) throws IOException {
        if (isDead && failure.isEmpty()) {
            throw new Died("dead: read " + file);
        }
        return REAL.read(file);
    }

    @Override
    public void write(Path file, byte[] octets) throws IOException {
        if (isTorn("write " + file)) {
            Files.write(file, Arrays.copyOf(octets, octets.length / 2));
            throw died("torn: " + file);
        }
        Files.write(file, octets);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        if (isTorn("move " + to)) {
            throw died("not moved: " + to);
        }
        Optional<byte[]> before = REAL.read(to);
        unforced.add(new Unforced(to.getParent(), () -> {
            if (before.isPresent()) {
                Files.write(to, before.get());
            } else {
                Files.deleteIfExists(to);
            }
        }));
        REAL.move(from, to);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        if (isTorn("force " + folder)) {
            throw died("not forced: " + folder);
        }
        unforced.removeIf(each -> each.folder().equals(folder));
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        if (isTorn("make " + folder)) {
            throw died("not made: " + folder);
        }
        Path above = folder;
        while (above != null && !Files.isDirectory(above)) {
            Path made = above;
            unforced.addFirst(new Unforced(made.getParent(), () -> deleteAll(made)));
            above = above.getParent();
        }
        REAL.makeFolder(folder);
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        if (isTorn("delete " + file)) {
            throw died("not deleted: " + file);
        }
        REAL.delete(file);
    }
}
