package dev.aver.prover.backend.simd;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.Transcript;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.Parallel;
import java.util.concurrent.atomic.AtomicInteger;

/** {@link Backend#grind}, a nonce in each lane. */
final class LaneWork {
    private final Transcript transcript;
    private final int mask;

    /** The next nonce that nobody tries yet; a multiple of a power of two, so that it does not jump over 2^31. */
    private final AtomicInteger next = new AtomicInteger();

    private final AtomicInteger smallest = new AtomicInteger(KoalaBear.P);

    LaneWork(Transcript transcript, int bits) {
        this.transcript = transcript;
        mask = (1 << bits) - 1;
    }

    /** The smallest nonce, as a number; p if none is one. */
    int smallest(Parallel parallel) {
        parallel.run(parallel.threads(), thread -> search());
        return smallest.get();
    }

    /** Takes the next few nonces, until those taken are all above one that was found. */
    private void search() {
        LaneAttempts attempts = LaneAttempts.of(transcript);
        int lanes = attempts.lanes();
        int[] nonces = new int[lanes];
        int[] squeezed = new int[lanes];
        int first = next.getAndAdd(lanes);
        while (0 <= first && first < smallest.get()) {
            attempt(attempts, first, nonces, squeezed);
            first = next.getAndAdd(lanes);
        }
    }

    /**
     * Tries as many nonces as there are lanes: a method of its own, so that it is compiled without the loop around it.
     */
    private void attempt(LaneAttempts attempts, int first, int[] nonces, int[] squeezed) {
        // Those from p on are none: they repeat the largest.
        for (int s = 0; s < nonces.length; s++) nonces[s] = Math.min(first + s, KoalaBear.P - 1);
        attempts.squeeze(nonces, squeezed);
        for (int s = nonces.length - 1; s >= 0; s--) {
            if ((squeezed[s] & mask) == 0) smallest.accumulateAndGet(nonces[s], Math::min);
        }
    }
}
