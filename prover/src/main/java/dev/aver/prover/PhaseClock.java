package dev.aver.prover;

import dev.aver.prover.ProgressListener.Phase;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures phases and announces them. Not thread-safe. */
final class PhaseClock {
    private final ProgressListener listener;
    private final Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
    private @Nullable Phase phase;
    private long since;

    PhaseClock(ProgressListener listener) {
        this.listener = listener;
    }

    /** Ends the phase in progress, if there is one, and begins another. */
    void begin(int segment, Phase next) {
        end();
        phase = next;
        since = System.nanoTime();
        listener.phase(segment, next);
    }

    /** Ends the phase in progress. */
    void end() {
        if (phase != null) seconds.merge(phase, (System.nanoTime() - since) * 1e-9, Double::sum);
        phase = null;
    }

    /** The time that each phase took so far, over all segments. */
    Map<Phase, Double> seconds() {
        return Map.copyOf(seconds);
    }
}
