package dev.aver.server.gateway.api;

import dev.aver.server.service.ErrorCode;
import io.grpc.Status;

/** How each transport says what kind of refusal it is. */
public final class ErrorStatus {
    private ErrorStatus() {}

    /** For gRPC. */
    public static Status.Code grpc(ErrorCode code) {
        return switch (code.kind()) {
            case INVALID -> Status.Code.INVALID_ARGUMENT;
            case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
            case FORBIDDEN -> Status.Code.PERMISSION_DENIED;
            case NOT_FOUND -> Status.Code.NOT_FOUND;
            case CONFLICT -> Status.Code.ALREADY_EXISTS;
            case FAILED_PRECONDITION -> Status.Code.FAILED_PRECONDITION;
            case UNIMPLEMENTED -> Status.Code.UNIMPLEMENTED;
            case TOO_LARGE, EXHAUSTED -> Status.Code.RESOURCE_EXHAUSTED;
            case UNAVAILABLE -> Status.Code.UNAVAILABLE;
            case INTERNAL -> Status.Code.INTERNAL;
        };
    }

    /** For HTTP. */
    public static int http(ErrorCode code) {
        return switch (code.kind()) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case FAILED_PRECONDITION -> 422;
            case UNIMPLEMENTED -> 501;
            case TOO_LARGE -> 413;
            case EXHAUSTED -> 429;
            case UNAVAILABLE -> 503;
            case INTERNAL -> 500;
        };
    }
}
