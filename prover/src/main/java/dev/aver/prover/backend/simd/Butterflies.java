package dev.aver.prover.backend.simd;

import static dev.aver.prover.backend.simd.VectorField.INTS;
import static dev.aver.prover.backend.simd.VectorField.LANES;
import static dev.aver.prover.backend.simd.VectorField.add;
import static dev.aver.prover.backend.simd.VectorField.mul;
import static dev.aver.prover.backend.simd.VectorField.reduce;
import static dev.aver.prover.backend.simd.VectorField.sub;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.SUB;

import dev.aver.circuits.field.KoalaBear;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Single levels of a transform, in place. A node of size 2h becomes two of size h: forward, {@code (a, b) → (a + w·b, a
 * − w·b)} for the elements a of its first half and b of its second, w being the node's root; backward, {@code (a, b) →
 * (a + b, (a − b)·w)}, w being its inverse, which is the same backward but for a factor of 2.
 */
final class Butterflies {
    /** The logarithm of the number of lanes. */
    static final int LOG_LANES = Integer.numberOfTrailingZeros(LANES);

    /** For halves of 2^k elements, k below LOG_LANES: the other element of a lane's pair. */
    private static final int[][] PARTNERS = new int[LOG_LANES][LANES];

    /** Which of the roots loaded a lane takes, if it belongs to a second half. */
    private static final int[][] ROOT_OF_LANE = new int[LOG_LANES][LANES];

    /** 1 in lanes that belong to second halves, 0 in others. */
    private static final int[][] SECOND = new int[LOG_LANES][LANES];

    static {
        for (int k = 0; k < LOG_LANES; k++) {
            for (int lane = 0; lane < LANES; lane++) {
                PARTNERS[k][lane] = lane ^ (1 << k);
                ROOT_OF_LANE[k][lane] = lane >> (k + 1);
                SECOND[k][lane] = (lane >> k) & 1;
            }
        }
    }

    private Butterflies() {}

    /**
     * Several nodes, forward.
     *
     * @param logHalf the logarithm of half a node; at least a vector
     * @param size elements in all nodes together
     * @param node the first one's number in its level
     */
    static void forward(int[] data, int at, int logHalf, int size, int[] roots, int node) {
        IntVector p = VectorField.p();
        LongVector p64 = VectorField.p64();
        LongVector low = VectorField.low();
        IntVector inverse = VectorField.negatedInverse();
        int half = 1 << logHalf;
        for (int i = 0; i < size / 2; i += LANES) {
            IntVector w = IntVector.broadcast(INTS, roots[node + (i >> logHalf)]);
            int from = at + i + (i & -half);
            IntVector a = IntVector.fromArray(INTS, data, from);
            IntVector b = mul(IntVector.fromArray(INTS, data, from + half), w, p, p64, low, inverse);
            add(a, b, p).intoArray(data, from);
            sub(a, b, p).intoArray(data, from + half);
        }
    }

    /** The same, for nodes of so many vectors that a loop for each is worth its price. */
    static void forwardLong(int[] data, int at, int logHalf, int size, int[] roots, int node) {
        IntVector p = VectorField.p();
        LongVector p64 = VectorField.p64();
        LongVector low = VectorField.low();
        IntVector inverse = VectorField.negatedInverse();
        int half = 1 << logHalf;
        for (int from = at; from < at + size; from += 2 * half) {
            IntVector w = IntVector.broadcast(INTS, roots[node + ((from - at) >> (logHalf + 1))]);
            for (int i = from; i < from + half; i += LANES) {
                IntVector a = IntVector.fromArray(INTS, data, i);
                IntVector b = mul(IntVector.fromArray(INTS, data, i + half), w, p, p64, low, inverse);
                add(a, b, p).intoArray(data, i);
                sub(a, b, p).intoArray(data, i + half);
            }
        }
    }

    /** Several nodes, backward. */
    static void backward(int[] data, int at, int logHalf, int size, int[] roots, int node) {
        IntVector p = VectorField.p();
        LongVector p64 = VectorField.p64();
        LongVector low = VectorField.low();
        IntVector inverse = VectorField.negatedInverse();
        int half = 1 << logHalf;
        for (int i = 0; i < size / 2; i += LANES) {
            IntVector w = IntVector.broadcast(INTS, roots[node + (i >> logHalf)]);
            int from = at + i + (i & -half);
            IntVector a = IntVector.fromArray(INTS, data, from);
            IntVector b = IntVector.fromArray(INTS, data, from + half);
            add(a, b, p).intoArray(data, from);
            mul(sub(a, b, p), w, p, p64, low, inverse).intoArray(data, from + half);
        }
    }

    /** The same, for nodes of so many vectors that a loop for each is worth its price. */
    static void backwardLong(int[] data, int at, int logHalf, int size, int[] roots, int node) {
        IntVector p = VectorField.p();
        LongVector p64 = VectorField.p64();
        LongVector low = VectorField.low();
        IntVector inverse = VectorField.negatedInverse();
        int half = 1 << logHalf;
        for (int from = at; from < at + size; from += 2 * half) {
            IntVector w = IntVector.broadcast(INTS, roots[node + ((from - at) >> (logHalf + 1))]);
            for (int i = from; i < from + half; i += LANES) {
                IntVector a = IntVector.fromArray(INTS, data, i);
                IntVector b = IntVector.fromArray(INTS, data, i + half);
                add(a, b, p).intoArray(data, i);
                mul(sub(a, b, p), w, p, p64, low, inverse).intoArray(data, i + half);
            }
        }
    }

    /**
     * Several nodes that are no larger than a vector, forward: each lane needs its pair's other element. Elements of
     * first halves are multiplied by 1.
     *
     * @param logHalf the logarithm of half a node, less than that of a vector
     * @param size elements in all nodes together, at least a vector
     */
    static void forwardInside(int[] data, int at, int logHalf, int size, int[] roots, int node) {
        IntVector p = VectorField.p();
        LongVector p64 = VectorField.p64();
        LongVector low = VectorField.low();
        IntVector inverse = VectorField.negatedInverse();
        IntVector one = IntVector.broadcast(INTS, KoalaBear.ONE);
        VectorShuffle<Integer> partner = VectorShuffle.fromArray(INTS, PARTNERS[logHalf], 0);
        VectorShuffle<Integer> spread = VectorShuffle.fromArray(INTS, ROOT_OF_LANE[logHalf], 0);
        VectorMask<Integer> second =
                IntVector.fromArray(INTS, SECOND[logHalf], 0).compare(NE, 0);
        for (int i = 0; i < size; i += LANES) {
            IntVector w = IntVector.fromArray(INTS, roots, node + (i >> (logHalf + 1)));
            w = one.blend(w.rearrange(spread), second);
            IntVector x = mul(IntVector.fromArray(INTS, data, at + i), w, p, p64, low, inverse);
            IntVector signed = x.blend(p.lanewise(SUB, x), second);
            reduce(x.rearrange(partner).lanewise(ADD, signed), p).intoArray(data, at + i);
        }
    }

    /** Several nodes that are no larger than a vector, backward. */
    static void backwardInside(int[] data, int at, int logHalf, int size, int[] roots, int node) {
        IntVector p = VectorField.p();
        LongVector p64 = VectorField.p64();
        LongVector low = VectorField.low();
        IntVector inverse = VectorField.negatedInverse();
        IntVector one = IntVector.broadcast(INTS, KoalaBear.ONE);
        VectorShuffle<Integer> partner = VectorShuffle.fromArray(INTS, PARTNERS[logHalf], 0);
        VectorShuffle<Integer> spread = VectorShuffle.fromArray(INTS, ROOT_OF_LANE[logHalf], 0);
        VectorMask<Integer> second =
                IntVector.fromArray(INTS, SECOND[logHalf], 0).compare(NE, 0);
        for (int i = 0; i < size; i += LANES) {
            IntVector w = IntVector.fromArray(INTS, roots, node + (i >> (logHalf + 1)));
            w = one.blend(w.rearrange(spread), second);
            IntVector x = IntVector.fromArray(INTS, data, at + i);
            IntVector signed = x.blend(p.lanewise(SUB, x), second);
            IntVector sum = reduce(x.rearrange(partner).lanewise(ADD, signed), p);
            mul(sum, w, p, p64, low, inverse).intoArray(data, at + i);
        }
    }
}
