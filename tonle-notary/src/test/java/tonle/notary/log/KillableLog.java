// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import tonle.base.power.SystemClock;

/**
 * A process that enters as fast as it can and says what was acknowledged, until it is killed: {@code FOLDER RUN}. A
 * line {@code acknowledged INDEX ENTRY} is written after the log has answered, never before.
 */
final class KillableLog {
    private static final int SENDERS = 6;

    private KillableLog() {}

    static void main(String[] arguments) throws Exception {
        String run = arguments[1];
        PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false, UTF_8);
        AtomicLong next = new AtomicLong();
        try (PublicLog log = new PublicLog(
                        LogPlaces.in(Path.of(arguments[0])), "Killed", new SystemClock(), Witnesses.NONE)
                .start()) {
            say(out, "opened " + log.state().head().size());
            Thread[] senders = new Thread[SENDERS];
            for (int i = 0; i < SENDERS; i++) {
                senders[i] = Thread.ofPlatform().start(() -> {
                    while (true) {
                        String entry = "run-" + run + "-entry-" + next.getAndIncrement();
                        try {
                            long index = log.append(entry.getBytes(UTF_8)).get().index();
                            say(out, "acknowledged " + index + " " + entry);
                        } catch (Exception e) {
                            say(out, "refused " + e);
                            return;
                        }
                    }
                });
            }
            for (Thread sender : senders) {
                sender.join();
            }
        }
    }

    /** A whole line in one write, so that the pipe holds whole lines or none of the last. */
    private static void say(PrintStream out, String line) {
        synchronized (out) {
            out.writeBytes((line + "\n").getBytes(UTF_8));
            out.flush();
        }
    }
}
