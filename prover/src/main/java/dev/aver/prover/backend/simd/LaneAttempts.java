package dev.aver.prover.backend.simd;

import dev.aver.circuits.hash.Blake3Transcript;
import dev.aver.circuits.hash.Poseidon2Transcript;
import dev.aver.circuits.hash.Transcript;

/**
 * What a transcript answers to one more element, for many elements at once, one in each lane. An object has buffers of
 * its own: one for each thread.
 */
sealed interface LaneAttempts permits Poseidon2Attempts, Blake3Attempts {
    /**
     * The attempts of a transcript.
     *
     * @param transcript left as it is
     */
    static LaneAttempts of(Transcript transcript) {
        return switch (transcript) {
            case Poseidon2Transcript sponge -> new Poseidon2Attempts(sponge);
            case Blake3Transcript chain -> new Blake3Attempts(chain);
        };
    }

    /** How many elements at once: a power of two. */
    int lanes();

    /**
     * What {@link Transcript#squeeze} gives after {@link Transcript#absorb} of one element.
     *
     * @param elements {@code lanes()} canonical numbers
     * @param squeezed receives as many
     */
    void squeeze(int[] elements, int[] squeezed);
}
