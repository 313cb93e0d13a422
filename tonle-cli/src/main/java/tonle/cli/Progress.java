// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.util.Locale;

/**
 * How far a long reading has come, on standard error: nothing for the first half second, then one line that redraws
 * itself on a terminal, or a plain line every ten seconds elsewhere. Silent with {@code -q}.
 */
final class Progress {
    private static final long QUIET_NANOS = 500_000_000L;
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long PLAIN_LINE_NANOS = 10_000_000_000L;
    private static final int BAR_CELLS = 24;

    private final Console console;
    private final boolean isSilent;
    private final long totalOctets;
    private final long startNanos;
    private long lastNanos;
    private boolean isDrawn;

    /** @param totalOctets all that is to be read; 0 where unknown */
    Progress(Console console, boolean isSilent, long totalOctets) {
        this.console = console;
        this.isSilent = isSilent;
        this.totalOctets = totalOctets;
        this.startNanos = console.clock().monotonicNanos();
        this.lastNanos = startNanos;
    }

    void at(String what, long doneOctets) {
        if (isSilent) {
            return;
        }
        long now = console.clock().monotonicNanos();
        long pause = console.errIsTerminal() ? REDRAW_NANOS : PLAIN_LINE_NANOS;
        if (now - startNanos < QUIET_NANOS || now - lastNanos < pause) {
            return;
        }
        lastNanos = now;
        String line = line(what, doneOctets, (now - startNanos) / 1e9);
        if (console.errIsTerminal()) {
            isDrawn = true;
            console.err().print("\r\033[K" + line);
        } else {
            console.err().println(line);
        }
        console.err().flush();
    }

    /** Takes the line away, so that what follows stands alone. */
    void done() {
        if (isDrawn) {
            console.err().print("\r\033[K");
            console.err().flush();
        }
    }

    private String line(String what, long doneOctets, double seconds) {
        double speed = doneOctets / Math.max(seconds, 1e-3);
        String text = what;
        if (totalOctets > 0) {
            double share = Math.min(1, (double) doneOctets / totalOctets);
            String bar = Figures.bar(Math.round(share * 1_000), 1_000, BAR_CELLS);
            String blank = " ".repeat(BAR_CELLS - bar.length());
            text += String.format(Locale.ROOT, " ▕%s%s▏ %.0f %%", bar, blank, share * 100);
        }
        text += "  " + Figures.octets(speed) + "/s";
        if (totalOctets > 0 && speed > 0) {
            text += "  ETA " + Math.round(Math.max(0, totalOctets - doneOctets) / speed) + " s";
        }
        return text;
    }
}
