package dev.aver.prover.backend;

import dev.aver.circuits.field.E6;
import java.util.List;

/**
 * Columns with their factors, and a constant ({@link RowArithmetic#combine}). Factors and constant stay; the columns
 * are filled in for each chunk of rows.
 */
public final class Combination {
    /** There are a multiple of so many columns; those beyond the {@link #width} have the factor 0. */
    public static final int UNIT = 4;

    private final int width;
    private final int columns;
    private final int[] constant = new int[E6.DEGREE];
    private final int[] factors;
    private final int[] values;

    /** Room for as many columns as there are factors. */
    public Combination(E6 constant, List<E6> factors) {
        constant.write(this.constant, 0, 1);
        width = factors.size();
        columns = (width + UNIT - 1) / UNIT * UNIT;
        this.factors = new int[E6.DEGREE * columns];
        for (int c = 0; c < width; c++) factors.get(c).write(this.factors, c, columns);
        values = new int[columns * RowArithmetic.ROWS];
    }

    /** The number of columns. */
    public int width() {
        return width;
    }

    /** The number of columns there is room for, a multiple of {@link #UNIT}. */
    public int columns() {
        return columns;
    }

    /** The constant's coordinates. Not to be changed. */
    public int[] constant() {
        return constant;
    }

    /** Coordinate k of the factor of column c at {@code k * columns() + c}. Not to be changed. */
    public int[] factors() {
        return factors;
    }

    /** Row i of column c at {@code c * ROWS + i}. */
    public int[] values() {
        return values;
    }

    /** Fills a column with rows from {@code from[at]} on. */
    public void set(int column, int[] from, int at) {
        System.arraycopy(from, at, values, column * RowArithmetic.ROWS, RowArithmetic.ROWS);
    }
}
