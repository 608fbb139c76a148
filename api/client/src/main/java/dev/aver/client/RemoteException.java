package dev.aver.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;

/** The server refused, or could not be reached. */
public final class RemoteException extends Exception {
    private static final long serialVersionUID = 1;

    private final Status.Code status;
    private final String code;
    private final long retryAfterMillis;

    private RemoteException(Status.Code status, String code, long retryAfterMillis, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
        this.retryAfterMillis = retryAfterMillis;
    }

    /** Of what a stub threw. */
    static RemoteException of(Throwable thrown) {
        Status status = Status.fromThrowable(thrown);
        String code = "";
        long retryAfter = -1;
        com.google.rpc.Status details = StatusProto.fromThrowable(thrown);
        if (details != null) {
            try {
                for (Any detail : details.getDetailsList()) {
                    if (detail.is(ErrorInfo.class)) {
                        code = detail.unpack(ErrorInfo.class).getReason();
                    } else if (detail.is(RetryInfo.class)) {
                        com.google.protobuf.Duration delay =
                                detail.unpack(RetryInfo.class).getRetryDelay();
                        retryAfter = Math.max(0, delay.getSeconds() * 1000 + delay.getNanos() / 1_000_000);
                    }
                }
            } catch (InvalidProtocolBufferException e) {
                // Details are for machines; without them there is still the status.
            }
        }
        String said = status.getDescription();
        if (said == null || code.isEmpty()) {
            Throwable cause = status.getCause();
            said = (said == null ? status.getCode().name() : said)
                    + (cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage());
        }
        return new RemoteException(status.getCode(), code, retryAfter, said, thrown);
    }

    /** gRPC's status. */
    public Status.Code status() {
        return status;
    }

    /** The server's code, such as QUOTA_EXCEEDED, which never changes its meaning; empty if it did not answer. */
    public String code() {
        return code;
    }

    /** When the server says to ask again. */
    public Optional<Duration> retryAfter() {
        return retryAfterMillis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(retryAfterMillis));
    }

    /** Whether the server never answered: it cannot be reached, or the answer was lost. */
    public boolean unreachable() {
        return code.isEmpty() && (status == Status.Code.UNAVAILABLE || status == Status.Code.DEADLINE_EXCEEDED);
    }
}
