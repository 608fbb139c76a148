package dev.aver.prover.backend;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;

/** Row by row. */
public final class PlainRowArithmetic implements RowArithmetic {
    private final int[] first = new int[E6.DEGREE];
    private final int[] second = new int[E6.DEGREE];

    @Override
    public void add(int[] a, int[] b, int[] out) {
        for (int i = 0; i < out.length; i++) out[i] = KoalaBear.add(a[i], b[i]);
    }

    @Override
    public void subtract(int[] a, int[] b, int[] out) {
        for (int i = 0; i < out.length; i++) out[i] = KoalaBear.sub(a[i], b[i]);
    }

    @Override
    public void multiply(int[] a, int[] b, int[] out) {
        for (int i = 0; i < ROWS; i++) out[i] = KoalaBear.mul(a[i], b[i]);
    }

    @Override
    public void scale(int[] a, int[] b, int[] out) {
        for (int k = 0; k < EXTENSION; k += ROWS) {
            for (int i = 0; i < ROWS; i++) out[k + i] = KoalaBear.mul(a[k + i], b[i]);
        }
    }

    @Override
    public void product(int[] a, int[] b, int[] out) {
        for (int i = 0; i < ROWS; i++) {
            for (int k = 0; k < E6.DEGREE; k++) {
                first[k] = a[k * ROWS + i];
                second[k] = b[k * ROWS + i];
            }
            Sums.multiply(first, 0, second, 0, first, 0);
            for (int k = 0; k < E6.DEGREE; k++) out[k * ROWS + i] = first[k];
        }
    }

    @Override
    public void invert(int[] a) {
        E6.invertAll(a, 0, ROWS, ROWS);
    }

    @Override
    public void invertBase(int[] a) {
        KoalaBear.invertAll(a, 0, ROWS);
    }

    @Override
    public void combine(Combination combination, int[] out) {
        int[] row = new int[combination.width()];
        for (int i = 0; i < ROWS; i++) {
            for (int c = 0; c < row.length; c++) row[c] = combination.values()[c * ROWS + i];
            for (int k = 0; k < E6.DEGREE; k++) {
                int factors = k * combination.columns();
                int sum = Sums.dot(row, 0, combination.factors(), factors, row.length);
                out[k * ROWS + i] = KoalaBear.add(combination.constant()[k], sum);
            }
        }
    }
}
