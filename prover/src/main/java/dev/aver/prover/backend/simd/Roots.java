package dev.aver.prover.backend.simd;

import dev.aver.circuits.field.KoalaBear;

/**
 * Roots of unity in the order in which a transform with bit-reversed values uses them: entry B, whose bits are b0, b1,
 * …, lowest first, is the root of unity of exponent {@code b0/4 + b1/8 + b2/16 + …} turns. It is the square root by
 * which node number B of a level splits, whatever the level, so one table serves all sizes; a shorter one is its
 * beginning.
 *
 * <p>Immutable.
 *
 * @param forward the roots, and {@link #PADDING} more elements that are read but not used
 * @param inverse their inverses, likewise
 * @param log the logarithm of how many there are
 */
record Roots(int[] forward, int[] inverse, int log) {
    /** So that a vector can be loaded from every entry on. */
    static final int PADDING = VectorField.LANES;

    /** The first 2^log roots. */
    static Roots of(int log) {
        int[] forward = new int[(1 << log) + PADDING];
        int[] inverse = new int[forward.length];
        forward[0] = KoalaBear.ONE;
        inverse[0] = KoalaBear.ONE;
        for (int k = 0; k < log; k++) {
            int root = KoalaBear.rootOfUnity(k + 2);
            int back = KoalaBear.inverse(root);
            for (int i = 0; i < 1 << k; i++) {
                forward[(1 << k) + i] = KoalaBear.mul(forward[i], root);
                inverse[(1 << k) + i] = KoalaBear.mul(inverse[i], back);
            }
        }
        return new Roots(forward, inverse, log);
    }
}
