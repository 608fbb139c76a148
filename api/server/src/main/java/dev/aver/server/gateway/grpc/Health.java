package dev.aver.server.gateway.grpc;

import dev.aver.server.gateway.api.Operation;
import dev.aver.server.gateway.api.Operation.Interruption;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.ServiceException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** gRPC's health protocol. It needs no key; watches have places of their own, few for each address. */
final class Health {
    private static final long MOST = 4 << 10;
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Watchers hear at least this often, so that both sides notice when the other is gone. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    private final Set<String> services;
    private final BooleanSupplier ready;
    private long lookedAt;
    private ServingStatus seen = ServingStatus.UNKNOWN;

    /** @param ready whether the server is healthy; asking costs something, so that all watches ask together */
    Health(Set<String> services, BooleanSupplier ready) {
        this.services = services;
        this.ready = ready;
    }

    GrpcMethod<HealthCheckRequest, HealthCheckResponse> check() {
        return new GrpcMethod<>(
                HealthGrpc.getCheckMethod(),
                Optional.empty(),
                MOST,
                false,
                (caller, questions, answers, interruption) -> {
                    if (!knows(questions.next())) throw new ServiceException(ErrorCode.NOT_FOUND, "no such service");
                    answers.send(answer(now()));
                });
    }

    GrpcMethod<HealthCheckRequest, HealthCheckResponse> watch() {
        return new GrpcMethod<>(
                HealthGrpc.getWatchMethod(),
                Optional.empty(),
                MOST,
                true,
                (caller, questions, answers, interruption) -> watch(knows(questions.next()), answers, interruption));
    }

    private boolean knows(@Nullable HealthCheckRequest question) {
        return question == null || question.getService().isEmpty() || services.contains(question.getService());
    }

    /** A service that is not known is no error here: it might come. */
    private void watch(boolean known, Operation.Sink<HealthCheckResponse> answers, Interruption interruption)
            throws ServiceException, IOException, InterruptedException {
        ServingStatus told = ServingStatus.UNKNOWN;
        long toldAt = 0;
        while (true) {
            ServingStatus is = known ? latest() : ServingStatus.SERVICE_UNKNOWN;
            if (is != told || System.nanoTime() - toldAt > HEARTBEAT.toNanos()) {
                answers.send(answer(is));
                told = is;
                toldAt = System.nanoTime();
            }
            try {
                interruption.during(() -> {
                    Thread.sleep(LOOK);
                    return LOOK;
                });
            } catch (ServiceException e) {
                // The server is going down, or nobody listens.
                if (known) answers.send(answer(ServingStatus.NOT_SERVING));
                throw e;
            }
        }
    }

    private ServingStatus now() {
        return ready.getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }

    /** As it was within the last second. */
    private synchronized ServingStatus latest() {
        if (seen == ServingStatus.UNKNOWN || System.nanoTime() - lookedAt > LOOK.toNanos()) {
            seen = now();
            lookedAt = System.nanoTime();
        }
        return seen;
    }

    private static HealthCheckResponse answer(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }
}
