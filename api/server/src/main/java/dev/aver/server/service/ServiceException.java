package dev.aver.server.service;

import java.time.Duration;
import java.util.Optional;

/** A request that is refused. The message is for the caller: it names the value and the way out, and no secret. */
public final class ServiceException extends Exception {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final long retryAfterMillis;

    /** A refusal that repeating does not change. */
    public ServiceException(ErrorCode code, String message) {
        this(code, message, Duration.ZERO);
    }

    /**
     * A refusal for now.
     *
     * @param retryAfter when to ask again; zero for never
     */
    public ServiceException(ErrorCode code, String message, Duration retryAfter) {
        super(message);
        this.code = code;
        retryAfterMillis = retryAfter.toMillis();
    }

    /** Why. */
    public ErrorCode code() {
        return code;
    }

    /** When to ask again, if that can help. */
    public Optional<Duration> retryAfter() {
        return retryAfterMillis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(retryAfterMillis));
    }
}
