package dev.aver.server.app;

import dev.aver.server.config.Config;
import dev.aver.server.config.ConfigException;
import dev.aver.server.config.Setting;
import dev.aver.server.gateway.api.AdminOperations;
import dev.aver.server.gateway.api.Operation;
import dev.aver.server.gateway.api.Operations;
import dev.aver.server.gateway.exchange.Exchange.Times;
import dev.aver.server.gateway.exchange.Outcome;
import dev.aver.server.gateway.grpc.GrpcHandler;
import dev.aver.server.gateway.http.Endpoint;
import dev.aver.server.gateway.http.Endpoint.Tls;
import dev.aver.server.gateway.http.Gateway;
import dev.aver.server.gateway.http.MetricsPage;
import dev.aver.server.gateway.http.OpenPages;
import dev.aver.server.gateway.limit.Admission;
import dev.aver.server.gateway.limit.Limits;
import dev.aver.server.gateway.rest.RestHandler;
import dev.aver.server.ops.Metrics;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A server that runs. */
public final class AverServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AverServer.class.getName());
    private static final double[] SECONDS = {0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60};
    /** A burst is what comes in so many seconds. */
    private static final int BURST = 2;

    private final Config config;
    private final Backend backend;
    private final Gateway gateway;
    private volatile boolean draining;

    private AverServer(Config config, Backend.Factory factory)
            throws IOException, ConfigException, InterruptedException {
        this.config = config;
        Endpoint endpoint = endpoint(config);
        Metrics metrics = new Metrics();
        // What the gateway runs on takes as long to load as the backend to open, so it is loaded beside that.
        FutureTask<Vertx> ground = new FutureTask<>(Gateway::ground);
        Thread.ofPlatform().name("aver-ground").start(ground);
        try {
            backend = factory.open(config, metrics);
        } catch (IOException | ConfigException | RuntimeException e) {
            discard(ground);
            throw e;
        }
        try {
            Limits limits = new Limits(
                    config.count(Setting.CONNECTIONS),
                    config.count(Setting.REQUESTS),
                    config.count(Setting.WAITS),
                    config.count(Setting.PER_ACCOUNT),
                    config.count(Setting.ACCOUNT_RATE),
                    BURST * config.count(Setting.ACCOUNT_RATE),
                    config.count(Setting.ADDRESS_RATE),
                    BURST * config.count(Setting.ADDRESS_RATE));
            Admission admission = new Admission(backend.keys(), limits, System::nanoTime);
            List<Operation<?, ?>> operations = new ArrayList<>(Operations.of(
                    backend.service(),
                    new Operations.Sizes(
                            config.bytes(Setting.MAX_PROGRAM),
                            config.bytes(Setting.MAX_INPUT),
                            config.bytes(Setting.MAX_RECEIPT))));
            operations.addAll(AdminOperations.of(backend.administration()));
            gateway = Gateway.start(
                    loaded(ground),
                    new GrpcHandler(operations, admission, this::ready),
                    new RestHandler(operations, admission),
                    new OpenPages(
                            this::ready, new MetricsPage(metrics::text, admission, config.on(Setting.METRICS_OPEN))),
                    observer(metrics),
                    endpoint,
                    new Times(config.seconds(Setting.PATIENCE), config.seconds(Setting.UPLOAD_TIME)),
                    limits.connections());
            gauges(metrics, gateway, admission);
        } catch (IOException | InterruptedException | RuntimeException e) {
            discard(ground);
            backend.close();
            throw e;
        }
    }

    /**
     * Starts one.
     *
     * @param factory what does the work
     * @throws IOException if it cannot start; the message says why
     */
    public static AverServer start(Config config, Backend.Factory factory)
            throws IOException, ConfigException, InterruptedException {
        AverServer server = new AverServer(config, factory);
        LOG.log(Level.INFO, "listening on " + server.url());
        return server;
    }

    private static Vertx loaded(FutureTask<Vertx> ground) throws InterruptedException {
        try {
            return ground.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the HTTP server's libraries cannot be loaded", e.getCause());
        }
    }

    /** Ends what was loaded; if loading failed there is nothing to end. */
    private static void discard(FutureTask<Vertx> ground) throws InterruptedException {
        try {
            var _ = ground.get().close();
        } catch (ExecutionException e) {
            LOG.log(Level.DEBUG, "the HTTP server's libraries did not load", e);
        }
    }

    private static Endpoint endpoint(Config config) throws ConfigException {
        Optional<Path> certificate = config.path(Setting.TLS_CERTIFICATE);
        Optional<Path> key = config.path(Setting.TLS_KEY);
        Optional<Path> clients = config.path(Setting.TLS_CLIENTS);
        for (Optional<Path> file : List.of(certificate, key, clients)) {
            if (file.isPresent() && !Files.isReadable(file.get())) {
                throw new ConfigException("cannot read " + file.get());
            }
        }
        return new Endpoint(
                config.text(Setting.LISTEN_HOST),
                config.count(Setting.LISTEN_PORT),
                certificate.map(chain -> new Tls(chain, key.orElseThrow(), clients)),
                config.on(Setting.BEHIND_PROXY));
    }

    private static Gateway.Observer observer(Metrics metrics) {
        Metrics.Counters requests = metrics.counters(
                "aver_requests_total", "Requests, by how they ended", "transport", "operation", "code");
        Metrics.Histograms seconds =
                metrics.histograms("aver_request_seconds", "How long requests took", SECONDS, "transport", "operation");
        return (Outcome outcome, Duration took) -> {
            requests.of(outcome.transport(), outcome.operation(), outcome.code())
                    .increment();
            seconds.of(outcome.transport(), outcome.operation()).record(took.toNanos() / 1e9);
        };
    }

    private static void gauges(Metrics metrics, Gateway gateway, Admission admission) {
        metrics.gauge("aver_connections", "Open connections", gateway::connections);
        metrics.gauge("aver_requests_in_work", "Requests in work", admission::inWork);
        metrics.gauge("aver_requests_waiting", "Requests that wait for a job or watch it", admission::waiting);
        metrics.gauge(
                "jvm_memory_heap_used_bytes",
                "Heap in use",
                () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    private boolean ready() {
        return !draining && backend.ready();
    }

    /** Where it is reached. */
    public String url() {
        boolean tls = !config.text(Setting.TLS_CERTIFICATE).isEmpty();
        return (tls ? "https://" : "http://") + config.text(Setting.LISTEN_HOST) + ":" + gateway.port();
    }

    /** Lets what is in work end, or come to where it can go on later, and stops. */
    @Override
    public void close() {
        draining = true;
        Duration time = config.seconds(Setting.DRAIN);
        LOG.log(Level.INFO, "draining, for at most " + time.toSeconds() + " s");
        try {
            Thread requests = Thread.ofVirtual().start(() -> {
                try {
                    gateway.drain(time);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            backend.drain(time);
            requests.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gateway.close();
        backend.close();
        LOG.log(Level.INFO, "stopped");
    }
}
