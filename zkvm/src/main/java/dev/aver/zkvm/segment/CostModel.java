package dev.aver.zkvm.segment;

import java.util.List;

/**
 * Predicts what proving will take from what the segments cost. The prediction is linear in padded cells, because
 * proving time and memory are: hashing, extension, buses and quotient all do a constant amount of work per cell.
 *
 * @param coreSecondsPerCell processor time of one core per padded cell
 * @param bytesPerCell bytes held per padded cell while its segment is being proved
 */
public record CostModel(double coreSecondsPerCell, double bytesPerCell) {
    /** What {@link #budget} rests on, in one phrase for reports. */
    public static final String BUDGET_BASIS =
            "uncalibrated budget: 8.4 us of one core for the 118 cells of a cycle, 4-byte cells at blow-up 2, one segment "
                    + "at a time";

    /** Cells per cycle that the design allows. */
    private static final double BUDGET_CELLS_PER_CYCLE = 118;

    /**
     * The kernels' account for one cycle at that many cells: hashing 3.5 µs, buses 2.4, transforms 1.2, the rest 1.3.
     */
    private static final double BUDGET_SECONDS_PER_CYCLE = 8.4e-6;

    /** A base-field element. */
    private static final int CELL_BYTES = 4;

    /** Points of the extended domain per row, at rate 1/2. */
    private static final int BLOW_UP = 2;

    /**
     * The model of the design's budget. It is a target, not a measurement: no prover has been measured against it yet.
     */
    public static CostModel budget() {
        // A column is held as it is and extended.
        return new CostModel(BUDGET_SECONDS_PER_CYCLE / BUDGET_CELLS_PER_CYCLE, CELL_BYTES * (1 + BLOW_UP));
    }

    /** Seconds that one core needs for these segments. */
    public double provingSeconds(List<SegmentCost> segments) {
        long cells = 0;
        for (SegmentCost segment : segments) {
            cells += segment.paddedCells();
        }
        return cells * coreSecondsPerCell;
    }

    /** Bytes needed to prove these segments one after another: those of the largest. */
    public long peakBytes(List<SegmentCost> segments) {
        long largest = 0;
        for (SegmentCost segment : segments) {
            largest = Math.max(largest, segment.paddedCells());
        }
        return (long) Math.ceil(largest * bytesPerCell);
    }
}
