package dev.aver.zkvm.segment;

import dev.aver.zkvm.program.MemoryMap;

/**
 * Where a run is cut into segments. The cut is greedy and deterministic: it depends on the program, the input and this
 * rule alone, never on the engine or the machine that runs it.
 *
 * <p>A segment ends at the latest when the next stride could pass a capacity. From half of its cycles on it ends at the
 * first checkpoint (every {@link SegmentMeter#WINDOW} cycles at most) where padding wastes little: at most
 * {@code startWaste} at half, rising linearly to {@code endWaste} at full length. Later checkpoints settle for less
 * because there are fewer of them left.
 *
 * @param maxCycles most instructions in a segment, 2^14 … 2^22 − 1
 * @param maxHashRows capacity of the hash table, which bounds touched pages: at least 2^17, so that every segment has
 *     room for its first stride
 * @param startWaste padded cells per used cell, minus 1, accepted at half length
 * @param endWaste the same at full length
 */
public record SegmentRule(int maxCycles, int maxHashRows, double startWaste, double endWaste) {
    /** One past the most cycles a verifier accepts. */
    public static final int CYCLE_BOUND = 1 << 22;

    /** Smallest {@link #maxCycles}. */
    public static final int MIN_CYCLES = 1 << 14;

    private static final int MIN_HASH_ROWS = 1 << 17;

    /** Hash rows that one more touched page can add: its two sponges and a path of new nodes, old and new. */
    static final int HASH_ROWS_PER_PAGE = 2 * pageBlocks() + 2 * (MemoryMap.TREE_DEPTH - 1);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException when one is not met
     */
    public SegmentRule {
        if (maxCycles < MIN_CYCLES || maxCycles >= CYCLE_BOUND) {
            throw new IllegalArgumentException("cycles per segment must be in 2^14 … 2^22 − 1, not " + maxCycles);
        }
        if (maxHashRows < MIN_HASH_ROWS) {
            throw new IllegalArgumentException("hash rows per segment must be at least 2^17, not " + maxHashRows);
        }
    }

    /** Segments of at most 2^21 cycles: the default. */
    public static SegmentRule standard() {
        return ofCycles(1 << 21);
    }

    /** Segments of at most {@code maxCycles} cycles, 2^14 … 2^22 − 1, with the other bounds in proportion. */
    public static SegmentRule ofCycles(int maxCycles) {
        return new SegmentRule(maxCycles, Math.max(MIN_HASH_ROWS, Integer.highestOneBit(maxCycles) >> 2), 0.06, 0.20);
    }

    /** Blocks of three words in a page: each is a row of the boundary table, and a permutation to hash the page. */
    static int pageBlocks() {
        return (MemoryMap.PAGE_WORDS + 2) / 3;
    }
}
