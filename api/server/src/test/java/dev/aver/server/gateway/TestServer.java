package dev.aver.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.server.gateway.api.AdminOperations;
import dev.aver.server.gateway.api.Operation;
import dev.aver.server.gateway.api.Operations;
import dev.aver.server.gateway.exchange.Exchange.Times;
import dev.aver.server.gateway.exchange.Outcome;
import dev.aver.server.gateway.grpc.GrpcHandler;
import dev.aver.server.gateway.http.Endpoint;
import dev.aver.server.gateway.http.Gateway;
import dev.aver.server.gateway.http.MetricsPage;
import dev.aver.server.gateway.http.OpenPages;
import dev.aver.server.gateway.limit.Admission;
import dev.aver.server.gateway.limit.Limits;
import dev.aver.server.gateway.rest.RestHandler;
import dev.aver.server.service.Caller;
import dev.aver.server.service.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A gateway on a port of its own, before a {@link MemoryService}. */
public final class TestServer implements AutoCloseable {
    /** Of an account that may submit and read. */
    public static final String ALICE = "alice-key";
    /** Of another. */
    public static final String BOB = "bob-key";
    /** Of an account that may only read. */
    public static final String READER = "reader-key";
    /** Of an administrator. */
    public static final String ADMIN = "admin-key";

    /** Generous ones. */
    public static final Limits LIMITS = new Limits(2000, 200, 200, 150, 1e6, 1e6, 1e6, 1e6);

    /** Small ones. */
    static final Operations.Sizes SIZES = new Operations.Sizes(1 << 20, 8 << 20, 4 << 20);

    private static final Map<String, Caller> KEYS = Map.of(
            ALICE, new Caller("alice", "k1", Set.of(Scope.SUBMIT, Scope.READ)),
            BOB, new Caller("bob", "k2", Set.of(Scope.SUBMIT, Scope.READ)),
            READER, new Caller("alice", "k3", Set.of(Scope.READ)),
            ADMIN, new Caller("root", "k4", Set.of(Scope.ADMIN)));

    private final Gateway gateway;
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

    private TestServer(
            Limits limits, Operations.Sizes sizes, Times times, Endpoint endpoint, Duration step, BooleanSupplier ready)
            throws IOException, InterruptedException {
        List<Operation<?, ?>> operations = operations(new MemoryService(3_000_000, step), sizes);
        Admission admission = new Admission(key -> Optional.ofNullable(KEYS.get(key)), limits, System::nanoTime);
        gateway = Gateway.start(
                Gateway.ground(),
                new GrpcHandler(operations, admission, ready),
                new RestHandler(operations, admission),
                new OpenPages(() -> true, new MetricsPage(() -> "", admission, false)),
                (outcome, took) -> outcomes.add(outcome),
                endpoint,
                times,
                limits.connections());
    }

    /** Every call there is. */
    static List<Operation<?, ?>> operations(MemoryService service, Operations.Sizes sizes) {
        return Stream.concat(
                        Operations.of(service, sizes).stream(), AdminOperations.of(new MemoryAdministration()).stream())
                .toList();
    }

    /** One that is healthy now and then. */
    static TestServer start(BooleanSupplier ready) throws IOException, InterruptedException {
        Duration patience = Duration.ofSeconds(5);
        return new TestServer(
                LIMITS,
                SIZES,
                new Times(patience, patience),
                new Endpoint("127.0.0.1", 0, Optional.empty(), false),
                Duration.ofMillis(30),
                ready);
    }

    public static TestServer start() throws IOException, InterruptedException {
        return start(LIMITS, Duration.ofSeconds(5));
    }

    public static TestServer start(Limits limits, Duration patience) throws IOException, InterruptedException {
        return start(limits, patience, new Endpoint("127.0.0.1", 0, Optional.empty(), false));
    }

    public static TestServer start(Limits limits, Duration patience, Endpoint endpoint)
            throws IOException, InterruptedException {
        return start(limits, SIZES, new Times(patience, patience.multipliedBy(4)), endpoint, Duration.ofMillis(30));
    }

    static TestServer start(Limits limits, Operations.Sizes sizes, Times times, Endpoint endpoint, Duration step)
            throws IOException, InterruptedException {
        return new TestServer(limits, sizes, times, endpoint, step, () -> true);
    }

    Gateway gateway() {
        return gateway;
    }

    /** How requests ended so far. */
    Queue<Outcome> outcomes() {
        return outcomes;
    }

    /** Waits until so many requests have ended like this; one is counted after its answer has gone. */
    void awaitOutcomes(long count, Predicate<Outcome> like) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (outcomes.stream().filter(like).count() < count) {
            assertThat(System.nanoTime()).as("%s", outcomes).isLessThan(end);
            Thread.sleep(10);
        }
    }

    public int port() {
        return gateway.port();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
