package dev.aver.server.service;

import java.util.Optional;

/**
 * Why a job failed.
 *
 * @param kind whose fault it is
 * @param retryable whether the same job could succeed when submitted again
 * @param message what happened and what to do; for a trap, its cause and the guest's function
 * @param code what a call with this reason would be refused with, where there is such a code
 */
public record Failure(Kind kind, boolean retryable, String message, Optional<ErrorCode> code) {
    /** One that no call is refused with. */
    public Failure(Kind kind, boolean retryable, String message) {
        this(kind, retryable, message, Optional.empty());
    }

    /** What does not fit this server, by its prediction. */
    public static Failure doesNotFit(String message) {
        return new Failure(Kind.RESOURCES, false, message, Optional.of(ErrorCode.DOES_NOT_FIT));
    }

    /** Whose fault it is. */
    public enum Kind {
        /** The input or the options. */
        INPUT,
        /** The program trapped, vouched for another journal, or reached the run's limit. */
        EXECUTION,
        /** It does not fit this server. */
        RESOURCES,
        /** The server's limit of time. */
        TIMEOUT,
        /** A defect, or broken storage. */
        INTERNAL
    }
}
