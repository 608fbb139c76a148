package dev.aver.prover;

import dev.aver.verifier.stark.ProofTables;
import dev.aver.zkvm.segment.SegmentCost;

/** How much heap a segment's proof takes at its peak, which is when everything is committed and openings begin. */
final class MemoryModel {
    /** What every proof takes besides its tables: the program, fixed tables, the machine's memory, code. */
    private static final long FIXED = 600L << 20;

    /** Bytes of a recorded event. */
    private static final long EVENT = 100;

    /** Bytes of a digest in a tree's level. */
    private static final long DIGEST = 36;

    private MemoryModel() {}

    /** Bytes. */
    static long peakBytes(ProofTables tables, SegmentCost cost) {
        long bytes = FIXED + EVENT * cost.cycles();
        for (int place = 0; place < tables.tables().size(); place++) {
            long rows = 1L << tables.tables().get(place).logHeight();
            int width = tables.kind(place).air().width();
            // Traces once, codewords twice as long.
            bytes += 4 * rows * (width + 2L * tables.kind(place).air().cells());
        }
        long longest = 2L << tables.maxLogHeight();
        // Main, permutation and quotient trees; the quotient's values, coefficients and codewords; reduced codewords.
        return bytes + longest * (3 * 2 * DIGEST + 4 * (6 + 6 + 12) + 3 * 24);
    }
}
