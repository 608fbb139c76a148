package dev.aver.server.gateway.rest;

import com.google.protobuf.Message;
import dev.aver.server.gateway.api.Operation;
import dev.aver.server.gateway.api.Operation.Download;
import dev.aver.server.gateway.api.Operation.Events;
import dev.aver.server.gateway.api.Operation.Unary;
import dev.aver.server.gateway.api.Operation.Upload;
import dev.aver.server.gateway.exchange.BodyException;
import dev.aver.server.gateway.exchange.Exchange;
import dev.aver.server.gateway.exchange.Outcome;
import dev.aver.server.gateway.limit.Admission;
import dev.aver.server.service.Caller;
import dev.aver.server.service.Content;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.ServiceException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Serves the routes. */
public final class RestHandler {
    private static final int LONGEST_JSON = 64 << 10;
    private static final int PART = 64 << 10;
    private static final Map<String, String> JSON =
            Map.of("content-type", "application/json", "cache-control", "no-store");
    private static final Map<String, String> EVENTS =
            Map.of("content-type", "text/event-stream", "cache-control", "no-store", "x-accel-buffering", "no");

    private final Map<String, Operation<?, ?>> operations = new HashMap<>();
    private final Admission admission;

    /** Serves the operations. */
    public RestHandler(List<Operation<?, ?>> operations, Admission admission) {
        this.admission = admission;
        operations.forEach(operation -> this.operations.put(operation.name(), operation));
    }

    private record Target(Operation<?, ?> operation, Map<String, String> fields) {}

    /** Serves a request to its end, and says how it ended. */
    public Outcome serve(Exchange exchange) {
        String name = "unknown";
        @Nullable ServiceException refusal = null;
        try {
            admission.knock(exchange.client());
            Optional<Target> target = find(exchange);
            if (target.isEmpty()) {
                return Outcome.of(exchange, "rest", name, missing(exchange));
            }
            name = target.get().operation().name();
            Caller caller = admission.identify(exchange.client(), exchange.header("authorization"));
            serve(exchange, target.get().operation(), target.get().fields(), caller);
        } catch (ServiceException e) {
            refusal = e;
        } catch (BodyException e) {
            refusal = new ServiceException(e.code(), String.valueOf(e.getMessage()));
        } catch (IOException | InterruptedException | RuntimeException | StackOverflowError e) {
            refusal = Outcome.failure(exchange, e);
        }
        if (refusal != null) {
            refuse(exchange, refusal);
        }
        return Outcome.of(exchange, "rest", name, refusal);
    }

    private Optional<Target> find(Exchange exchange) {
        String[] path = Route.split(exchange.path());
        for (Route route : Route.ALL) {
            if (route.method().equals(exchange.method())) {
                Optional<Map<String, String>> fields = route.match(path);
                Operation<?, ?> operation = operations.get(route.operation());
                if (fields.isPresent() && operation != null) {
                    return Optional.of(new Target(operation, fields.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static ServiceException missing(Exchange exchange) throws IOException {
        TreeSet<String> methods = new TreeSet<>();
        for (Route route : Route.ALL) {
            if (route.match(Route.split(exchange.path())).isPresent()) {
                methods.add(route.method());
            }
        }
        ServiceException refusal = new ServiceException(
                ErrorCode.NOT_FOUND,
                methods.isEmpty() ? "there is nothing here; see /v1/openapi.json" : "here one may " + methods);
        Map<String, String> headers = new LinkedHashMap<>(Problem.headers(refusal));
        if (!methods.isEmpty()) {
            headers.put("allow", String.join(", ", methods));
        }
        exchange.send(methods.isEmpty() ? 404 : 405, headers, Problem.body(refusal));
        return refusal;
    }

    private <Q extends Message, A extends Message> void serve(
            Exchange exchange, Operation<Q, A> operation, Map<String, String> fields, Caller caller)
            throws ServiceException, IOException, InterruptedException {
        boolean waits = operation instanceof Events || (operation instanceof Unary<Q, A> unary && unary.waits());
        try (Admission.Pass pass = admission.enter(caller, waits)) {
            switch (operation) {
                case Unary<Q, A> unary -> {
                    A answer = unary.body().call(pass.caller(), question(exchange, unary, fields), exchange);
                    if (unary.waits()) admission.stillKnown(exchange.header("authorization"));
                    answer(exchange, answer);
                }
                case Upload<Q, A> upload -> {
                    Q head = Question.of(upload.question(), fields, exchange.query(), Operation.CHUNK);
                    answer(exchange, upload.body().call(pass.caller(), head, exchange.body(upload.maxBytes())));
                }
                case Download<Q, A> download -> {
                    Q question = question(exchange, download, fields);
                    try (Content content = download.body().call(pass.caller(), question)) {
                        download(exchange, content, download.mediaType());
                    }
                }
                case Events<Q, A> events -> {
                    Q question = question(exchange, events, fields);
                    Operation.Sink<A> answers = event -> {
                        admission.stillKnown(exchange.header("authorization"));
                        event(exchange, event);
                    };
                    events.body().call(pass.caller(), question, answers, exchange);
                    exchange.end(Map.of());
                }
            }
        }
    }

    private static <Q extends Message> Q question(
            Exchange exchange, Operation<Q, ?> operation, Map<String, String> fields)
            throws ServiceException, IOException {
        if (!Route.JSON.contains(operation.name())) {
            return Question.of(operation.question(), fields, exchange.query(), "");
        }
        String type = exchange.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            throw new ServiceException(ErrorCode.INVALID_ARGUMENT, "content-type must be application/json");
        }
        Question.of(operation.question(), fields, exchange.query(), "");
        return Question.of(operation.question(), exchange.body(LONGEST_JSON).readAllBytes());
    }

    private static void answer(Exchange exchange, Message answer) throws IOException {
        exchange.send(200, JSON, Buffer.buffer(Json.of(answer)));
    }

    private static void event(Exchange exchange, Message event) throws IOException {
        if (!exchange.started()) {
            exchange.start(200, EVENTS, true);
        }
        exchange.write(Buffer.buffer("event: job\ndata: " + Json.of(event) + "\n\n"));
    }

    private static void download(Exchange exchange, Content content, String mediaType) throws IOException {
        exchange.start(
                200,
                Map.of(
                        "content-type", mediaType,
                        "content-length", Long.toString(content.bytes()),
                        "content-disposition", "attachment",
                        "x-content-type-options", "nosniff",
                        "cache-control", "no-store"),
                false);
        byte[] part = new byte[PART];
        int count;
        while ((count = content.stream().readNBytes(part, 0, part.length)) > 0) {
            exchange.write(Buffer.buffer(count).appendBytes(part, 0, count));
        }
        exchange.end(Map.of());
    }

    /** A response that has begun can only break off, but for events, whose last can say why. */
    private static void refuse(Exchange exchange, ServiceException refusal) {
        if (exchange.finished()) {
            return;
        }
        try {
            if (!exchange.started()) {
                exchange.send(Problem.status(refusal), Problem.headers(refusal), Problem.body(refusal));
            } else if (exchange.streamsEvents()) {
                exchange.write(Buffer.buffer("event: problem\ndata: " + Problem.json(refusal) + "\n\n"));
                exchange.end(Map.of());
            } else {
                exchange.reset();
            }
        } catch (IOException e) {
            exchange.reset();
        }
    }
}
