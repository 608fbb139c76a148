package dev.aver.prover.backend.simd;

import static dev.aver.prover.backend.simd.VectorField.INTS;
import static dev.aver.prover.backend.simd.VectorField.LANES;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;

/**
 * BLAKE3's compression function on {@link #STATES} inputs at once: word i of input s is {@code words[i * STATES + s]}.
 * An object has buffers of its own: one for each thread.
 */
final class Blake3Kernel {
    /** Inputs compressed at once: several vectors, so that what surrounds the innermost loop costs little. */
    static final int STATES = 64;

    private static final int[] IV = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a};

    /** The permutation of message words from one round to the next. */
    private static final int[] PERMUTATION = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};

    private static final int ROUNDS = 7;

    /** What a mixing function takes: four places in the state and two in the message. */
    private static final int PLACES = 6;

    /** The places of all mixing functions in order, columns before diagonals in each round. */
    private static final int[] MIXES = mixes();

    /** The 16 words that are mixed. */
    private final int[] v = new int[16 * STATES];

    private static int[] mixes() {
        int[] order = new int[16];
        for (int i = 0; i < 16; i++) order[i] = i;
        int[] mixes = new int[ROUNDS * 8 * PLACES];
        int at = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int mix = 0; mix < 8; mix++) {
                int turn = mix / 4; // diagonals begin one, two, three further right in their rows
                for (int row = 0; row < 4; row++) mixes[at++] = STATES * (4 * row + (mix + turn * row) % 4);
                mixes[at++] = STATES * order[2 * mix];
                mixes[at++] = STATES * order[2 * mix + 1];
            }
            int[] next = new int[16];
            for (int i = 0; i < 16; i++) next[i] = order[PERMUTATION[i]];
            order = next;
        }
        return mixes;
    }

    /**
     * Replaces the chaining values, eight words from {@code chaining[at]}, by those after a block.
     *
     * @param block 16 words
     * @param counter the same for all, as is the rest
     * @param length of the block in bytes
     */
    void compress(int[] chaining, int at, int[] block, int counter, int length, int flags) {
        System.arraycopy(chaining, at, v, 0, 8 * STATES);
        for (int i = 0; i < 4; i++) fill(8 + i, IV[i]);
        fill(12, counter);
        fill(13, 0);
        fill(14, length);
        fill(15, flags);
        rounds(v, block);
        join(v, chaining, at);
    }

    private void fill(int word, int value) {
        Arrays.fill(v, word * STATES, (word + 1) * STATES, value);
    }

    private static void rounds(int[] v, int[] block) {
        for (int mix = 0; mix < MIXES.length; mix += PLACES) {
            int aAt = MIXES[mix];
            int bAt = MIXES[mix + 1];
            int cAt = MIXES[mix + 2];
            int dAt = MIXES[mix + 3];
            int xAt = MIXES[mix + 4];
            int yAt = MIXES[mix + 5];
            for (int i = 0; i < STATES; i += LANES) {
                IntVector b = IntVector.fromArray(INTS, v, bAt + i);
                IntVector a = IntVector.fromArray(INTS, v, aAt + i).lanewise(ADD, b);
                a = a.lanewise(ADD, IntVector.fromArray(INTS, block, xAt + i));
                IntVector d = IntVector.fromArray(INTS, v, dAt + i).lanewise(XOR, a);
                d = d.lanewise(ROR, 16);
                IntVector c = IntVector.fromArray(INTS, v, cAt + i).lanewise(ADD, d);
                b = b.lanewise(XOR, c).lanewise(ROR, 12);
                a = a.lanewise(ADD, b).lanewise(ADD, IntVector.fromArray(INTS, block, yAt + i));
                d = d.lanewise(XOR, a).lanewise(ROR, 8);
                c = c.lanewise(ADD, d);
                b = b.lanewise(XOR, c).lanewise(ROR, 7);
                a.intoArray(v, aAt + i);
                b.intoArray(v, bAt + i);
                c.intoArray(v, cAt + i);
                d.intoArray(v, dAt + i);
            }
        }
    }

    private static void join(int[] v, int[] chaining, int at) {
        for (int i = 0; i < 8 * STATES; i += LANES) {
            IntVector upper = IntVector.fromArray(INTS, v, 8 * STATES + i);
            IntVector.fromArray(INTS, v, i).lanewise(XOR, upper).intoArray(chaining, at + i);
        }
    }
}
