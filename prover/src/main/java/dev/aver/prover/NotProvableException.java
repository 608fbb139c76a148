package dev.aver.prover;

import dev.aver.zkvm.Outcome;
import java.util.Optional;

/** There is no proof of this run, or not with these options. The message says why and what to do. */
public final class NotProvableException extends Exception {
    /** Why, for programs. */
    public enum Reason {
        /** The run trapped, reached a limit, or published a journal that is not the one it vouches for. */
        OUTCOME,
        /** Even the shortest segments need more memory than allowed. */
        MEMORY,
        /** The program's table is higher than any proof's table can be. */
        PROGRAM_SIZE,
        /** The parameters cannot reach the demanded security. */
        SECURITY
    }

    private final Reason reason;
    private final transient Optional<Outcome> outcome;

    NotProvableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.outcome = Optional.empty();
    }

    NotProvableException(Outcome outcome, String message) {
        super(message);
        this.reason = Reason.OUTCOME;
        this.outcome = Optional.of(outcome);
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** How the run ended, where that is the reason. */
    public Optional<Outcome> outcome() {
        return outcome;
    }
}
