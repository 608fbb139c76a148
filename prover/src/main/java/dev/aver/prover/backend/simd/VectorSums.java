package dev.aver.prover.backend.simd;

import static dev.aver.prover.backend.simd.VectorField.INTS;
import static dev.aver.prover.backend.simd.VectorField.LANES;
import static dev.aver.prover.backend.simd.VectorField.LONGS;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MUL;

import dev.aver.prover.backend.Sums;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * Sums of many products, reduced once: as in {@link Sums}, four products, which together are below 2^64, are added as
 * they are, and the halves of many such numbers apart.
 */
final class VectorSums {
    private VectorSums() {}

    /** {@link Sums#dot}. */
    static int dot(int[] a, int aAt, int[] b, int bAt, int count) {
        if (count % (2 * LANES) != 0) return Sums.dot(a, aAt, b, bAt, count);
        LongVector low = VectorField.low();
        LongVector highs = LongVector.zero(LONGS);
        LongVector lows = LongVector.zero(LONGS);
        for (int i = 0; i < count; i += 2 * LANES) {
            LongVector a0 = IntVector.fromArray(INTS, a, aAt + i).reinterpretAsLongs();
            LongVector b0 = IntVector.fromArray(INTS, b, bAt + i).reinterpretAsLongs();
            LongVector a1 = IntVector.fromArray(INTS, a, aAt + i + LANES).reinterpretAsLongs();
            LongVector b1 = IntVector.fromArray(INTS, b, bAt + i + LANES).reinterpretAsLongs();
            LongVector four = evenProducts(a0, b0, low)
                    .lanewise(ADD, oddProducts(a0, b0))
                    .lanewise(ADD, evenProducts(a1, b1, low))
                    .lanewise(ADD, oddProducts(a1, b1));
            highs = highs.lanewise(ADD, four.lanewise(LSHR, 32));
            lows = lows.lanewise(ADD, four.lanewise(AND, low));
        }
        return Sums.reduce(highs.reduceLanes(ADD), lows.reduceLanes(ADD));
    }

    private static LongVector evenProducts(LongVector a, LongVector b, LongVector low) {
        return a.lanewise(AND, low).lanewise(MUL, b.lanewise(AND, low));
    }

    private static LongVector oddProducts(LongVector a, LongVector b) {
        return a.lanewise(LSHR, 32).lanewise(MUL, b.lanewise(LSHR, 32));
    }
}
