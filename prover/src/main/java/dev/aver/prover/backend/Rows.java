package dev.aver.prover.backend;

import java.util.List;

/**
 * Matrices of equal height side by side, as joined rows. Matrices lie column by column, and neighbours in a row are far
 * apart; so rows are copied in blocks, a piece of each column at a time.
 */
final class Rows {
    /** Rows copied at once by those who go through all: four cache lines of each column. */
    static final int BLOCK = 64;

    private final int logHeight;
    private final List<int[]> matrices;
    private final int[] widths;
    private final int width;

    /**
     * Joined rows.
     *
     * @param matrices column by column, not copied
     * @param widths of the matrices
     */
    Rows(int logHeight, List<int[]> matrices, int[] widths) {
        this.logHeight = logHeight;
        this.matrices = List.copyOf(matrices);
        this.widths = widths.clone();
        int sum = 0;
        for (int i = 0; i < widths.length; i++) {
            assert matrices.get(i).length >= (long) widths[i] << logHeight : matrices.get(i).length;
            sum += widths[i];
        }
        width = sum;
    }

    /** The number of elements of a joined row. */
    int width() {
        return width;
    }

    /** Copies {@code count} rows from number {@code first} to {@code to[at]}, one after the other. */
    void copy(int first, int count, int[] to, int at) {
        int start = at;
        for (int m = 0; m < widths.length; m++) {
            int[] matrix = matrices.get(m);
            for (int column = 0; column < widths[m]; column++) {
                copyColumn(matrix, (column << logHeight) + first, count, to, start++);
            }
        }
    }

    private void copyColumn(int[] matrix, int from, int count, int[] to, int start) {
        for (int i = 0, at = start; i < count; i++, at += width) to[at] = matrix[from + i];
    }
}
