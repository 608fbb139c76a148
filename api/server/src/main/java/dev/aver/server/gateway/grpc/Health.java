package dev.aver.server.gateway.grpc;

import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.ServiceException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** gRPC's health protocol. Not its watch, which would let anyone hold a stream open for nothing. */
final class Health {
    private static final long MOST = 4 << 10;

    private Health() {}

    static GrpcMethod<HealthCheckRequest, HealthCheckResponse> check(Set<String> services, BooleanSupplier ready) {
        return new GrpcMethod<>(
                HealthGrpc.getCheckMethod(),
                Optional.empty(),
                MOST,
                false,
                (caller, questions, answers, interruption) -> {
                    HealthCheckRequest question = questions.next();
                    String service = question == null ? "" : question.getService();
                    if (!service.isEmpty() && !services.contains(service)) {
                        throw new ServiceException(ErrorCode.NOT_FOUND, "no such service");
                    }
                    answers.send(HealthCheckResponse.newBuilder()
                            .setStatus(ready.getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING)
                            .build());
                });
    }
}
