package dev.aver.zkvm.segment;

import dev.aver.zkvm.isa.Chip;
import java.util.Arrays;

/**
 * What proving one segment takes: exact rows of every chip, and what they cost once tables are padded.
 *
 * @param cycles instructions executed, &lt; 2^22
 * @param pages memory pages touched, the register page not counted
 * @param rows rows per chip, by ordinal; not to be modified
 */
public record SegmentCost(int cycles, int pages, int[] rows) {
    /** Rows of one chip. */
    public int rows(Chip chip) {
        return rows[chip.ordinal()];
    }

    /** Committed base-field cells without padding. */
    public long cells() {
        long cells = 0;
        for (int i = 0; i < rows.length; i++) {
            cells += (long) rows[i] * Chip.of(i).cells();
        }
        return cells;
    }

    /** Committed base-field cells of the padded tables. */
    public long paddedCells() {
        long cells = 0;
        for (int i = 0; i < rows.length; i++) {
            cells += paddedRows(i, rows[i], cycles) * Chip.of(i).cells();
        }
        return cells;
    }

    /**
     * Rows of a chip's tables after padding. An instruction chip may have two instances, so its rows pad to a power of
     * two or to a sum of two; every other table is one power of two. A chip without rows has no table.
     */
    static long paddedRows(int chip, int rows, int cycles) {
        if (rows == 0) return 0;
        int first = chip < Chip.INSTRUCTION_CHIPS ? TableSplit.first(rows, cycles) : rows;
        long height = TableSplit.height(first);
        return first == rows ? height : height + TableSplit.height(rows - first);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SegmentCost(int c, int p, int[] r)
                && cycles == c
                && pages == p
                && Arrays.equals(rows, r);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * cycles + pages) + Arrays.hashCode(rows);
    }

    @Override
    public String toString() {
        return "SegmentCost[cycles=" + cycles + ", pages=" + pages + ", rows=" + Arrays.toString(rows) + "]";
    }
}
