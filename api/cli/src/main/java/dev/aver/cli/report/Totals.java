package dev.aver.cli.report;

import dev.aver.zkvm.Execution;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.segment.SegmentCost;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sums over the segments of a run.
 *
 * @param rows per chip, by ordinal
 * @param cycles of these segments: all of the run's if it did not trap
 * @param pages touched, those of every segment added up
 * @param cells without padding
 * @param paddedCells with padding
 * @param largest the segment with the most padded cells; null without segments
 */
record Totals(
        long[] rows,
        long cycles,
        long pages,
        long cells,
        long paddedCells,
        @Nullable SegmentCost largest) {

    static Totals of(@Nullable Execution execution) {
        long[] rows = new long[Chip.COUNT];
        long cycles = 0;
        long pages = 0;
        long cells = 0;
        long paddedCells = 0;
        SegmentCost largest = null;
        if (execution != null) {
            for (SegmentCost segment : execution.segments()) {
                for (int i = 0; i < rows.length; i++) {
                    rows[i] += segment.rows()[i];
                }
                cycles += segment.cycles();
                pages += segment.pages();
                cells += segment.cells();
                paddedCells += segment.paddedCells();
                if (largest == null || segment.paddedCells() > largest.paddedCells()) {
                    largest = segment;
                }
            }
        }
        return new Totals(rows, cycles, pages, cells, paddedCells, largest);
    }

    double paddedCellsPerCycle() {
        return cycles == 0 ? 0 : (double) paddedCells / cycles;
    }

    /** Padding per used cell. */
    double paddingWaste() {
        return cells == 0 ? 0 : (double) paddedCells / cells - 1;
    }

    /** Instructions by class: all chips' rows that are instructions, what differs only for the proof put together. */
    Map<String, Long> instructions() {
        Map<String, Long> classes = new LinkedHashMap<>();
        for (int i = 0; i < Chip.INSTRUCTION_CHIPS; i++) {
            classes.merge(classOf(Chip.of(i)), rows[i], Long::sum);
        }
        return classes;
    }

    private static String classOf(Chip chip) {
        return switch (chip) {
            case ADD -> "add";
            case CONST -> "constant";
            case BITWISE -> "bitwise";
            case SLT -> "compare";
            case BRANCH -> "branch";
            case JUMP -> "jump";
            case SHIFT -> "shift";
            case LOAD_DOUBLE, LOAD, LOAD_CROSS -> "load";
            case STORE_DOUBLE, STORE, STORE_CROSS -> "store";
            case MUL -> "multiply";
            case DIV -> "divide";
            case ATOMIC -> "atomic";
            case WRITE, HALT -> "system";
            case REFRESH, BOUNDARY, MERKLE, HASH -> throw new AssertionError(chip);
        };
    }
}
