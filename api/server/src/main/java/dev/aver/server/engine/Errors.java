package dev.aver.server.engine;

import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.ServiceException;
import dev.aver.server.storage.StorageException;
import java.time.Duration;

/** What callers are told when storage fails. */
final class Errors {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(60);

    private Errors() {}

    static ServiceException of(StorageException e) {
        return switch (e.kind()) {
            case FULL -> new ServiceException(ErrorCode.STORAGE_FULL, String.valueOf(e.getMessage()), LATER);
            case BUSY ->
                new ServiceException(ErrorCode.UNAVAILABLE, "the server's storage is busy; nothing was changed", SOON);
            case BROKEN ->
                new ServiceException(
                        ErrorCode.UNAVAILABLE, "the server's storage cannot be used; nothing was changed", LATER);
            case DAMAGED -> new ServiceException(ErrorCode.INTERNAL, "what the server has stored is damaged");
        };
    }

    static ServiceException invalid(String message) {
        return new ServiceException(ErrorCode.INVALID_ARGUMENT, message);
    }

    static ServiceException badToken() {
        return invalid("the page token is not one that an earlier page gave");
    }

    /** Also for what exists and belongs to another account. */
    static ServiceException notFound(String what, String id) {
        return new ServiceException(ErrorCode.NOT_FOUND, "there is no " + what + " " + id);
    }
}
