package dev.aver.prover.backend;

import dev.aver.circuits.field.E6;
import java.util.Arrays;
import java.util.List;

/** Combines columns row by row. */
final class RowCombiner implements Reduction.Combiner {
    private final Rows rows;
    private final int[] widths;
    private final int[] powers;
    private final int[] joined;

    RowCombiner(int logSize, List<int[]> codewords, int[] widths, int[] powers) {
        rows = new Rows(logSize, codewords, widths);
        this.widths = widths;
        this.powers = powers;
        joined = new int[BLOCK * Arrays.stream(widths).sum()];
    }

    @Override
    public void combine(int first, int count, int[][] sums) {
        rows.copy(first, count, joined, 0);
        int width = rows.width();
        int from = 0;
        for (int matrix = 0; matrix < widths.length; matrix++) {
            for (int k = 0; k < E6.DEGREE; k++) {
                for (int i = 0; i < count; i++) {
                    int row = i * width + from;
                    sums[matrix][k * BLOCK + i] = Sums.dot(joined, row, powers, k * width + from, widths[matrix]);
                }
            }
            from += widths[matrix];
        }
    }
}
