package dev.aver.prover.trace;

import dev.aver.circuits.chips.HashChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.Poseidon2;
import java.util.Arrays;

/** Fills {@link HashChip}. */
public record HashTrace(HashChip chip) {
    /** Rows computed before they are written: so many cells of a column are next to each other. */
    private static final int TILE = 16;

    /**
     * Writes the permutations into the first rows. The rows behind them, which are silent, permute zeros.
     *
     * @param trace a table of the chip, all zeros, with a row for each permutation
     */
    public void fill(Permutations permutations, Trace trace) {
        Poseidon2 permutation = Poseidon2.KOALABEAR_24;
        int width = Poseidon2.WIDTH;
        int rows = permutations.size();
        int[] state = new int[width];
        int[][] tile = new int[TILE][width + permutation.steps()];
        for (int from = 0; from < rows; from += TILE) {
            int count = Math.min(TILE, rows - from);
            for (int i = 0; i < count; i++) {
                int row = from + i;
                permutations.input(row, state);
                System.arraycopy(state, 0, tile[i], 0, width);
                permutation.permute(state, tile[i], width);
                trace.setElement(permutations.isDigest(row) ? chip.digest : chip.sponge, row, KoalaBear.ONE);
            }
            for (int column = 0; column < width + permutation.steps(); column++) {
                int at = (column << trace.logHeight()) + from;
                for (int i = 0; i < count; i++) trace.main()[at + i] = tile[i][column];
            }
        }
        Arrays.fill(tile[0], 0);
        permutation.permute(new int[width], tile[0], width);
        for (int column = 0; column < width + permutation.steps(); column++) {
            int at = column << trace.logHeight();
            Arrays.fill(trace.main(), at + rows, at + (1 << trace.logHeight()), tile[0][column]);
        }
    }
}
