package dev.aver.prover.stark;

import static dev.aver.prover.backend.RowArithmetic.ROWS;

import dev.aver.circuits.field.E6;

/**
 * Columns over E as six columns of K each, coordinate 0 first, column after column, from which
 * {@link dev.aver.prover.backend.RowArithmetic} takes some rows at a time.
 *
 * @param elements 6 · 2^logHeight for each column; the array may be longer
 */
@SuppressWarnings("ArrayRecordComponent")
record ExtensionColumns(int[] elements, int logHeight) {
    /** Reads rows of column {@code number} from row {@code from} on. */
    void read(int number, int from, int[] value) {
        for (int k = 0; k < E6.DEGREE; k++) System.arraycopy(elements, at(number, k) + from, value, k * ROWS, ROWS);
    }

    /** Reads these rows of a column. */
    void read(int number, int[] rows, int[] value) {
        for (int k = 0; k < E6.DEGREE; k++) {
            int column = at(number, k);
            for (int i = 0; i < ROWS; i++) value[k * ROWS + i] = elements[column + rows[i]];
        }
    }

    /** Writes rows. */
    void write(int number, int from, int[] value) {
        for (int k = 0; k < E6.DEGREE; k++) System.arraycopy(value, k * ROWS, elements, at(number, k) + from, ROWS);
    }

    private int at(int number, int coordinate) {
        return (E6.DEGREE * number + coordinate) << logHeight;
    }
}
