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

import dev.aver.circuits.field.E6;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * Values of E that are sums of many products, in as many rows as there is room for, a row in each lane: coordinate k of
 * row i at {@code k * rows + i}. Every sum is reduced once: three or four products, together below 2^64, are added as
 * they are, and the halves of many such numbers apart. An object has buffers of its own: one for each thread.
 */
final class LaneSums {
    private static final int HALF = LANES / 2;

    /** So many columns that the sum of the high halves of their products is below 2^36. */
    private static final int FEW = 64;

    private final int rows;
    private final int logRows;

    /** For each vector of rows the sums of high and of low halves in even rows, then those in odd rows. */
    private final long[] sums;

    private int[] left = new int[0];
    private int[] right = new int[0];
    private int[] out = new int[0];
    private int[] first = new int[0];
    private int count;

    /**
     * What there is to do, called through an interface so that each is compiled on its own: see {@link VectorField}.
     */
    private final Runnable[] few = {this::addColumns, this::reduce};

    private final Runnable[] many = {this::addColumns, this::reduceMany};

    private final Runnable[] product = {this::addProducts, this::reduce};

    /**
     * Buffers.
     *
     * @param rows a power of two, at least {@link VectorField#LANES}
     */
    LaneSums(int rows) {
        this.rows = rows;
        logRows = Integer.numberOfTrailingZeros(rows);
        sums = new long[2 * E6.DEGREE * rows];
    }

    /**
     * constant + Σ_c factor_c · column_c.
     *
     * @param constant six coordinates
     * @param columns row i of column c at {@code c * rows + i}
     * @param width the number of columns, a multiple of 4
     * @param factors in E: coordinate k of factor c at {@code k * width + c}
     */
    void combine(int[] constant, int[] columns, int width, int[] factors, int[] result) {
        first = constant;
        left = columns;
        right = factors;
        count = width;
        out = result;
        run(width <= FEW ? few : many);
    }

    /**
     * Σ_i a_i · f_(k − i) for each coordinate k.
     *
     * @param a in E
     * @param f f_(k − i) at {@code (5 + k − i) * rows}, for k below 3; at {@code (10 + k − i) * rows} for others
     */
    void product(int[] a, int[] f, int[] result) {
        left = a;
        right = f;
        out = result;
        run(product);
    }

    private static void run(Runnable[] steps) {
        for (Runnable step : steps) step.run();
    }

    private void addColumns() {
        int[] constants = first;
        int[] columns = left;
        int[] factors = right;
        LongVector low = VectorField.low();
        LongVector zero = LongVector.zero(LONGS);
        for (int i = 0; i < E6.DEGREE * rows; i += LANES) {
            int coordinate = i >> logRows;
            int row = i & (rows - 1);
            // Among the high halves, which are not divided, an element of K is added as it is.
            LongVector evenHighs = factor(constants[coordinate], low);
            LongVector evenLows = zero;
            LongVector oddHighs = evenHighs;
            LongVector oddLows = zero;
            for (int c = 0; c < count; c += 4) {
                LongVector x =
                        IntVector.fromArray(INTS, columns, row + c * rows).reinterpretAsLongs();
                LongVector factor = factor(factors[coordinate * count + c], low);
                LongVector even = x.lanewise(AND, low).lanewise(MUL, factor);
                LongVector odd = x.lanewise(LSHR, 32).lanewise(MUL, factor);
                x = IntVector.fromArray(INTS, columns, row + (c + 1) * rows).reinterpretAsLongs();
                factor = factor(factors[coordinate * count + c + 1], low);
                even = even.lanewise(ADD, x.lanewise(AND, low).lanewise(MUL, factor));
                odd = odd.lanewise(ADD, x.lanewise(LSHR, 32).lanewise(MUL, factor));
                x = IntVector.fromArray(INTS, columns, row + (c + 2) * rows).reinterpretAsLongs();
                factor = factor(factors[coordinate * count + c + 2], low);
                even = even.lanewise(ADD, x.lanewise(AND, low).lanewise(MUL, factor));
                odd = odd.lanewise(ADD, x.lanewise(LSHR, 32).lanewise(MUL, factor));
                x = IntVector.fromArray(INTS, columns, row + (c + 3) * rows).reinterpretAsLongs();
                factor = factor(factors[coordinate * count + c + 3], low);
                even = even.lanewise(ADD, x.lanewise(AND, low).lanewise(MUL, factor));
                odd = odd.lanewise(ADD, x.lanewise(LSHR, 32).lanewise(MUL, factor));
                evenHighs = evenHighs.lanewise(ADD, even.lanewise(LSHR, 32));
                evenLows = evenLows.lanewise(ADD, even.lanewise(AND, low));
                oddHighs = oddHighs.lanewise(ADD, odd.lanewise(LSHR, 32));
                oddLows = oddLows.lanewise(ADD, odd.lanewise(AND, low));
            }
            evenHighs.intoArray(sums, 2 * i);
            evenLows.intoArray(sums, 2 * i + HALF);
            oddHighs.intoArray(sums, 2 * i + 2 * HALF);
            oddLows.intoArray(sums, 2 * i + 3 * HALF);
        }
    }

    private void addProducts() {
        int[] a = left;
        int[] f = right;
        LongVector low = VectorField.low();
        LongVector zero = LongVector.zero(LONGS);
        for (int i = 0; i < E6.DEGREE * rows; i += LANES) {
            int coordinate = i >> logRows;
            int row = i & (rows - 1);
            int factor = row + (coordinate + (coordinate < 3 ? 5 : 10)) * rows;
            LongVector evenHighs = zero;
            LongVector evenLows = zero;
            LongVector oddHighs = zero;
            LongVector oddLows = zero;
            for (int c = 0; c < E6.DEGREE; c += 3) {
                LongVector x = IntVector.fromArray(INTS, a, row + c * rows).reinterpretAsLongs();
                LongVector y = IntVector.fromArray(INTS, f, factor - c * rows).reinterpretAsLongs();
                LongVector even = evenProducts(x, y, low);
                LongVector odd = oddProducts(x, y);
                x = IntVector.fromArray(INTS, a, row + (c + 1) * rows).reinterpretAsLongs();
                y = IntVector.fromArray(INTS, f, factor - (c + 1) * rows).reinterpretAsLongs();
                even = even.lanewise(ADD, evenProducts(x, y, low));
                odd = odd.lanewise(ADD, oddProducts(x, y));
                x = IntVector.fromArray(INTS, a, row + (c + 2) * rows).reinterpretAsLongs();
                y = IntVector.fromArray(INTS, f, factor - (c + 2) * rows).reinterpretAsLongs();
                even = even.lanewise(ADD, evenProducts(x, y, low));
                odd = odd.lanewise(ADD, oddProducts(x, y));
                evenHighs = evenHighs.lanewise(ADD, even.lanewise(LSHR, 32));
                evenLows = evenLows.lanewise(ADD, even.lanewise(AND, low));
                oddHighs = oddHighs.lanewise(ADD, odd.lanewise(LSHR, 32));
                oddLows = oddLows.lanewise(ADD, odd.lanewise(AND, low));
            }
            evenHighs.intoArray(sums, 2 * i);
            evenLows.intoArray(sums, 2 * i + HALF);
            oddHighs.intoArray(sums, 2 * i + 2 * HALF);
            oddLows.intoArray(sums, 2 * i + 3 * HALF);
        }
    }

    private static LongVector evenProducts(LongVector a, LongVector b, LongVector low) {
        return a.lanewise(AND, low).lanewise(MUL, b.lanewise(AND, low));
    }

    private static LongVector oddProducts(LongVector a, LongVector b) {
        return a.lanewise(LSHR, 32).lanewise(MUL, b.lanewise(LSHR, 32));
    }

    /** A factor in every 64-bit lane. Broadcast as 32 bits, which comes straight from memory, and then masked. */
    private static LongVector factor(int factor, LongVector low) {
        return IntVector.broadcast(INTS, factor).reinterpretAsLongs().lanewise(AND, low);
    }

    /** (high·2^32 + low) / 2^32 modulo p, in all lanes, for highs below 2^36: as many as of a hundred products. */
    private void reduce() {
        IntVector p = VectorField.p();
        LongVector low = VectorField.low();
        LongVector p64 = VectorField.p64();
        LongVector inverse = VectorField.negatedInverse64();
        for (int i = 0; i < E6.DEGREE * rows; i += LANES) {
            LongVector even = fold(divided(2 * i, low, p64, inverse));
            LongVector odd = fold(divided(2 * i + 2 * HALF, low, p64, inverse));
            merged(even, odd, p).intoArray(out, i);
        }
    }

    /** The same for highs below 2^42. */
    private void reduceMany() {
        IntVector p = VectorField.p();
        LongVector low = VectorField.low();
        LongVector p64 = VectorField.p64();
        LongVector inverse = VectorField.negatedInverse64();
        for (int i = 0; i < E6.DEGREE * rows; i += LANES) {
            LongVector even = fold(fold(divided(2 * i, low, p64, inverse)));
            LongVector odd = fold(fold(divided(2 * i + 2 * HALF, low, p64, inverse)));
            merged(even, odd, p).intoArray(out, i);
        }
    }

    /** What sums to a number of more than 32 bits that is congruent to (high·2^32 + low) / 2^32. */
    private LongVector divided(int at, LongVector low, LongVector p64, LongVector inverse) {
        LongVector x = LongVector.fromArray(LONGS, sums, at + HALF);
        LongVector q = x.lanewise(AND, low).lanewise(MUL, inverse).lanewise(AND, low);
        x = x.lanewise(ADD, q.lanewise(MUL, p64)).lanewise(LSHR, 32);
        return x.lanewise(ADD, LongVector.fromArray(LONGS, sums, at));
    }

    /** The same modulo p, as 2^31 is 2^24 − 1: from below 2^37 to below 2p, from below 2^43 to below 2^37. */
    private static LongVector fold(LongVector x) {
        LongVector high = x.lanewise(LSHR, 31);
        return x.lanewise(AND, 0x7fffffffL)
                .lanewise(ADD, high.lanewise(LSHL, 24))
                .lanewise(SUB, high);
    }

    private static IntVector merged(LongVector even, LongVector odd, IntVector p) {
        return VectorField.reduce(odd.lanewise(LSHL, 32).lanewise(OR, even).reinterpretAsInts(), p);
    }
}
