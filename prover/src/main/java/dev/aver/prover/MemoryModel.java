package dev.aver.prover;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.field.E6;
import dev.aver.verifier.stark.ProofTables;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.segment.SegmentCost;

/** How much memory a segment's proof takes at its peak. Arrays are used again, so that is what the whole run takes. */
final class MemoryModel {
    /** What every process takes: the JVM, its compiled code and its young generation. */
    private static final long FIXED = 600L << 20;

    /** Bytes of a recorded event. */
    private static final long EVENT = 100;

    /** Elements of a state of the hash table's permutation. */
    private static final long STATE = 24;

    /**
     * Elements for each row of the longest table, N, besides the tables and their codewords. Digests of three trees over
     * 2N leaves of 9 elements: 108; of those that enter a tree further up: 18; of the low-degree test's: 5. The
     * quotient, six columns of 2N values for each height: 24; their coefficients: 24; together: 12; their codewords, 24.
     * An accumulator, 6; a column for each of two threads and each height, 4.
     */
    private static final long PER_ROW = 225;

    private MemoryModel() {}

    /** Elements of all large arrays together. */
    static long elements(ProofTables tables, SegmentCost cost) {
        long elements = PER_ROW << tables.maxLogHeight();
        long fractions = 0;
        for (int place = 0; place < tables.tables().size(); place++) {
            int logHeight = tables.tables().get(place).logHeight();
            Air air = tables.kind(place).air();
            // Traces once, codewords twice as long.
            elements += (air.width() + 2L * air.cells()) << logHeight;
            fractions = Math.max(fractions, E6.DEGREE * (air.permutationColumns() - 1L) << logHeight);
        }
        return elements + fractions + STATE * cost.rows(Chip.HASH);
    }

    /** Bytes, resident. */
    static long peakBytes(ProofTables tables, SegmentCost cost) {
        return FIXED + EVENT * cost.cycles() + Integer.BYTES * elements(tables, cost);
    }
}
