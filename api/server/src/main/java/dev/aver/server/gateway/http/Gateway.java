package dev.aver.server.gateway.http;

import dev.aver.proto.v1.ProvingServiceProto;
import dev.aver.server.gateway.exchange.Exchange;
import dev.aver.server.gateway.exchange.Exchange.Times;
import dev.aver.server.gateway.exchange.Outcome;
import dev.aver.server.gateway.grpc.GrpcHandler;
import dev.aver.server.gateway.rest.Problem;
import dev.aver.server.gateway.rest.RestHandler;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.ServiceException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server. The event loop only moves bytes: each request is handled on a virtual thread of its own, and there
 * are as many as connections and streams allow, most of which admission sends away at once.
 */
public final class Gateway implements AutoCloseable {
    /** Requests at once on one connection of HTTP/2. */
    private static final int STREAMS = 100;

    private static final int LONGEST_URI = 4096;
    private static final int LONGEST_HEADERS = 16 << 10;
    private static final Duration STARTING = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final HttpServer server;
    private final GrpcHandler grpc;
    private final RestHandler rest;
    private final OpenPages pages;
    private final Observer observer;
    private final Endpoint endpoint;
    private final Times times;
    private final int mostConnections;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    /** Is told of every request. */
    @FunctionalInterface
    public interface Observer {
        /** One has ended. */
        void ended(Outcome outcome, Duration took);
    }

    private Gateway(
            Vertx vertx,
            GrpcHandler grpc,
            RestHandler rest,
            OpenPages pages,
            Observer observer,
            Endpoint endpoint,
            Times times,
            int mostConnections) {
        this.vertx = vertx;
        this.grpc = grpc;
        this.rest = rest;
        this.pages = pages;
        this.observer = observer;
        this.endpoint = endpoint;
        this.times = times;
        this.mostConnections = mostConnections;
        server = vertx.createHttpServer(options(endpoint, times))
                .connectionHandler(this::connected)
                .invalidRequestHandler(Gateway::refuse)
                .requestHandler(this::requested);
    }

    /** What a gateway runs on; loads most of what it is made of. To be closed, by the gateway once that starts. */
    public static Vertx ground() {
        var _ = ProvingServiceProto.getDescriptor();
        var _ = Buffer.buffer(1);
        return Vertx.vertx(new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    /**
     * Starts to listen.
     *
     * @param vertx a {@link #ground()} of its own, closed with the gateway
     * @param mostConnections at once; more are closed
     * @throws IOException if it cannot: the message names the address, or the file
     */
    public static Gateway start(
            Vertx vertx,
            GrpcHandler grpc,
            RestHandler rest,
            OpenPages pages,
            Observer observer,
            Endpoint endpoint,
            Times times,
            int mostConnections)
            throws IOException, InterruptedException {
        Gateway gateway = new Gateway(vertx, grpc, rest, pages, observer, endpoint, times, mostConnections);
        try {
            gateway.server
                    .listen(endpoint.port(), endpoint.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(STARTING.toSeconds(), TimeUnit.SECONDS);
            return gateway;
        } catch (ExecutionException | TimeoutException e) {
            gateway.close();
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new IOException(
                    "cannot listen on " + endpoint.host() + ":" + endpoint.port() + ": " + cause.getMessage(), e);
        }
    }

    private static HttpServerOptions options(Endpoint endpoint, Times times) {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxInitialLineLength(LONGEST_URI)
                .setMaxHeaderSize(LONGEST_HEADERS)
                // A connection on which nothing moves; waits and watches move at least every half of it.
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout((int) Math.max(90, 2 * times.part().toSeconds()))
                .setTcpNoDelay(true)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setUseAlpn(true)
                .setHttp2ClearTextEnabled(true)
                .setInitialSettings(
                        new Http2Settings().setMaxConcurrentStreams(STREAMS).setMaxHeaderListSize(LONGEST_HEADERS));
        endpoint.tls().ifPresent(tls -> {
            options.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertPath(tls.certificate().toString())
                            .addKeyPath(tls.key().toString()))
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
            tls.clients()
                    .ifPresent(clients -> options.setClientAuth(ClientAuth.REQUIRED)
                            .setTrustOptions(new PemTrustOptions().addCertPath(clients.toString())));
        });
        return options;
    }

    /** The port that it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** How many connections are open. */
    public int connections() {
        return connections.get();
    }

    private void connected(HttpConnection connection) {
        if (connections.incrementAndGet() > mostConnections) {
            connection.close();
        }
        connection.closeHandler(closed -> connections.decrementAndGet());
    }

    /** What is no request of HTTP, or has a longer head than is read. */
    private static void refuse(HttpServerRequest request) {
        DecoderResult result = request.decoderResult();
        Throwable cause = result == null ? null : result.cause();
        boolean tooLong = cause instanceof TooLongHttpLineException || cause instanceof TooLongHttpHeaderException;
        ServiceException refusal = new ServiceException(
                tooLong ? ErrorCode.TOO_LARGE : ErrorCode.INVALID_ARGUMENT,
                tooLong ? "the address or the headers are too long" : "not a request of HTTP");
        Problem.headers(refusal).forEach(request.response()::putHeader);
        request.response().setStatusCode(Problem.status(refusal)).end(Problem.body(refusal));
        request.connection().close();
    }

    private void requested(HttpServerRequest request) {
        Exchange exchange = new Exchange(request, vertx.getOrCreateContext(), client(request), times);
        exchanges.add(exchange);
        if (draining) {
            exchange.abandon();
        }
        String type = request.getHeader("content-type");
        long start = System.nanoTime();
        Thread.ofVirtual().name("request").start(() -> {
            try {
                @Nullable
                Outcome outcome = GrpcHandler.wants(type)
                        ? grpc.serve(exchange)
                        : exchange.path().startsWith("/v1/") && !exchange.path().equals(OpenPages.OPENAPI)
                                ? rest.serve(exchange)
                                : pages.serve(exchange);
                if (outcome != null) {
                    observer.ended(outcome, Duration.ofNanos(System.nanoTime() - start));
                }
            } finally {
                exchanges.remove(exchange);
            }
        });
    }

    /** The address to count by; the last that a proxy names is the one that it saw itself. */
    private String client(HttpServerRequest request) {
        if (endpoint.behindProxy()) {
            String forwarded = request.getHeader("x-forwarded-for");
            if (forwarded != null) {
                String last =
                        forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
                return last.length() > 64 ? last.substring(0, 64) : last;
            }
        }
        SocketAddress remote = request.remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        return address == null ? "unknown" : address;
    }

    /** Ends waits and watches, so that clients come back later, and gives what is in work so long to end. */
    public void drain(Duration atMost) throws InterruptedException {
        draining = true;
        exchanges.forEach(Exchange::abandon);
        long end = System.nanoTime() + atMost.toNanos();
        while (!exchanges.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
    }

    /** Stops listening, and closes every connection. */
    @Override
    public void close() {
        CountDownLatch closed = new CountDownLatch(1);
        vertx.close().onComplete(done -> closed.countDown());
        try {
            if (!closed.await(10, TimeUnit.SECONDS)) {
                System.getLogger(Gateway.class.getName())
                        .log(System.Logger.Level.WARNING, "the HTTP server does not close");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
