package dev.aver.prover.backend.simd;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.Combination;
import dev.aver.prover.backend.RowArithmetic;

/**
 * A row in each lane.
 *
 * <p>All loops are called from one place, {@link #run}, which therefore has many targets, so that the compiler inlines
 * none of them into those who compute with rows: see {@link VectorField}.
 */
final class LaneRowArithmetic implements RowArithmetic {
    /** What is done to {@code count} elements from each place on. */
    private interface Loop {
        void on(int[] a, int aAt, int[] b, int bAt, int[] out, int at, int count);
    }

    private static final Loop[] LOOPS = {
        VectorField::add, VectorField::subtract, VectorField::multiply, LaneRowArithmetic::negateFirst
    };

    private static final int ADD = 0;
    private static final int SUBTRACT = 1;
    private static final int MULTIPLY = 2;
    private static final int NEGATE = 3;

    /** 1 / 2^i modulo 9. */
    private static final int[] INVERSE_POWERS = {1, 5, 7, 8, 4};

    private final LaneSums sums = new LaneSums(ROWS);

    /** The second operand of a product, as {@link LaneSums#product} wants it. */
    private final int[] factors = new int[16 * ROWS];

    private final int[] conjugate = new int[EXTENSION];
    private final int[] others = new int[EXTENSION];
    private final int[] norms = new int[EXTENSION];
    private final int[] products = new int[ROWS];
    private final int[] inverses = new int[ROWS];

    /** Never written. */
    private final int[] zero = new int[ROWS];

    private static void run(int loop, int[] a, int aAt, int[] b, int bAt, int[] out, int at, int count) {
        LOOPS[loop].on(a, aAt, b, bAt, out, at, count);
    }

    private static void negateFirst(int[] a, int aAt, int[] unused, int unusedAt, int[] out, int at, int count) {
        VectorField.negate(a, aAt, out, at, count);
    }

    @Override
    public void add(int[] a, int[] b, int[] out) {
        run(ADD, a, 0, b, 0, out, 0, out.length);
    }

    @Override
    public void subtract(int[] a, int[] b, int[] out) {
        run(SUBTRACT, a, 0, b, 0, out, 0, out.length);
    }

    @Override
    public void multiply(int[] a, int[] b, int[] out) {
        run(MULTIPLY, a, 0, b, 0, out, 0, ROWS);
    }

    @Override
    public void scale(int[] a, int[] b, int[] out) {
        for (int k = 0; k < EXTENSION; k += ROWS) run(MULTIPLY, a, k, b, 0, out, k, ROWS);
    }

    /**
     * By z^6 = −z^3 − 1, what a_i is multiplied by in coordinate k depends on k − i only: for k below 3 it is b_(k −
     * i), where b_−1 to b_−3 are −b_5 to −b_3, and b_−4 and b_−5 are b_5 − b_2 and b_4 − b_1; for others b_(k − i) down
     * to b_3, then b_2 − b_5, b_1 − b_4, b_0 − b_3, −b_2 and −b_1.
     */
    @Override
    public void product(int[] a, int[] b, int[] out) {
        run(SUBTRACT, b, 4 * ROWS, b, ROWS, factors, 0, ROWS);
        run(SUBTRACT, b, 5 * ROWS, b, 2 * ROWS, factors, ROWS, ROWS);
        run(NEGATE, b, 3 * ROWS, b, 0, factors, 2 * ROWS, 3 * ROWS);
        System.arraycopy(b, 0, factors, 5 * ROWS, 3 * ROWS);
        run(NEGATE, b, ROWS, b, 0, factors, 8 * ROWS, 2 * ROWS);
        run(SUBTRACT, b, 0, b, 3 * ROWS, factors, 10 * ROWS, 3 * ROWS);
        System.arraycopy(b, 3 * ROWS, factors, 13 * ROWS, 3 * ROWS);
        sums.product(a, factors, out);
    }

    /** The product of the other five conjugates over the norm, which lies in K: see {@link E6#inverse}. */
    @Override
    public void invert(int[] a) {
        conjugate(a, 1, conjugate);
        conjugate(conjugate, 1, others);
        product(conjugate, others, others);
        conjugate(others, 2, norms);
        product(others, norms, others);
        conjugate(conjugate, 4, norms);
        product(others, norms, others);
        product(a, others, norms);
        invertBase(norms);
        scale(others, norms, a);
    }

    /**
     * {@link E6#frobenius}: z becomes z^f, f being 2^times, so that there is d_(f·i mod 9) = a_i; and z^6 = −z^3 − 1
     * takes d_6 from d_0 and d_3, d_7 from d_1 and d_4, and d_8 from d_2 and d_5.
     *
     * @param out another array
     */
    private void conjugate(int[] a, int times, int[] out) {
        int inverse = INVERSE_POWERS[times];
        for (int k = 0; k < E6.DEGREE; k++) {
            int from = inverse * k % 9;
            int less = inverse * (6 + k % 3) % 9;
            boolean has = from < E6.DEGREE;
            boolean loses = less < E6.DEGREE;
            int[] minuend = has ? a : zero;
            int[] subtrahend = loses ? a : zero;
            run(SUBTRACT, minuend, has ? from * ROWS : 0, subtrahend, loses ? less * ROWS : 0, out, k * ROWS, ROWS);
        }
    }

    /** Montgomery's trick, first in each lane, then over the lanes of one vector. */
    @Override
    public void invertBase(int[] a) {
        int last = ROWS - VectorField.LANES;
        System.arraycopy(a, 0, products, 0, VectorField.LANES);
        for (int i = VectorField.LANES; i < ROWS; i += VectorField.LANES) {
            run(MULTIPLY, products, i - VectorField.LANES, a, i, products, i, VectorField.LANES);
        }
        KoalaBear.invertAll(products, last, VectorField.LANES);
        for (int i = last; i > 0; i -= VectorField.LANES) {
            int before = i - VectorField.LANES;
            run(MULTIPLY, products, i, products, before, inverses, i, VectorField.LANES);
            run(MULTIPLY, products, i, a, i, products, before, VectorField.LANES);
        }
        System.arraycopy(products, 0, inverses, 0, VectorField.LANES);
        System.arraycopy(inverses, 0, a, 0, ROWS);
    }

    @Override
    public void combine(Combination combination, int[] out) {
        sums.combine(combination.constant(), combination.values(), combination.columns(), combination.factors(), out);
    }
}
