package dev.aver.prover.backend.simd;

import static dev.aver.prover.backend.simd.Poseidon2Kernel.STATES;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.Poseidon2Transcript;
import java.util.Arrays;

/** {@link Poseidon2Transcript} in lanes: one permutation. */
final class Poseidon2Attempts implements LaneAttempts {
    private final int[] block;
    private final int place;
    private final Poseidon2Kernel kernel = new Poseidon2Kernel();
    private final int[] states = new int[Poseidon2Kernel.WIDTH * STATES];

    Poseidon2Attempts(Poseidon2Transcript transcript) {
        block = transcript.block();
        place = transcript.place();
    }

    @Override
    public int lanes() {
        return STATES;
    }

    @Override
    public void squeeze(int[] elements, int[] squeezed) {
        for (int i = 0; i < block.length; i++) Arrays.fill(states, i * STATES, (i + 1) * STATES, block[i]);
        for (int s = 0; s < STATES; s++) states[place * STATES + s] = KoalaBear.of(elements[s]);
        kernel.permute(states);
        for (int s = 0; s < STATES; s++) squeezed[s] = KoalaBear.canonical(states[s]);
    }
}
