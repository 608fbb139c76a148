package dev.aver.prover.backend.simd;

import static dev.aver.prover.backend.simd.VectorField.INTS;
import static dev.aver.prover.backend.simd.VectorField.LANES;
import static dev.aver.prover.backend.simd.VectorField.add;
import static dev.aver.prover.backend.simd.VectorField.cube;
import static dev.aver.prover.backend.simd.VectorField.sub;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MUL;

import dev.aver.circuits.hash.Poseidon2;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * {@link Poseidon2#KOALABEAR_24} on {@link #STATES} states at once, one in each lane of a few vectors: element i of
 * state s is {@code states[i * STATES + s]}. An object has buffers of its own: one for each thread.
 */
final class Poseidon2Kernel {
    /**
     * States permuted at once: several vectors, so that calling a method costs little against what it does, while all
     * of them stay in a third of the smallest first-level cache.
     */
    static final int STATES = 128;

    /** Elements of a state. */
    static final int WIDTH = 24;

    private static final Poseidon2 PERMUTATION = Poseidon2.KOALABEAR_24;
    private static final int FULL_ROUNDS = PERMUTATION.fullRounds();

    /** Constants of the full rounds. */
    private static final int[] EXTERNAL = external();

    private static final int[] INTERNAL = internal();

    /** The elements that M_I multiplies by 1/2^k, and the k of each. */
    private static final int[] POSITIVE = {3, 9, 10, 11, 12, 13, 14, 15};

    private static final int[] POSITIVE_SHIFTS = {1, 8, 2, 3, 4, 5, 6, 24};

    /** The elements that M_I multiplies by −1/2^k, and the k of each. */
    private static final int[] NEGATIVE = {6, 16, 17, 18, 19, 20, 21, 22, 23};

    private static final int[] NEGATIVE_SHIFTS = {1, 8, 3, 4, 5, 6, 7, 9, 24};

    /** The sum of a state before M_I, and what all elements but the first contribute to the next one. */
    private final int[] total = new int[STATES];

    private final int[] rest = new int[STATES];

    private static int[] external() {
        int[] constants = new int[FULL_ROUNDS * WIDTH];
        for (int i = 0; i < constants.length; i++) constants[i] = PERMUTATION.externalConstant(i / WIDTH, i % WIDTH);
        return constants;
    }

    private static int[] internal() {
        int[] constants = new int[PERMUTATION.partialRounds()];
        for (int i = 0; i < constants.length; i++) constants[i] = PERMUTATION.internalConstant(i);
        return constants;
    }

    /**
     * The permutation, step by step. Steps are called through an interface that has many implementations so that the
     * compiler compiles each on its own and does not try to inline all of them into one method, where it would give up.
     */
    private final Step[] steps = steps();

    private interface Step {
        void on(int[] states);
    }

    private Step[] steps() {
        List<Step> all = new ArrayList<>();
        all.add(Poseidon2Kernel::multiplyBlocks);
        all.add(Poseidon2Kernel::addBlocks);
        for (int round = 0; round < FULL_ROUNDS / 2; round++) addFullRound(all, round);
        all.add(this::sumOfRest);
        List<Step> powers = powersOfTwo();
        for (int constant : INTERNAL) {
            all.add(states -> cubeFirst(states, constant));
            all.add(this::small0);
            all.add(this::small1);
            all.add(this::small2);
            all.addAll(powers);
        }
        for (int round = FULL_ROUNDS / 2; round < FULL_ROUNDS; round++) addFullRound(all, round);
        return all.toArray(Step[]::new);
    }

    /** M_I on the elements that it multiplies by ±1/2^k, three at a time, or two. */
    private List<Step> powersOfTwo() {
        List<Step> all = new ArrayList<>();
        for (int i = 0; i + 1 < POSITIVE.length; i += 3) {
            int first = i;
            if (i + 2 < POSITIVE.length) all.add(states -> positive(states, first, first + 1, first + 2));
            else all.add(states -> positive(states, first, first + 1));
        }
        for (int i = 0; i < NEGATIVE.length; i += 3) {
            int first = i;
            all.add(states -> negative(states, first, first + 1, first + 2));
        }
        return all;
    }

    private static void addFullRound(List<Step> all, int round) {
        int constants = round * WIDTH;
        all.add(states -> cubes(states, constants));
        all.add(Poseidon2Kernel::multiplyBlocks);
        all.add(Poseidon2Kernel::addBlocks);
    }

    /** Permutes every state. */
    void permute(int[] states) {
        for (Step step : steps) step.on(states);
    }

    /** Adds constants and cubes. */
    private static void cubes(int[] states, int constants) {
        IntVector p = VectorField.p();
        LongVector p64 = VectorField.p64();
        LongVector low = VectorField.low();
        IntVector inverse = VectorField.negatedInverse();
        for (int element = 0; element < WIDTH; element++) {
            IntVector constant = IntVector.broadcast(INTS, EXTERNAL[constants + element]);
            for (int i = element * STATES; i < (element + 1) * STATES; i += LANES) {
                IntVector x = add(IntVector.fromArray(INTS, states, i), constant, p);
                cube(x, p, p64, low, inverse).intoArray(states, i);
            }
        }
    }

    /** M4 on each four elements, in eleven additions. */
    private static void multiplyBlocks(int[] states) {
        IntVector p = VectorField.p();
        for (int block = 0; block < WIDTH * STATES; block += 4 * STATES) {
            for (int i = block; i < block + STATES; i += LANES) {
                IntVector a = IntVector.fromArray(INTS, states, i);
                IntVector b = IntVector.fromArray(INTS, states, i + STATES);
                IntVector c = IntVector.fromArray(INTS, states, i + 2 * STATES);
                IntVector d = IntVector.fromArray(INTS, states, i + 3 * STATES);
                IntVector ab = add(a, b, p);
                IntVector cd = add(c, d, p);
                IntVector sum = add(ab, cd, p);
                IntVector sumB = add(sum, b, p);
                IntVector sumD = add(sum, d, p);
                add(sumB, ab, p).intoArray(states, i);
                add(sumB, add(c, c, p), p).intoArray(states, i + STATES);
                add(sumD, cd, p).intoArray(states, i + 2 * STATES);
                add(sumD, add(a, a, p), p).intoArray(states, i + 3 * STATES);
            }
        }
    }

    /** Adds to each element the sum of those in its place of all blocks. */
    private static void addBlocks(int[] states) {
        IntVector p = VectorField.p();
        for (int i = 0; i < 4 * STATES; i += LANES) {
            IntVector x0 = IntVector.fromArray(INTS, states, i);
            IntVector x1 = IntVector.fromArray(INTS, states, i + 4 * STATES);
            IntVector x2 = IntVector.fromArray(INTS, states, i + 8 * STATES);
            IntVector x3 = IntVector.fromArray(INTS, states, i + 12 * STATES);
            IntVector x4 = IntVector.fromArray(INTS, states, i + 16 * STATES);
            IntVector x5 = IntVector.fromArray(INTS, states, i + 20 * STATES);
            IntVector sum = add(add(add(x0, x1, p), add(x2, x3, p), p), add(x4, x5, p), p);
            add(x0, sum, p).intoArray(states, i);
            add(x1, sum, p).intoArray(states, i + 4 * STATES);
            add(x2, sum, p).intoArray(states, i + 8 * STATES);
            add(x3, sum, p).intoArray(states, i + 12 * STATES);
            add(x4, sum, p).intoArray(states, i + 16 * STATES);
            add(x5, sum, p).intoArray(states, i + 20 * STATES);
        }
    }

    private void sumOfRest(int[] states) {
        IntVector p = VectorField.p();
        for (int at = 0; at < STATES; at += LANES) {
            IntVector sum = IntVector.fromArray(INTS, states, at + STATES);
            for (int i = at + 2 * STATES; i < at + WIDTH * STATES; i += STATES) {
                sum = add(sum, IntVector.fromArray(INTS, states, i), p);
            }
            sum.intoArray(rest, at);
        }
    }

    /** Adds the constant to element 0 and cubes it. */
    private static void cubeFirst(int[] states, int constant) {
        IntVector p = VectorField.p();
        LongVector p64 = VectorField.p64();
        LongVector low = VectorField.low();
        IntVector inverse = VectorField.negatedInverse();
        IntVector added = IntVector.broadcast(INTS, constant);
        for (int i = 0; i < STATES; i += LANES) {
            IntVector x = add(IntVector.fromArray(INTS, states, i), added, p);
            cube(x, p, p64, low, inverse).intoArray(states, i);
        }
    }

    /** The total; then M_I on elements 0 to 2: −2, 1, 2. */
    private void small0(int[] states) {
        IntVector p = VectorField.p();
        for (int i = 0; i < STATES; i += LANES) {
            IntVector x = IntVector.fromArray(INTS, states, i);
            IntVector sum = add(IntVector.fromArray(INTS, rest, i), x, p);
            sum.intoArray(total, i);
            sub(sum, add(x, x, p), p).intoArray(states, i);
            IntVector next = add(IntVector.fromArray(INTS, states, i + STATES), sum, p);
            next.intoArray(states, i + STATES);
            x = IntVector.fromArray(INTS, states, i + 2 * STATES);
            x = add(add(x, x, p), sum, p);
            x.intoArray(states, i + 2 * STATES);
            add(next, x, p).intoArray(rest, i);
        }
    }

    /** M_I on elements 4 and 5: 3, 4. */
    private void small1(int[] states) {
        IntVector p = VectorField.p();
        for (int i = 0; i < STATES; i += LANES) {
            IntVector sum = IntVector.fromArray(INTS, total, i);
            IntVector x = IntVector.fromArray(INTS, states, i + 4 * STATES);
            x = add(add(add(x, x, p), x, p), sum, p);
            x.intoArray(states, i + 4 * STATES);
            IntVector next = add(IntVector.fromArray(INTS, rest, i), x, p);
            x = IntVector.fromArray(INTS, states, i + 5 * STATES);
            x = add(x, x, p);
            x = add(add(x, x, p), sum, p);
            x.intoArray(states, i + 5 * STATES);
            add(next, x, p).intoArray(rest, i);
        }
    }

    /** M_I on elements 7 and 8: −3, −4. */
    private void small2(int[] states) {
        IntVector p = VectorField.p();
        for (int i = 0; i < STATES; i += LANES) {
            IntVector sum = IntVector.fromArray(INTS, total, i);
            IntVector x = IntVector.fromArray(INTS, states, i + 7 * STATES);
            x = sub(sum, add(add(x, x, p), x, p), p);
            x.intoArray(states, i + 7 * STATES);
            IntVector next = add(IntVector.fromArray(INTS, rest, i), x, p);
            x = IntVector.fromArray(INTS, states, i + 8 * STATES);
            x = add(x, x, p);
            x = sub(sum, add(x, x, p), p);
            x.intoArray(states, i + 8 * STATES);
            add(next, x, p).intoArray(rest, i);
        }
    }

    /** M_I on three elements: 1/2^k. */
    private void positive(int[] states, int first, int second, int third) {
        IntVector p = VectorField.p();
        int at0 = POSITIVE[first] * STATES;
        int k0 = POSITIVE_SHIFTS[first];
        int at1 = POSITIVE[second] * STATES;
        int k1 = POSITIVE_SHIFTS[second];
        int at2 = POSITIVE[third] * STATES;
        int k2 = POSITIVE_SHIFTS[third];
        for (int i = 0; i < STATES; i += LANES) {
            IntVector sum = IntVector.fromArray(INTS, total, i);
            IntVector next = IntVector.fromArray(INTS, rest, i);
            IntVector x0 = IntVector.fromArray(INTS, states, at0 + i);
            x0 = add(sub(sum, low(x0, k0), p), x0.lanewise(LSHR, k0), p);
            x0.intoArray(states, at0 + i);
            next = add(next, x0, p);
            IntVector x1 = IntVector.fromArray(INTS, states, at1 + i);
            x1 = add(sub(sum, low(x1, k1), p), x1.lanewise(LSHR, k1), p);
            x1.intoArray(states, at1 + i);
            next = add(next, x1, p);
            IntVector x2 = IntVector.fromArray(INTS, states, at2 + i);
            x2 = add(sub(sum, low(x2, k2), p), x2.lanewise(LSHR, k2), p);
            x2.intoArray(states, at2 + i);
            next = add(next, x2, p);
            next.intoArray(rest, i);
        }
    }

    /** M_I on two elements: 1/2^k. */
    private void positive(int[] states, int first, int second) {
        IntVector p = VectorField.p();
        int at0 = POSITIVE[first] * STATES;
        int k0 = POSITIVE_SHIFTS[first];
        int at1 = POSITIVE[second] * STATES;
        int k1 = POSITIVE_SHIFTS[second];
        for (int i = 0; i < STATES; i += LANES) {
            IntVector sum = IntVector.fromArray(INTS, total, i);
            IntVector next = IntVector.fromArray(INTS, rest, i);
            IntVector x0 = IntVector.fromArray(INTS, states, at0 + i);
            x0 = add(sub(sum, low(x0, k0), p), x0.lanewise(LSHR, k0), p);
            x0.intoArray(states, at0 + i);
            next = add(next, x0, p);
            IntVector x1 = IntVector.fromArray(INTS, states, at1 + i);
            x1 = add(sub(sum, low(x1, k1), p), x1.lanewise(LSHR, k1), p);
            x1.intoArray(states, at1 + i);
            next = add(next, x1, p);
            next.intoArray(rest, i);
        }
    }

    /** M_I on three elements: −1/2^k. */
    private void negative(int[] states, int first, int second, int third) {
        IntVector p = VectorField.p();
        int at0 = NEGATIVE[first] * STATES;
        int k0 = NEGATIVE_SHIFTS[first];
        int at1 = NEGATIVE[second] * STATES;
        int k1 = NEGATIVE_SHIFTS[second];
        int at2 = NEGATIVE[third] * STATES;
        int k2 = NEGATIVE_SHIFTS[third];
        for (int i = 0; i < STATES; i += LANES) {
            IntVector sum = IntVector.fromArray(INTS, total, i);
            IntVector next = IntVector.fromArray(INTS, rest, i);
            IntVector x0 = IntVector.fromArray(INTS, states, at0 + i);
            x0 = add(sub(sum, x0.lanewise(LSHR, k0), p), low(x0, k0), p);
            x0.intoArray(states, at0 + i);
            next = add(next, x0, p);
            IntVector x1 = IntVector.fromArray(INTS, states, at1 + i);
            x1 = add(sub(sum, x1.lanewise(LSHR, k1), p), low(x1, k1), p);
            x1.intoArray(states, at1 + i);
            next = add(next, x1, p);
            IntVector x2 = IntVector.fromArray(INTS, states, at2 + i);
            x2 = add(sub(sum, x2.lanewise(LSHR, k2), p), low(x2, k2), p);
            x2.intoArray(states, at2 + i);
            next = add(next, x2, p);
            next.intoArray(rest, i);
        }
    }

    /** x / 2^k = (x >> k) − this: (x mod 2^k) · 127 · 2^(24 − k), which is below p. */
    private static IntVector low(IntVector x, int k) {
        return x.lanewise(AND, (1 << k) - 1).lanewise(MUL, 127 << (24 - k));
    }
}
