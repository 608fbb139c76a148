package dev.aver.prover.backend.simd;

import static dev.aver.prover.backend.simd.Butterflies.LOG_LANES;

/**
 * Transforms between the coefficients of a polynomial, in natural order, and its values on a coset of a subgroup, in
 * bit-reversed order, in place. Large ones halve themselves until the parts fit the cache.
 *
 * <p>The tree of nodes: the root is x^M = c for all points, M being the number of points; its children are x^(M/2) =
 * ±√c; and so on. The points of a node are consecutive in bit-reversed order.
 */
final class Transform {
    /** The logarithm of the number of elements that are transformed level by level: 64 KiB of them. */
    private static final int LOG_PART = 14;

    /** From halves of two vectors on, a loop for each node costs less than finding the root for each vector. */
    private static final int LOG_LONG = 1 + LOG_LANES;

    /** What does a level, called through an interface so that each is compiled on its own: see {@link VectorField}. */
    private interface Level {
        /**
         * Splits or joins nodes.
         *
         * @param size elements in all nodes together
         * @param node the first one's number in its level
         */
        void on(int[] data, int at, int logHalf, int size, int[] roots, int node);
    }

    private static final Level[] FORWARD = {Butterflies::forwardInside, Butterflies::forward, Butterflies::forwardLong};

    private static final Level[] BACKWARD = {
        Butterflies::backwardInside, Butterflies::backward, Butterflies::backwardLong
    };

    private Transform() {}

    /**
     * From coefficients to values, on node {@code node} of its level in the tree over the subgroup: node t of level b
     * is the coset of ω^t', ω being the root of unity of order 2^(log + b) and t' the b bits of t in reverse.
     *
     * @param log at least {@link Butterflies#LOG_LANES}
     * @param roots at least 2^(log + b − 1)
     */
    static void forward(int[] data, int at, int log, Roots roots, int node) {
        if (log > LOG_PART) {
            level(FORWARD, data, at, log - 1, 1 << log, roots.forward(), node);
            forward(data, at, log - 1, roots, 2 * node);
            forward(data, at + (1 << (log - 1)), log - 1, roots, 2 * node + 1);
            return;
        }
        for (int level = 0; level < log; level++) {
            level(FORWARD, data, at, log - level - 1, 1 << log, roots.forward(), node << level);
        }
    }

    /** From values to coefficients multiplied by 2^log: undoes {@link #forward}, but for this factor. */
    static void backward(int[] data, int at, int log, Roots roots, int node) {
        if (log > LOG_PART) {
            backward(data, at, log - 1, roots, 2 * node);
            backward(data, at + (1 << (log - 1)), log - 1, roots, 2 * node + 1);
            level(BACKWARD, data, at, log - 1, 1 << log, roots.inverse(), node);
            return;
        }
        for (int level = log - 1; level >= 0; level--) {
            level(BACKWARD, data, at, log - level - 1, 1 << log, roots.inverse(), node << level);
        }
    }

    private static void level(Level[] kinds, int[] data, int at, int logHalf, int size, int[] roots, int node) {
        Level level = kinds[logHalf < LOG_LANES ? 0 : logHalf < LOG_LONG ? 1 : 2];
        level.on(data, at, logHalf, size, roots, node);
    }
}
