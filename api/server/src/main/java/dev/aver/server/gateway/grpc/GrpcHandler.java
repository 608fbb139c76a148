package dev.aver.server.gateway.grpc;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.aver.proto.v1.AdminServiceGrpc;
import dev.aver.proto.v1.AdminServiceProto;
import dev.aver.proto.v1.ProvingServiceGrpc;
import dev.aver.proto.v1.ProvingServiceProto;
import dev.aver.server.gateway.api.Operation;
import dev.aver.server.gateway.exchange.BodyException;
import dev.aver.server.gateway.exchange.Exchange;
import dev.aver.server.gateway.exchange.Outcome;
import dev.aver.server.gateway.limit.Admission;
import dev.aver.server.service.Caller;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.ServiceException;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.health.v1.HealthProto;
import io.grpc.reflection.v1.ServerReflectionProto;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Serves gRPC calls. */
public final class GrpcHandler {
    private static final Map<String, String> HEADERS =
            Map.of("content-type", "application/grpc+proto", "grpc-accept-encoding", "identity,gzip");

    private final Map<String, GrpcMethod<?, ?>> methods = new LinkedHashMap<>();
    private final Admission admission;

    /**
     * Serves the operations, health and reflection.
     *
     * @param ready whether the server is healthy
     */
    public GrpcHandler(List<Operation<?, ?>> operations, Admission admission, BooleanSupplier ready) {
        this.admission = admission;
        operations.forEach(operation -> add(Adapter.method(operation)));
        Health health = new Health(
                Set.of(ProvingServiceGrpc.SERVICE_NAME, AdminServiceGrpc.SERVICE_NAME, HealthGrpc.SERVICE_NAME), ready);
        add(health.check());
        add(health.watch());
        List<FileDescriptor> files = List.of(
                ProvingServiceProto.getDescriptor(),
                AdminServiceProto.getDescriptor(),
                HealthProto.getDescriptor(),
                ServerReflectionProto.getDescriptor());
        add(new Reflection(files).method());
    }

    private void add(GrpcMethod<?, ?> method) {
        methods.put("/" + method.descriptor().getFullMethodName(), method);
    }

    /** Whether a request is meant for this. */
    public static boolean wants(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("application/grpc");
    }

    /** Serves a call to its end, and says how it ended. */
    public Outcome serve(Exchange exchange) {
        String type = exchange.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        GrpcMethod<?, ?> method = methods.get(exchange.path());
        String name =
                method == null ? "unknown" : String.valueOf(method.descriptor().getBareMethodName());
        if (!exchange.http2() || !exchange.method().equals("POST")) {
            return Outcome.of(exchange, "grpc", name, refuse(exchange, 405, "gRPC is POST over HTTP/2"));
        }
        if (!type.equals("application/grpc") && !type.equals("application/grpc+proto")) {
            return Outcome.of(exchange, "grpc", name, refuse(exchange, 415, "only application/grpc+proto is spoken"));
        }
        @Nullable ServiceException refusal = null;
        try {
            admission.knock(exchange.client());
            if (method == null) {
                throw new ServiceException(ErrorCode.UNIMPLEMENTED, "there is no such method");
            }
            call(exchange, method);
        } catch (ServiceException e) {
            refusal = e;
        } catch (BodyException e) {
            refusal = new ServiceException(e.code(), String.valueOf(e.getMessage()));
        } catch (IOException | InterruptedException | RuntimeException | StackOverflowError e) {
            refusal = Outcome.failure(exchange, e);
        }
        end(exchange, refusal == null ? GrpcStatus.ok() : GrpcStatus.of(refusal));
        return Outcome.of(exchange, "grpc", name, refusal);
    }

    private <Q, A> void call(Exchange exchange, GrpcMethod<Q, A> method)
            throws ServiceException, IOException, InterruptedException {
        String encoding = exchange.header("grpc-encoding").orElse("identity");
        if (!encoding.equals("identity") && !encoding.equals("gzip")) {
            throw new ServiceException(ErrorCode.UNIMPLEMENTED, "grpc-encoding must be identity or gzip");
        }
        @Nullable
        Caller caller = method.operation().isPresent()
                ? admission.identify(exchange.client(), exchange.header("authorization"))
                : null;
        try (Admission.Pass entered = caller == null
                ? admission.enter(exchange.client(), method.waits())
                : admission.enter(caller, method.waits())) {
            Frames<Q> questions =
                    new Frames<>(exchange.body(method.maxBytes()), method.descriptor(), encoding.equals("gzip"));
            method.body()
                    .call(
                            caller == null ? null : entered.caller(),
                            questions,
                            answer -> {
                                // A key may end while its owner waits.
                                if (caller != null && method.waits()) {
                                    admission.stillKnown(exchange.header("authorization"));
                                }
                                if (!exchange.started()) {
                                    exchange.start(200, HEADERS, false);
                                }
                                exchange.write(Frames.frame(method.descriptor(), answer));
                            },
                            exchange);
        }
    }

    private static ServiceException refuse(Exchange exchange, int status, String message) {
        try {
            exchange.send(status, Map.of("content-type", "text/plain"), Buffer.buffer(message + "\n"));
        } catch (IOException e) {
            // Whoever asked has gone.
        }
        return new ServiceException(ErrorCode.INVALID_ARGUMENT, message);
    }

    private static void end(Exchange exchange, Map<String, String> status) {
        if (exchange.finished()) {
            return;
        }
        try {
            if (exchange.started()) {
                exchange.end(status);
            } else {
                Map<String, String> all = new LinkedHashMap<>(HEADERS);
                all.putAll(status);
                exchange.send(200, all, Buffer.buffer());
            }
        } catch (IOException e) {
            // Whoever asked has gone.
        }
    }
}
