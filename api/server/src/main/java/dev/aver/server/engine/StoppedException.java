package dev.aver.server.engine;

/** Thrown through the prover or the executor to end what it is doing. */
final class StoppedException extends RuntimeException {
    private final StopReason reason;

    StoppedException(StopReason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    StopReason reason() {
        return reason;
    }
}
