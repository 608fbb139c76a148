package dev.aver.server.engine;

import dev.aver.server.service.Caller;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.Scope;
import dev.aver.server.service.ServiceException;
import dev.aver.server.storage.StorageException;
import dev.aver.server.store.BadTokenException;

/** What stands around every call: who may make it, and what is said when storage fails under it. */
final class Guard {
    private final EngineListener listener;

    Guard(EngineListener listener) {
        this.listener = listener;
    }

    /** Refuses who has none of these scopes. */
    static void require(Caller caller, Scope... any) throws ServiceException {
        for (Scope scope : any) if (caller.may(scope)) return;
        throw new ServiceException(ErrorCode.FORBIDDEN, "the key lacks the scope " + any[0]);
    }

    /** A call that storage may fail. */
    interface Stored<T> {
        T get() throws StorageException, ServiceException;
    }

    <T> T stored(Stored<T> call) throws ServiceException {
        try {
            return call.get();
        } catch (StorageException e) {
            throw trouble(e);
        }
    }

    /** A call that gives a page. */
    interface Listed<T> {
        T get() throws StorageException, BadTokenException;
    }

    <T> T listed(Listed<T> call) throws ServiceException {
        return stored(() -> {
            try {
                return call.get();
            } catch (BadTokenException e) {
                throw Errors.invalid(String.valueOf(e.getMessage()));
            }
        });
    }

    /** What the caller is told; the operator is told more. */
    ServiceException trouble(StorageException e) {
        listener.trouble("", "storage failed under a request", e);
        return Errors.of(e);
    }
}
