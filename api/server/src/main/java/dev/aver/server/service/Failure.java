package dev.aver.server.service;

/**
 * Why a job failed.
 *
 * @param kind whose fault it is
 * @param retryable whether the same job could succeed when submitted again
 * @param message what happened and what to do; for a trap, its cause and the guest's function
 */
public record Failure(Kind kind, boolean retryable, String message) {
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
