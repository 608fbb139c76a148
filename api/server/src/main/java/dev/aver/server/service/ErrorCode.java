package dev.aver.server.service;

/**
 * Why a request was refused: stable names that clients may compare. Transports map {@link Kind} to their own status.
 */
public enum ErrorCode {
    /** A field is missing, out of range or malformed; the message names it. */
    INVALID_ARGUMENT(Kind.INVALID),
    /** The ELF is not a program that the machine runs. */
    INVALID_PROGRAM(Kind.INVALID),
    /** A receipt does not decode; one that decodes and does not verify is an answer, not an error. */
    INVALID_RECEIPT(Kind.INVALID),
    /** A private job must accept that composite receipts do not hide the input. */
    NOT_HIDING(Kind.INVALID),
    /** No key, or one that is unknown, expired or revoked. */
    UNAUTHENTICATED(Kind.UNAUTHENTICATED),
    /** The key lacks the scope. */
    FORBIDDEN(Kind.FORBIDDEN),
    /** It does not exist, or belongs to another account: callers cannot tell which. */
    NOT_FOUND(Kind.NOT_FOUND),
    /** The idempotency key was used for another submission. */
    IDEMPOTENCY_CONFLICT(Kind.CONFLICT),
    /** The job has no receipt: it has not completed, or its kind has none. */
    NO_RECEIPT(Kind.FAILED_PRECONDITION),
    /** The receipt or input was deleted, as the submitter or the retention policy said. */
    DELETED(Kind.FAILED_PRECONDITION),
    /** The prediction exceeds what this server has; the message has the numbers and the setting. */
    DOES_NOT_FIT(Kind.FAILED_PRECONDITION),
    /** The server's settings leave this out; the message names the setting. */
    NOT_CONFIGURED(Kind.FAILED_PRECONDITION),
    /** The kind of job is reserved and not served by this version. */
    UNIMPLEMENTED(Kind.UNIMPLEMENTED),
    /** The body is larger than allowed. */
    TOO_LARGE(Kind.TOO_LARGE),
    /** The account's quota is used up; with a hint when to retry. */
    QUOTA_EXCEEDED(Kind.EXHAUSTED),
    /** The server's limit of requests, connections or queued jobs is reached; with a hint when to retry. */
    OVERLOADED(Kind.EXHAUSTED),
    /** Too little disk space is left to accept more. */
    STORAGE_FULL(Kind.EXHAUSTED),
    /** The server is draining, or its storage cannot be written; with a hint when to retry. */
    UNAVAILABLE(Kind.UNAVAILABLE),
    /** A defect of the server. */
    INTERNAL(Kind.INTERNAL);

    /** What both transports have a status for. */
    public enum Kind {
        INVALID,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        FAILED_PRECONDITION,
        UNIMPLEMENTED,
        TOO_LARGE,
        EXHAUSTED,
        UNAVAILABLE,
        INTERNAL
    }

    private final Kind kind;

    ErrorCode(Kind kind) {
        this.kind = kind;
    }

    /** What transports map to their status. */
    public Kind kind() {
        return kind;
    }
}
