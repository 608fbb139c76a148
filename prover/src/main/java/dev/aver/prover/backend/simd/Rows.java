package dev.aver.prover.backend.simd;

import dev.aver.circuits.merkle.TreeShape;
import java.util.List;

/** The rows that belong to one level of a tree, wherever their elements lie. */
sealed interface Rows {
    /** Elements of a row. */
    int width();

    /** Copies element {@code element} of {@code count} rows from number {@code row} on to {@code to[at]}. */
    void read(int element, int row, int count, int[] to, int at);

    /** A row. */
    default int[] row(int number) {
        int[] row = new int[width()];
        for (int i = 0; i < row.length; i++) read(i, number, 1, row, i);
        return row;
    }

    /**
     * Rows of columns.
     *
     * @param arrays the array of each column
     * @param starts where it begins there
     */
    record Columns(int[][] arrays, int[] starts) implements Rows {
        /** The rows of the matrices of height 2^level, joined in order; of none if there is no such matrix. */
        static Columns at(int level, TreeShape shape, List<int[]> matrices) {
            int width = shape.width(level);
            int[][] arrays = new int[width][];
            int[] starts = new int[width];
            int column = 0;
            for (int matrix = 0; matrix < matrices.size(); matrix++) {
                TreeShape.Matrix form = shape.matrices().get(matrix);
                if (form.logHeight() != level) continue;
                for (int i = 0; i < form.width(); i++, column++) {
                    arrays[column] = matrices.get(matrix);
                    starts[column] = i << level;
                }
            }
            return new Columns(arrays, starts);
        }

        @Override
        public int width() {
            return arrays.length;
        }

        @Override
        public void read(int element, int row, int count, int[] to, int at) {
            System.arraycopy(arrays[element], starts[element] + row, to, at, count);
        }
    }

    /**
     * Rows one after the other.
     *
     * @param elements of all rows
     */
    record Consecutive(int[] elements, int width) implements Rows {
        @Override
        public void read(int element, int row, int count, int[] to, int at) {
            int from = row * width + element;
            for (int i = 0; i < count; i++, from += width) to[at + i] = elements[from];
        }
    }
}
