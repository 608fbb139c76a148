package dev.aver.prover.backend.simd;

import static dev.aver.circuits.hash.Poseidon2Suite.DIGEST;
import static dev.aver.circuits.hash.Poseidon2Suite.RATE;
import static dev.aver.prover.backend.simd.Poseidon2Kernel.STATES;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.Poseidon2Suite;
import java.util.Arrays;

/** {@link Poseidon2Suite} in lanes. */
final class Poseidon2Lanes implements LaneHash {
    private final Poseidon2Kernel kernel = new Poseidon2Kernel();
    private final int[] states = new int[Poseidon2Kernel.WIDTH * STATES];

    @Override
    public int lanes() {
        return STATES;
    }

    @Override
    public void leaves(Rows rows, int row, int[] digests) {
        start(Poseidon2Suite.LEAF_TAG);
        fill(Poseidon2Suite.LENGTH_AT, KoalaBear.of(rows.width()));
        for (int done = 0; done < rows.width(); done += RATE) {
            int taken = Math.min(RATE, rows.width() - done);
            for (int i = 0; i < taken; i++) rows.read(done + i, row, STATES, states, i * STATES);
            Arrays.fill(states, taken * STATES, RATE * STATES, 0);
            kernel.permute(states);
        }
        writeDigests(digests, row * DIGEST);
    }

    @Override
    public void nodes(int[] below, int node, int[] nodes) {
        start(Poseidon2Suite.NODE_TAG);
        read(below, 2 * node * DIGEST, 2 * DIGEST, 2 * DIGEST, 0);
        kernel.permute(states);
        writeDigests(nodes, node * DIGEST);
    }

    @Override
    public void inject(int[] rows, int node, int[] nodes) {
        start(Poseidon2Suite.INJECTION_TAG);
        read(nodes, node * DIGEST, DIGEST, DIGEST, 0);
        read(rows, node * DIGEST, DIGEST, DIGEST, DIGEST);
        kernel.permute(states);
        writeDigests(nodes, node * DIGEST);
    }

    private void start(int tag) {
        Arrays.fill(states, 0);
        fill(Poseidon2Suite.TAG_AT, KoalaBear.of(tag));
    }

    private void fill(int element, int value) {
        Arrays.fill(states, element * STATES, (element + 1) * STATES, value);
    }

    /** Element {@code first + i} of state s becomes {@code from[at + s * stride + i]}, for i below {@code count}. */
    private void read(int[] from, int at, int stride, int count, int first) {
        for (int i = 0; i < count; i++) {
            int source = at + i;
            for (int s = 0; s < STATES; s++, source += stride) states[(first + i) * STATES + s] = from[source];
        }
    }

    private void writeDigests(int[] digests, int at) {
        for (int i = 0; i < DIGEST; i++) {
            for (int s = 0; s < STATES; s++) digests[at + s * DIGEST + i] = states[i * STATES + s];
        }
    }
}
