package dev.aver.prover.backend;

import static dev.aver.prover.backend.RowArithmetic.ROWS;

import dev.aver.circuits.field.E6;
import java.util.Arrays;

/** {@link Denominators} on a chunk of rows, for one thread. */
final class ChunkDenominators {
    private final RowArithmetic rows;

    /** The coefficients of χ but the highest, each in all rows. */
    private final int[][] norm = new int[E6.DEGREE][ROWS];

    private final int[][] weights = new int[E6.DEGREE][ROWS];
    private final int[] zero = new int[ROWS];
    private final Combination inverse;

    ChunkDenominators(Denominators denominators, RowArithmetic rows) {
        this.rows = rows;
        for (int j = 0; j < E6.DEGREE; j++) Arrays.fill(norm[j], denominators.norm(j));
        inverse = new Combination(E6.ZERO, denominators.quotient());
    }

    /**
     * The weights, times a power of x.
     *
     * @param xs elements of K, one for each row
     * @param lowest the exponent for j = 0
     * @return w_j(x)·x^lowest for each j, until the next call
     * @throws ArithmeticException if some x is z
     */
    int[][] weights(int[] xs, int lowest) {
        int[] value = weights[0];
        rows.add(xs, norm[E6.DEGREE - 1], value);
        for (int j = E6.DEGREE - 2; j >= 0; j--) {
            rows.multiply(value, xs, value);
            rows.add(value, norm[j], value);
        }
        rows.subtract(zero, value, value);
        rows.invertBase(value);
        for (int i = 0; i < lowest; i++) rows.multiply(value, xs, value);
        for (int j = 1; j < E6.DEGREE; j++) rows.multiply(weights[j - 1], xs, weights[j]);
        return weights;
    }

    /**
     * 1 / (z − x).
     *
     * @param xs elements of K, one for each row
     * @param out in E
     * @throws ArithmeticException if some x is z
     */
    void inverse(int[] xs, int[] out) {
        weights(xs, 0);
        for (int j = 0; j < E6.DEGREE; j++) inverse.set(j, weights[j], 0);
        rows.combine(inverse, out);
    }
}
