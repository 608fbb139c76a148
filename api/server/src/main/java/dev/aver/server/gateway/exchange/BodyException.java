package dev.aver.server.gateway.exchange;

import dev.aver.server.service.ErrorCode;
import java.io.IOException;

/** The request's body is at fault: it is too large, too slow or ends too early. */
public final class BodyException extends IOException {
    private final ErrorCode code;

    /** A fault to tell the client about. */
    public BodyException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /** What to tell it. */
    public ErrorCode code() {
        return code;
    }
}
