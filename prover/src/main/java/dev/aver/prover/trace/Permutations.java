package dev.aver.prover.trace;

import dev.aver.circuits.hash.Poseidon2;
import dev.aver.prover.backend.Buffers;
import java.util.Arrays;

/**
 * The permutations that a segment's pages and nodes are hashed with, in the order in which they were asked for: the
 * rows of the hash table. Not thread-safe.
 */
public final class Permutations {
    private static final int WIDTH = Poseidon2.WIDTH;

    private final Buffers buffers;
    private int[] inputs;
    private boolean[] digests;
    private int size;

    /** An empty list in new arrays, with room for {@code expected} permutations before it has to grow. */
    public Permutations(int expected) {
        this(expected, Buffers.FRESH);
    }

    /**
     * An empty list.
     *
     * @param expected permutations for which there is room before it has to grow
     * @param buffers where the states are kept, until the {@link #end}
     */
    public Permutations(int expected, Buffers buffers) {
        this.buffers = buffers;
        inputs = buffers.take(Math.multiplyExact(Math.max(expected, 1), WIDTH));
        digests = new boolean[Math.max(expected, 1)];
    }

    /** Gives the states back: nothing may be asked of them any more. */
    void end() {
        buffers.give(inputs);
        inputs = new int[0];
        clear();
    }

    /** The number of permutations. */
    public int size() {
        return size;
    }

    /** Forgets all permutations. */
    void clear() {
        size = 0;
    }

    /**
     * Permutes a state.
     *
     * @param digest whether the result is a digest; if not, the capacity goes on in a page's sponge
     */
    void permute(int[] state, boolean digest) {
        if (size == digests.length) {
            int[] longer = buffers.take(Math.multiplyExact(2 * WIDTH, size));
            System.arraycopy(inputs, 0, longer, 0, WIDTH * size);
            buffers.give(inputs);
            inputs = longer;
            digests = Arrays.copyOf(digests, 2 * digests.length);
        }
        System.arraycopy(state, 0, inputs, size * WIDTH, WIDTH);
        digests[size++] = digest;
        Poseidon2.KOALABEAR_24.permute(state);
    }

    /** Copies the state before permutation {@code i} to {@code state}. */
    void input(int i, int[] state) {
        System.arraycopy(inputs, i * WIDTH, state, 0, WIDTH);
    }

    /** Whether the result of permutation {@code i} is a digest. */
    boolean isDigest(int i) {
        return digests[i];
    }
}
