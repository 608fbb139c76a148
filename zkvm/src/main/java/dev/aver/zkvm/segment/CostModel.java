package dev.aver.zkvm.segment;

import java.util.List;

/**
 * Predicts what proving will take from what the segments cost. The prediction is linear in padded cells, because
 * proving time and memory are: hashing, extension, buses and quotient all do a constant amount of work per cell. A
 * prover that is about to begin knows better how much memory it takes.
 *
 * @param coreSecondsPerCell time on the clock of one core per padded cell
 * @param bytesPerCell bytes held per padded cell while its segment is being proved
 * @param fixedBytes bytes of the process whatever it proves
 */
public record CostModel(double coreSecondsPerCell, double bytesPerCell, long fixedBytes) {
    /** What {@link #measured} rests on, in one phrase for reports. */
    public static final String MEASURED_BASIS =
            "measured (docs/performance.md): 0.22 us of one core and 16 bytes for a cell, and 512 MiB, one segment at a time";

    /** The prover as docs/performance.md has it, on the machine that is described there. */
    public static CostModel measured() {
        return new CostModel(2.2e-7, 16, 512L << 20);
    }

    /** Seconds that one core needs for these segments. */
    public double provingSeconds(List<SegmentCost> segments) {
        long cells = 0;
        for (SegmentCost segment : segments) {
            cells += segment.paddedCells();
        }
        return provingSeconds(cells);
    }

    /** Seconds that one core needs for so many padded cells. */
    public double provingSeconds(long cells) {
        return cells * coreSecondsPerCell;
    }

    /** Bytes needed to prove these segments one after another: those of the largest. */
    public long peakBytes(List<SegmentCost> segments) {
        long largest = 0;
        for (SegmentCost segment : segments) {
            largest = Math.max(largest, segment.paddedCells());
        }
        return fixedBytes + (long) Math.ceil(largest * bytesPerCell);
    }
}
