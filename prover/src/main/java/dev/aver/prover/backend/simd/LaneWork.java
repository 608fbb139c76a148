package dev.aver.prover.backend.simd;

import static dev.aver.prover.backend.simd.Poseidon2Kernel.STATES;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.Poseidon2Transcript;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.Parallel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** {@link Backend#grind} for Poseidon2, a nonce in each lane. */
final class LaneWork {
    private final int[] block;
    private final int place;
    private final int mask;

    /** The next nonce that nobody tries yet; a multiple of a power of two, so that it does not jump over 2^31. */
    private final AtomicInteger next = new AtomicInteger();

    private final AtomicInteger smallest = new AtomicInteger(KoalaBear.P);

    LaneWork(Poseidon2Transcript transcript, int bits) {
        block = transcript.block();
        place = transcript.place();
        mask = (1 << bits) - 1;
    }

    /** The smallest nonce, as a number; p if none is one. */
    int smallest(Parallel parallel) {
        parallel.run(parallel.threads(), thread -> search());
        return smallest.get();
    }

    /** Takes the next few nonces, until those taken are all above one that was found. */
    private void search() {
        Poseidon2Kernel kernel = new Poseidon2Kernel();
        int[] states = new int[Poseidon2Kernel.WIDTH * STATES];
        int first = next.getAndAdd(STATES);
        while (0 <= first && first < smallest.get()) {
            for (int i = 0; i < block.length; i++) Arrays.fill(states, i * STATES, (i + 1) * STATES, block[i]);
            int nonces = Math.min(STATES, KoalaBear.P - first);
            for (int s = 0; s < nonces; s++) states[place * STATES + s] = KoalaBear.of(first + s);
            kernel.permute(states);
            for (int s = nonces - 1; s >= 0; s--) {
                if ((KoalaBear.canonical(states[s]) & mask) == 0) smallest.accumulateAndGet(first + s, Math::min);
            }
            first = next.getAndAdd(STATES);
        }
    }
}
