package dev.aver.prover.backend.simd;

import dev.aver.circuits.field.E6;
import dev.aver.prover.backend.Reduction;
import java.util.Arrays;
import java.util.List;

/** Combines columns with a row in each lane. */
final class ColumnCombiner implements Reduction.Combiner {
    /** Columns are combined by so many. */
    private static final int UNIT = 4;

    /** What is added to the columns: 0. */
    private static final int[] NOTHING = new int[E6.DEGREE];

    private final int logSize;
    private final List<int[]> codewords;
    private final int[] widths;

    /** For each matrix the coordinates of its powers, one after the other, each filled to a multiple of four with 0. */
    private final int[][] powers;

    /** A block of a matrix; whatever is in the columns that fill it is multiplied by 0. */
    private final int[] columns;

    private final LaneSums sums = new LaneSums(BLOCK);

    ColumnCombiner(int logSize, List<int[]> codewords, int[] widths, int[] powers) {
        this.logSize = logSize;
        this.codewords = codewords;
        this.widths = widths;
        this.powers = new int[widths.length][];
        int width = Arrays.stream(widths).sum();
        int from = 0;
        for (int matrix = 0; matrix < widths.length; matrix++) {
            int padded = padded(widths[matrix]);
            this.powers[matrix] = new int[E6.DEGREE * padded];
            for (int k = 0; k < E6.DEGREE; k++) {
                System.arraycopy(powers, k * width + from, this.powers[matrix], k * padded, widths[matrix]);
            }
            from += widths[matrix];
        }
        columns = new int[BLOCK * padded(Arrays.stream(widths).max().orElse(0))];
    }

    private static int padded(int width) {
        return (width + UNIT - 1) / UNIT * UNIT;
    }

    @Override
    public void combine(int first, int count, int[][] combined) {
        for (int matrix = 0; matrix < widths.length; matrix++) {
            for (int column = 0; column < widths[matrix]; column++) {
                int from = (column << logSize) + first;
                System.arraycopy(codewords.get(matrix), from, columns, column * BLOCK, count);
            }
            int padded = padded(widths[matrix]);
            sums.combine(NOTHING, columns, padded, powers[matrix], combined[matrix]);
        }
    }
}
