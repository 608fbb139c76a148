package dev.aver.server.gateway.exchange;

import dev.aver.server.service.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, read by one thread. The network delivers a part only when the one before has been used up, so a
 * slow reader holds up the sender and not memory.
 */
final class RequestBody extends InputStream {
    private sealed interface Event {}

    private record Part(byte[] bytes) implements Event {}

    private record End() implements Event {}

    private record Broken() implements Event {}

    private final HttpServerRequest request;
    private final Context context;
    private final long patienceMillis;
    /** Parts arrive only when asked for, one each; and one end. */
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private final long endNanos;
    private long left = Long.MAX_VALUE;
    private long most = Long.MAX_VALUE;
    private byte[] part = {};
    private int position;
    private boolean ended;
    private @Nullable BodyException failure;

    /**
     * On the event loop, before the request is handled.
     *
     * @param patience for each part
     * @param time for all of it
     */
    RequestBody(HttpServerRequest request, Context context, Duration patience, Duration time) {
        this.request = request;
        this.context = context;
        patienceMillis = patience.toMillis();
        endNanos = System.nanoTime() + time.toNanos();
        request.handler(buffer -> events.add(new Part(buffer.getBytes())));
        request.endHandler(end -> events.add(new End()));
        request.exceptionHandler(broken -> events.add(new Broken()));
        request.pause();
    }

    /** Refuses more than this. */
    void limit(long bytes) {
        most = bytes;
        left = bytes;
    }

    /** What was wrong with the body, if something was. */
    @Nullable
    BodyException failure() {
        return failure;
    }

    /** Whether all of it has been read. */
    boolean ended() {
        return ended;
    }

    /** Wakes the reader, who finds the body broken. */
    void abort() {
        events.add(new Broken());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        while (position == part.length) {
            if (!next()) {
                return -1;
            }
        }
        int count = Math.min(length, part.length - position);
        System.arraycopy(part, position, into, offset, count);
        position += count;
        return count;
    }

    private boolean next() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (ended) {
            return false;
        }
        context.runOnContext(now -> request.fetch(1));
        return switch (take()) {
            case Part(byte[] bytes) -> {
                left -= bytes.length;
                if (left < 0) {
                    throw fail(ErrorCode.TOO_LARGE, "the body is larger than " + most + " bytes");
                }
                part = bytes;
                position = 0;
                yield true;
            }
            case End end -> {
                ended = true;
                yield false;
            }
            case Broken broken -> throw fail(ErrorCode.INVALID_ARGUMENT, "the body ends too early");
        };
    }

    private Event take() throws IOException {
        long millis = Math.min(patienceMillis, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime()));
        try {
            Event event = events.poll(Math.max(0, millis), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw fail(
                        ErrorCode.INVALID_ARGUMENT, "the body comes too slowly; send it faster, or in smaller pieces");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw fail(ErrorCode.INVALID_ARGUMENT, "the body was given up");
        }
    }

    private BodyException fail(ErrorCode code, String message) {
        failure = new BodyException(code, message);
        return failure;
    }

    /** Empties what no one will read; on the event loop. */
    void discard() {
        request.handler(buffer -> {});
        request.resume();
    }
}
