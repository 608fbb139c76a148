package dev.aver.prover.backend.simd;

import static dev.aver.prover.backend.simd.VectorField.INTS;
import static dev.aver.prover.backend.simd.VectorField.LANES;
import static dev.aver.prover.backend.simd.VectorField.LONGS;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MUL;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.SUB;

import dev.aver.prover.backend.Sums;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * Sums of many products, reduced once: as in {@link Sums}, four products, which together are below 2^64, are added as
 * they are, and the halves of many such numbers apart.
 */
final class VectorSums {
    private static final int HALF = LANES / 2;

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

    /**
     * {@code out[outAt + i] = Σ_c columns[at + c * rows + i] · factors[factorsAt + c]} for i below {@code rows} and c
     * below {@code count}.
     *
     * @param count a multiple of 4
     * @param rows a multiple of {@code LANES}
     * @param sums room for {@code 2 * rows}
     */
    static void combine(
            int[] columns,
            int at,
            int count,
            int rows,
            int[] factors,
            int factorsAt,
            long[] sums,
            int[] out,
            int outAt) {
        accumulate(columns, at, count, rows, factors, factorsAt, sums);
        divide(sums, rows);
        merge(sums, rows, out, outAt);
    }

    /** For each vector of rows, the high and low halves' sums of even rows, then those of odd rows. */
    private static void accumulate(
            int[] columns, int at, int count, int rows, int[] factors, int factorsAt, long[] sums) {
        LongVector low = VectorField.low();
        LongVector zero = LongVector.zero(LONGS);
        for (int row = 0; row < rows; row += LANES) {
            LongVector evenHighs = zero;
            LongVector evenLows = zero;
            LongVector oddHighs = zero;
            LongVector oddLows = zero;
            for (int c = 0; c < count; c += 4) {
                int from = at + c * rows + row;
                LongVector even = zero;
                LongVector odd = zero;
                for (int i = 0; i < 4; i++) {
                    LongVector x =
                            IntVector.fromArray(INTS, columns, from + i * rows).reinterpretAsLongs();
                    LongVector factor = LongVector.broadcast(LONGS, factors[factorsAt + c + i])
                            .lanewise(AND, low);
                    even = even.lanewise(ADD, x.lanewise(AND, low).lanewise(MUL, factor));
                    odd = odd.lanewise(ADD, x.lanewise(LSHR, 32).lanewise(MUL, factor));
                }
                evenHighs = evenHighs.lanewise(ADD, even.lanewise(LSHR, 32));
                evenLows = evenLows.lanewise(ADD, even.lanewise(AND, low));
                oddHighs = oddHighs.lanewise(ADD, odd.lanewise(LSHR, 32));
                oddLows = oddLows.lanewise(ADD, odd.lanewise(AND, low));
            }
            evenHighs.intoArray(sums, 2 * row);
            evenLows.intoArray(sums, 2 * row + HALF);
            oddHighs.intoArray(sums, 2 * row + 2 * HALF);
            oddLows.intoArray(sums, 2 * row + 3 * HALF);
        }
    }

    /** Puts (high·2^32 + low) / 2^32 modulo p, but below 2p, in the place of each high, for highs below 2^42. */
    private static void divide(long[] sums, int rows) {
        LongVector low = VectorField.low();
        LongVector p64 = VectorField.p64();
        LongVector inverse = VectorField.negatedInverse64();
        for (int i = 0; i < 2 * rows; i += 2 * HALF) {
            LongVector x = LongVector.fromArray(LONGS, sums, i + HALF);
            LongVector word = x.lanewise(AND, low);
            LongVector q = word.lanewise(MUL, inverse).lanewise(AND, low);
            LongVector carry = word.lanewise(ADD, q.lanewise(MUL, p64)).lanewise(LSHR, 32);
            x = x.lanewise(LSHR, 32).lanewise(ADD, carry).lanewise(ADD, LongVector.fromArray(LONGS, sums, i));
            // Twice 2^31 = 2^24 − 1 modulo p: below 2^36, then below 2^31 + 2^29.
            fold(fold(x)).intoArray(sums, i);
        }
    }

    private static LongVector fold(LongVector x) {
        LongVector high = x.lanewise(LSHR, 31);
        return x.lanewise(AND, 0x7fffffffL)
                .lanewise(ADD, high.lanewise(LSHL, 24))
                .lanewise(SUB, high);
    }

    private static void merge(long[] sums, int rows, int[] out, int at) {
        IntVector p = VectorField.p();
        for (int row = 0; row < rows; row += LANES) {
            LongVector even = LongVector.fromArray(LONGS, sums, 2 * row);
            LongVector odd = LongVector.fromArray(LONGS, sums, 2 * row + 2 * HALF);
            IntVector x = odd.lanewise(LSHL, 32).lanewise(OR, even).reinterpretAsInts();
            VectorField.reduce(x, p).intoArray(out, at + row);
        }
    }
}
