package dev.aver.cli;

import dev.aver.zkvm.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Passes the guest's fd 1 and 2 on to two streams, byte for byte and in the order of the writes. Writes are gathered to
 * save system calls, and reach the stream when the guest turns to the other descriptor, when the buffer is full, and at
 * the latest after {@link #DELAY_MILLIS}, so that someone who watches sees output as it comes.
 *
 * <p>A stream that fails takes nothing more and the run goes on: console output is no part of its result.
 */
public final class GuestConsole implements Console, AutoCloseable {
    private static final long DELAY_MILLIS = 20;
    private static final String[] NAMES = {"", "standard output", "standard error"};

    private final @Nullable OutputStream[] streams;
    private final StringJoiner failures = new StringJoiner("; ");
    private final byte[] buffer = new byte[1 << 14];
    private int length;
    /** The descriptor whose bytes the buffer holds. */
    private int owner = 1;

    private boolean flusherStarted;
    private boolean closed;

    /** Passes fd 1 on to {@code out} and fd 2 to {@code err}; they may be the same. */
    public GuestConsole(OutputStream out, OutputStream err) {
        streams = new @Nullable OutputStream[] {null, out, err};
    }

    @Override
    public synchronized void write(int fd, byte[] bytes, int count) {
        if (fd != owner || length + count > buffer.length) {
            flush();
            owner = fd;
        }
        if (count > buffer.length) {
            send(bytes, count);
            return;
        }
        if (length == 0) {
            startFlusher();
        }
        System.arraycopy(bytes, 0, buffer, length, count);
        length += count;
    }

    /** Sends what is left; nothing may be written afterwards. */
    @Override
    public synchronized void close() {
        flush();
        closed = true;
        notifyAll();
    }

    /** What could not be written and why; empty if all was, or only a closed pipe is to blame. */
    public synchronized String failures() {
        return failures.toString();
    }

    private void flush() {
        send(buffer, length);
        length = 0;
    }

    private void send(byte[] bytes, int count) {
        OutputStream stream = streams[owner];
        if (count == 0 || stream == null) {
            return;
        }
        try {
            stream.write(bytes, 0, count);
            stream.flush();
        } catch (IOException e) {
            streams[owner] = null;
            String reason = String.valueOf(e.getMessage());
            // Whoever closed the pipe has read all it wants, as `head` does.
            if (!reason.contains("Broken pipe")) {
                failures.add("cannot write to " + NAMES[owner] + ": " + reason);
            }
        }
    }

    private void startFlusher() {
        if (!flusherStarted) {
            flusherStarted = true;
            Thread.ofPlatform().daemon().name("console").start(this::flushLate);
        }
        notifyAll();
    }

    private void flushLate() {
        try {
            while (true) {
                Thread.sleep(DELAY_MILLIS);
                synchronized (this) {
                    flush();
                    while (length == 0 && !closed) {
                        wait();
                    }
                    if (closed) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
