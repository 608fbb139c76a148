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
     * They are classes, not lambda expressions over methods, of which it would compile the method and each expression
     * around it: most of a short proof's time is compiling.
     */
    private final Step[] steps = steps();

    private interface Step {
        void on(int[] states);
    }

    private Step[] steps() {
        List<Step> all = new ArrayList<>();
        Step multiplyBlocks = new MultiplyBlocks();
        Step addBlocks = new AddBlocks();
        all.add(multiplyBlocks);
        all.add(addBlocks);
        for (int round = 0; round < FULL_ROUNDS / 2; round++) {
            all.addAll(List.of(new Cubes(round * WIDTH), multiplyBlocks, addBlocks));
        }
        all.add(new SumOfRest());
        List<Step> diagonal = diagonal();
        for (int constant : INTERNAL) {
            all.add(new CubeFirst(constant));
            all.addAll(diagonal);
        }
        for (int round = FULL_ROUNDS / 2; round < FULL_ROUNDS; round++) {
            all.addAll(List.of(new Cubes(round * WIDTH), multiplyBlocks, addBlocks));
        }
        return all.toArray(Step[]::new);
    }

    /** M_I: the elements that it multiplies by ±1/2^k three at a time, or two. */
    private List<Step> diagonal() {
        List<Step> all = new ArrayList<>(List.of(new Small0(), new Small1(), new Small2()));
        for (int i = 0; i + 1 < POSITIVE.length; i += 3) {
            all.add(i + 2 < POSITIVE.length ? new Positive(i, i + 1, i + 2) : new PositivePair(i, i + 1));
        }
        for (int i = 0; i < NEGATIVE.length; i += 3) all.add(new Negative(i, i + 1, i + 2));
        return all;
    }

    /** Permutes every state. */
    void permute(int[] states) {
        for (Step step : steps) step.on(states);
    }

    /** Adds constants and cubes. */
    private record Cubes(int constants) implements Step {
        @Override
        public void on(int[] states) {
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
    }

    /** M4 on each four elements, in eleven additions. */
    private record MultiplyBlocks() implements Step {
        @Override
        public void on(int[] states) {
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
    }

    /** Adds to each element the sum of those in its place of all blocks. */
    private record AddBlocks() implements Step {
        @Override
        public void on(int[] states) {
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
    }

    private final class SumOfRest implements Step {
        @Override
        public void on(int[] states) {
            IntVector p = VectorField.p();
            for (int at = 0; at < STATES; at += LANES) {
                IntVector sum = IntVector.fromArray(INTS, states, at + STATES);
                for (int i = at + 2 * STATES; i < at + WIDTH * STATES; i += STATES) {
                    sum = add(sum, IntVector.fromArray(INTS, states, i), p);
                }
                sum.intoArray(rest, at);
            }
        }
    }

    /** Adds the constant to element 0 and cubes it. */
    private record CubeFirst(int constant) implements Step {
        @Override
        public void on(int[] states) {
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
    }

    /** The total; then M_I on elements 0 to 2: −2, 1, 2. */
    private final class Small0 implements Step {
        @Override
        public void on(int[] states) {
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
    }

    /** M_I on elements 4 and 5: 3, 4. */
    private final class Small1 implements Step {
        @Override
        public void on(int[] states) {
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
    }

    /** M_I on elements 7 and 8: −3, −4. */
    private final class Small2 implements Step {
        @Override
        public void on(int[] states) {
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
    }

    /** M_I on three elements: 1/2^k. */
    private final class Positive implements Step {
        private final int at0;
        private final int k0;
        private final int at1;
        private final int k1;
        private final int at2;
        private final int k2;

        Positive(int first, int second, int third) {
            at0 = POSITIVE[first] * STATES;
            k0 = POSITIVE_SHIFTS[first];
            at1 = POSITIVE[second] * STATES;
            k1 = POSITIVE_SHIFTS[second];
            at2 = POSITIVE[third] * STATES;
            k2 = POSITIVE_SHIFTS[third];
        }

        @Override
        public void on(int[] states) {
            IntVector p = VectorField.p();
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
    }

    /** M_I on two elements: 1/2^k. */
    private final class PositivePair implements Step {
        private final int at0;
        private final int k0;
        private final int at1;
        private final int k1;

        PositivePair(int first, int second) {
            at0 = POSITIVE[first] * STATES;
            k0 = POSITIVE_SHIFTS[first];
            at1 = POSITIVE[second] * STATES;
            k1 = POSITIVE_SHIFTS[second];
        }

        @Override
        public void on(int[] states) {
            IntVector p = VectorField.p();
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
    }

    /** M_I on three elements: −1/2^k. */
    private final class Negative implements Step {
        private final int at0;
        private final int k0;
        private final int at1;
        private final int k1;
        private final int at2;
        private final int k2;

        Negative(int first, int second, int third) {
            at0 = NEGATIVE[first] * STATES;
            k0 = NEGATIVE_SHIFTS[first];
            at1 = NEGATIVE[second] * STATES;
            k1 = NEGATIVE_SHIFTS[second];
            at2 = NEGATIVE[third] * STATES;
            k2 = NEGATIVE_SHIFTS[third];
        }

        @Override
        public void on(int[] states) {
            IntVector p = VectorField.p();
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
    }

    /** x / 2^k = (x >> k) − this: (x mod 2^k) · 127 · 2^(24 − k), which is below p. */
    private static IntVector low(IntVector x, int k) {
        return x.lanewise(AND, (1 << k) - 1).lanewise(MUL, 127 << (24 - k));
    }
}
