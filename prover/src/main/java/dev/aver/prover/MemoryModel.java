package dev.aver.prover;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.BitsTable;
import dev.aver.circuits.chips.BytesTable;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.E6;
import dev.aver.verifier.stark.ProofTables;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.segment.SegmentCost;

/**
 * How much memory a proof takes at its peak. Large arrays are used again from segment to segment, so the largest
 * segment says it for the whole run. Measured against what it says: docs/performance.md.
 */
final class MemoryModel {
    /** Bytes of a process that are not its heap: the JVM, its compilers and what they made. */
    static final long BESIDES_HEAP = 176L << 20;

    /** Bytes of heap that do not depend on the run: the young generation, what is garbage, the smallest tables. */
    private static final long FIXED = 208L << 20;

    /** Bytes of a recorded event. */
    private static final long EVENT = 100;

    /** Elements of a state of the hash table's permutation. */
    private static final long STATE = 24;

    /** Elements of a digest in a tree over each row of codewords twice as long as a table, and of all nodes above. */
    private static final long TREE = 36;

    /**
     * Elements for each row of the longest table, N, besides the tables and their codewords. Three trees; digests that
     * enter a tree further up, 18; trees of the low-degree test, 5. The quotient, six columns of 2N values for each
     * height: 24; their coefficients: 24; together: 12; their codewords, 24. A column for each of two threads and each
     * height, 4.
     */
    private static final long PER_ROW = 3 * TREE + 111;

    /** Bytes for each row of the longest table that are kept for all segments: points, selectors, roots of unity. */
    private static final long KEPT_PER_ROW = 72;

    /** Bytes that no proof goes below, however short its run. */
    static final long LEAST = BESIDES_HEAP + FIXED;

    private MemoryModel() {}

    /** Elements of a table's codewords in the key, for each row. */
    private static long key(Air air) {
        return 2L * air.preprocessed().size();
    }

    /** Elements of the part of keys that all proofs of a process share, of both suites: {@link FixedKeys}. */
    private static long fixedKeys() {
        long bits = key(Machine.CURRENT.bits.air) + TREE;
        long bytes = key(Machine.CURRENT.bytes.air);
        return 2 * ((bits << BitsTable.LOG_HEIGHT) + (bytes << BytesTable.LOG_HEIGHT));
    }

    /** Elements of all large arrays together that are the proof's own. */
    static long elements(ProofTables tables, SegmentCost cost) {
        long elements = PER_ROW << tables.maxLogHeight();
        long steps = 0;
        long accumulators = 0;
        for (int place = 0; place < tables.tables().size(); place++) {
            int logHeight = tables.tables().get(place).logHeight();
            Air air = tables.kind(place).air();
            // Traces once, codewords twice as long.
            elements += (air.width() + 2L * air.cells()) << logHeight;
            steps = Math.max(steps, ((long) E6.DEGREE * air.steps()) << logHeight);
            accumulators = Math.max(accumulators, ((long) E6.DEGREE * air.accumulators()) << logHeight);
        }
        // The key's part for the program.
        elements += (key(Machine.CURRENT.program.air) + TREE) << tables.programLogHeight();
        return elements + steps + accumulators + STATE * cost.rows(Chip.HASH);
    }

    /** Bytes of the whole process. */
    static long peakBytes(ProofTables tables, SegmentCost cost) {
        long program = (long) Machine.CURRENT.program.air.preprocessed().size() << tables.programLogHeight();
        return LEAST
                + EVENT * cost.cycles()
                + (KEPT_PER_ROW << tables.maxLogHeight())
                + Integer.BYTES * (program + fixedKeys() + elements(tables, cost));
    }
}
