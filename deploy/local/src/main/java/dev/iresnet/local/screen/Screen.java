package dev.iresnet.local.screen;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a run says how it goes: standard error, so that standard output holds results only. On a
 * terminal the progress line is written over; elsewhere each is a line of its own, less often, and
 * only when a count has changed.
 */
public final class Screen {

    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final int width;
    private boolean lineOpen;
    private @Nullable Progress shown;

    /**
     * A screen.
     *
     * @param width columns of the terminal
     */
    public Screen(PrintStream out, boolean terminal, int width) {
        this.out = out;
        this.terminal = terminal;
        this.width = width;
    }

    public boolean isTerminal() {
        return terminal;
    }

    /** Milliseconds between two progress lines. */
    long refreshMillis() {
        return terminal ? 250 : 2000;
    }

    public synchronized void say(String line) {
        endLine();
        out.println(line);
        out.flush();
    }

    synchronized void show(Progress progress) {
        if (terminal) {
            out.print(ERASE_LINE + progress.text(width - 1));
            lineOpen = true;
        } else if (shown == null || !shown.sameCounts(progress)) {
            out.println(progress.text(Integer.MAX_VALUE));
        }
        shown = progress;
        out.flush();
    }

    /** Leaves the last progress line standing. */
    public synchronized void endLine() {
        if (lineOpen) {
            out.println();
            lineOpen = false;
        }
    }
}
