package dev.aver.server.gateway.exchange;

import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.ServiceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended.
 *
 * @param transport "grpc" or "rest"
 * @param operation the contract's name of it, or "unknown"
 * @param code "OK", "GONE" if the client went, or an {@link ErrorCode}
 */
public record Outcome(String transport, String operation, String code) {
    /** With a refusal, or none. */
    public static Outcome of(
            Exchange exchange, String transport, String operation, @Nullable ServiceException refusal) {
        String code = exchange.gone()
                ? "GONE"
                : refusal == null ? "OK" : refusal.code().name();
        return new Outcome(transport, operation, code);
    }

    /** What to tell a client of a failure: of what it has to do with it, the reason; of a defect, where to find it. */
    public static ServiceException failure(Exchange exchange, Throwable failure) {
        BodyException body = exchange.bodyFailure().orElse(null);
        if (body != null) {
            return new ServiceException(body.code(), String.valueOf(body.getMessage()));
        }
        String reference =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        if (!exchange.gone()) {
            Logger log = System.getLogger(Outcome.class.getName());
            log.log(Level.ERROR, "request failed, reference " + reference, failure);
        }
        return new ServiceException(ErrorCode.INTERNAL, "internal error, reference " + reference);
    }
}
