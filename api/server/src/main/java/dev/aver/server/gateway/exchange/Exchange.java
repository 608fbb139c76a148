package dev.aver.server.gateway.exchange;

import dev.aver.server.gateway.api.Operation.Interruption;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.ServiceException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request and its response, used by one virtual thread; only {@link #abandon} is called from others. */
public final class Exchange implements Interruption {
    /** Digits of the length of a body that is not short: a million bytes. */
    private static final int LONGEST_SHORT = 7;

    /** Bytes of a response that is short. */
    private static final int SHORT = 16 << 10;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final RequestBody body;
    private final String client;
    private final Times times;
    private final boolean hasBody;
    private final boolean crowded;

    private boolean started;
    private volatile boolean finished;
    private boolean events;
    private volatile boolean gone;
    private volatile boolean draining;
    private @Nullable Thread waiting;

    /**
     * How long a client may take.
     *
     * @param part to send the next part of a body, or to take one of a response
     * @param whole to send all of a body
     */
    public record Times(Duration part, Duration whole) {}

    /**
     * Takes over a request, on its event loop.
     *
     * @param client its address
     */
    public Exchange(HttpServerRequest request, Context context, String client, Times times) {
        this.request = request;
        this.response = request.response();
        this.context = context;
        this.client = client;
        this.times = times;
        body = new RequestBody(request, context, times.part(), times.whole());
        hasBody = switch (request.method().name()) {
            case "POST", "PUT", "PATCH" -> true;
            default -> false;
        };
        if (!hasBody) {
            body.discard();
        }
        crowded = response.writeQueueFull();
        response.exceptionHandler(broken -> disconnected());
        response.closeHandler(closed -> disconnected());
    }

    /** The method's name. */
    public String method() {
        return request.method().name();
    }

    /** The path, as sent: neither decoded nor normalised. */
    public String path() {
        String path = request.path();
        return path == null ? "" : path;
    }

    /** The query, as sent. */
    public String query() {
        String query = request.query();
        return query == null ? "" : query;
    }

    /** A header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /** All headers. */
    public MultiMap headers() {
        return request.headers();
    }

    /** The client's address. */
    public String client() {
        return client;
    }

    /** Whether it speaks HTTP/2. */
    public boolean http2() {
        return request.version() == HttpVersion.HTTP_2;
    }

    /** The body. More than {@code most} bytes are a {@link BodyException}. */
    public InputStream body(long most) {
        body.limit(most);
        return body;
    }

    /** What was wrong with the body, if something was. */
    public Optional<BodyException> bodyFailure() {
        return Optional.ofNullable(body.failure());
    }

    /** Whether the client no longer listens. */
    public boolean gone() {
        return gone;
    }

    /** Whether a part of the response has been sent, so that its status cannot change. */
    public boolean started() {
        return started;
    }

    /**
     * Sends a whole response. A short one need not be waited for, unless the client has left earlier ones unread, or
     * may have many under way at once: then its request stays in work, and counts, until the network has taken it.
     */
    public void send(int status, Map<String, String> headers, Buffer content) throws IOException {
        started = true;
        finished = true;
        boolean close = mustClose();
        Supplier<Future<Void>> sending = () -> {
            response.setStatusCode(status);
            headers.forEach(response::putHeader);
            if (close) {
                response.putHeader("connection", "close");
            }
            // Without a content the headers end the stream, which is how gRPC refuses.
            Future<Void> sent = content.length() == 0 ? response.end() : response.end(content);
            afterEnd(close);
            return sent;
        };
        if (gone || crowded || http2() || content.length() > SHORT) {
            await(sending);
        } else {
            context.runOnContext(now -> {
                try {
                    var _ = sending.get();
                } catch (IllegalStateException e) {
                    gone = true; // meanwhile
                }
            });
        }
    }

    /**
     * Starts a response that comes in parts.
     *
     * @param chunked whether its parts are events, and their number and size is not known
     */
    public void start(int status, Map<String, String> headers, boolean chunked) {
        started = true;
        events = chunked;
        context.runOnContext(now -> {
            response.setStatusCode(status);
            headers.forEach(response::putHeader);
            if (chunked && !http2()) {
                response.setChunked(true);
            }
        });
    }

    /** Sends a part, and returns when the network has taken it. */
    public void write(Buffer part) throws IOException {
        await(() -> response.write(part));
    }

    /** Ends a response that came in parts. */
    public void end(Map<String, String> trailers) throws IOException {
        finished = true;
        boolean close = mustClose();
        await(() -> {
            trailers.forEach(response::putTrailer);
            Future<Void> sent = response.end();
            afterEnd(close);
            return sent;
        });
    }

    /** Ends a response that cannot be completed so that the client notices. */
    public void reset() {
        finished = true;
        context.runOnContext(now -> {
            if (http2()) {
                response.reset(2); // INTERNAL_ERROR
            } else {
                request.connection().close();
            }
        });
    }

    /** Whether a response that comes in parts is one of events. */
    public boolean streamsEvents() {
        return started && events;
    }

    /** Whether the response has been ended. */
    public boolean finished() {
        return finished;
    }

    /** Ends waits, now and later, because the server is going down. */
    public void abandon() {
        draining = true;
        interrupt();
    }

    @Override
    public <T> T during(Wait<T> wait) throws ServiceException, InterruptedException {
        synchronized (this) {
            check();
            waiting = Thread.currentThread();
        }
        try {
            T result = wait.get();
            check();
            return result;
        } catch (InterruptedException e) {
            check();
            throw e;
        } finally {
            synchronized (this) {
                waiting = null;
                // One that came too late for the wait must not hit what follows.
                Thread.interrupted();
            }
        }
    }

    private void check() throws ServiceException {
        if (draining) {
            throw new ServiceException(
                    ErrorCode.UNAVAILABLE, "the server is going down; ask again", Duration.ofSeconds(5));
        }
        if (gone) {
            throw new ServiceException(ErrorCode.UNAVAILABLE, "the client has gone");
        }
    }

    private void disconnected() {
        if (finished) {
            return; // as it should be
        }
        gone = true;
        body.abort();
        interrupt();
    }

    private synchronized void interrupt() {
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    /**
     * Rather than read to its end a long body that no one wants, the connection goes. Short ones are read: closing on
     * bytes that are under way can cost the client the answer.
     */
    private boolean mustClose() {
        return hasBody && !body.ended() && !http2() && !isShort();
    }

    private boolean isShort() {
        String length = request.getHeader("content-length");
        return length != null
                && length.length() < LONGEST_SHORT
                && bodyFailure().isEmpty();
    }

    private void afterEnd(boolean close) {
        if (close) {
            request.connection().close();
        } else if (hasBody && !body.ended()) {
            body.discard();
        }
    }

    private void await(Supplier<Future<Void>> sending) throws IOException {
        if (gone) {
            throw new IOException("the client has gone");
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(now -> {
            try {
                sending.get().onComplete(sent -> {
                    if (sent.succeeded()) {
                        done.complete(null);
                    } else {
                        done.completeExceptionally(sent.cause());
                    }
                });
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        try {
            done.get(times.part().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            gone = true;
            reset();
            throw new IOException("the client reads too slowly", e);
        } catch (ExecutionException e) {
            gone = true;
            throw new IOException("the client has gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
