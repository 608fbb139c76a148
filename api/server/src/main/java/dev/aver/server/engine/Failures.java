package dev.aver.server.engine;

import dev.aver.prover.NotProvableException;
import dev.aver.server.service.Failure;
import dev.aver.server.service.Failure.Kind;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.machine.LimitException.Limit;
import java.util.Optional;

/** Why jobs fail, in words for their owner. */
final class Failures {
    private Failures() {}

    /** Why a run that ended like this is none; empty if it halted. */
    static Optional<Failure> of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Halted halted -> Optional.empty();
            case Outcome.Trapped trapped ->
                Optional.of(new Failure(
                        Kind.EXECUTION,
                        false,
                        "the program trapped: %s at %s"
                                .formatted(trapped.cause(), trapped.where().function())));
            case Outcome.LimitReached reached ->
                Optional.of(new Failure(
                        reached.limit() == Limit.INPUT ? Kind.INPUT : Kind.EXECUTION,
                        false,
                        "the run reached its limit of %s, %d: raise maxCycles, or the server's limits"
                                .formatted(reached.limit(), reached.allowed())));
            case Outcome.JournalMismatch mismatch ->
                Optional.of(new Failure(
                        Kind.EXECUTION,
                        false,
                        "the program halted with digest %s, and its journal's is %s: no verifier would accept it"
                                .formatted(mismatch.claimed(), mismatch.actual())));
        };
    }

    /**
     * Why there is no proof.
     *
     * @param memory what the server's setting gives to proofs, in bytes
     */
    static Failure of(NotProvableException refusal, long memory) {
        Optional<Failure> failure = refusal.outcome().flatMap(Failures::of);
        if (failure.isPresent()) return failure.get();
        String message = String.valueOf(refusal.getMessage());
        return switch (refusal.reason()) {
            case MEMORY ->
                Failure.doesNotFit(
                        "%s, with the server's setting memory, which is %d MiB".formatted(message, memory >> 20));
            case OUTCOME, PROGRAM_SIZE, SECURITY -> new Failure(Kind.INPUT, false, message);
        };
    }

    /** What went wrong that should not have. Its message stays out: it may quote what is private. */
    static Failure defect(Throwable defect, long memory) {
        if (defect instanceof OutOfMemoryError) {
            return new Failure(
                    Kind.RESOURCES,
                    true,
                    "memory ran out, though %d MiB were predicted: lower the server's setting for memory, or give its"
                                    .formatted(memory >> 20)
                            + " process more");
        }
        return new Failure(
                Kind.INTERNAL,
                false,
                "a defect of the server: " + defect.getClass().getSimpleName() + "; its log has more");
    }
}
