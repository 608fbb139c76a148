package dev.aver.prover.backend;

import dev.aver.circuits.field.E6;

/**
 * Arithmetic on {@link #ROWS} rows at a time. A value of K is an array of so many elements, a value of E one of six
 * times as many: coordinate k of row i at {@code k · ROWS + i}. Results may be written over operands. An object has
 * buffers, so each thread has its own.
 */
public interface RowArithmetic {
    /** Rows of a value: those of a typical table's steps then fit the second-level cache. */
    int ROWS = 64;

    /** Elements of a value of E. */
    int EXTENSION = E6.DEGREE * ROWS;

    /** a + b, in K or E, as long as {@code out} is. */
    void add(int[] a, int[] b, int[] out);

    /** a − b, in K or E, as long as {@code out} is. */
    void subtract(int[] a, int[] b, int[] out);

    /** a · b in K. */
    void multiply(int[] a, int[] b, int[] out);

    /** a · b, for a in E and b in K. */
    void scale(int[] a, int[] b, int[] out);

    /** a · b in E. */
    void product(int[] a, int[] b, int[] out);

    /**
     * Replaces a, in E, by 1 / a.
     *
     * @throws ArithmeticException if some a is 0; the array is then unchanged
     */
    void invert(int[] a);

    /**
     * Replaces a, in K, by 1 / a.
     *
     * @throws ArithmeticException if some a is 0; the array is then unchanged
     */
    void invertBase(int[] a);

    /** constant + Σ_c factor_c · column_c, for constant and factors in E, the same in all rows, and columns in K. */
    void combine(Combination combination, int[] out);
}
