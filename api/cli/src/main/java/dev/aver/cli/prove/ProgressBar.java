package dev.aver.cli.prove;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import dev.aver.prover.Plan;
import dev.aver.prover.ProgressListener;
import java.io.PrintWriter;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows on a terminal how far a proof is: one line, drawn anew at every step and twice a second. */
final class ProgressBar implements ProgressListener, AutoCloseable {
    private static final long REDRAW_MILLIS = 500;
    /** To the beginning of the line, and clear it. */
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter terminal;
    private final LongSupplier nanoTime;
    private @Nullable ProgressLine line;
    private long start;
    private boolean closed;

    ProgressBar(PrintWriter terminal, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void planned(Plan plan) {
        terminal.println(format(
                ROOT,
                "aver: proving %,d cycles in %s: about %s and %,d MiB",
                plan.cycles(),
                plan.segments() == 1 ? "1 segment" : plan.segments() + " segments",
                ProgressLine.duration(plan.seconds()),
                plan.peakBytes() >> 20));
        start = nanoTime.getAsLong();
        line = new ProgressLine(plan);
        Thread.ofPlatform().daemon().name("progress").start(this::redraw);
    }

    @Override
    public synchronized void phase(int segment, Phase phase) {
        if (line != null) {
            line.phase(phase, seconds());
            draw(line);
        }
    }

    @Override
    public synchronized void segment(int segment, int cycles, boolean resumed) {
        if (line != null) {
            line.segment(cycles, resumed, seconds());
            draw(line);
        }
    }

    /** Leaves an empty line. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        if (line != null) {
            terminal.print(CLEAR);
            terminal.flush();
        }
    }

    private synchronized void redraw() {
        try {
            while (!closed) {
                wait(REDRAW_MILLIS);
                if (!closed && line != null) {
                    draw(line);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw(ProgressLine current) {
        terminal.print(CLEAR + "aver: " + current.text(seconds()));
        terminal.flush();
    }

    private double seconds() {
        return (nanoTime.getAsLong() - start) / 1e9;
    }
}
