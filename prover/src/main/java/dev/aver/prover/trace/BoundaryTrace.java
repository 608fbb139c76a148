package dev.aver.prover.trace;

import static dev.aver.circuits.memory.PageDigest.BLOCKS;
import static dev.aver.circuits.memory.PageDigest.BLOCK_WORDS;
import static dev.aver.circuits.memory.PageDigest.RATE;
import static dev.aver.circuits.memory.PageDigest.WORD_LIMBS;

import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.BoundaryChip;
import dev.aver.circuits.hash.Poseidon2Suite;
import dev.aver.circuits.memory.PageDigest;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.record.SegmentRecord;
import java.util.Arrays;

/** Fills {@link BoundaryChip}. */
public record BoundaryTrace(BoundaryChip chip) {
    /** The number of rows for so many pages, the register page counted. */
    public static int rows(int pages) {
        return Math.multiplyExact(pages, BLOCKS);
    }

    /**
     * The digests of the pages.
     *
     * @param before page i's 9 elements at 9·i
     * @param after the same after the segment
     */
    public record Leaves(int[] before, int[] after) {}

    /**
     * Writes the segment's pages into the first rows.
     *
     * @param trace a table of the chip, all zeros, with {@link #rows} rows and more
     * @param permutations receives 44 for each page
     * @return the pages' digests
     */
    public Leaves fill(SegmentRecord record, Trace trace, Permutations permutations) {
        write(record.pageIds(), record.firstWords(), record.lastWords(), record.lastTimes(), trace);
        return hash(record.pageIds().length, trace, permutations);
    }

    /** Writes everything but capacities and digests, laid out as in {@link SegmentRecord}. */
    void write(int[] pageIds, long[] first, long[] last, int[] times, Trace trace) {
        for (int page = 0; page < pageIds.length; page++) {
            boolean more = page + 1 < pageIds.length;
            for (int block = 0; block < BLOCKS; block++) {
                int row = page * BLOCKS + block;
                boolean end = block == BLOCKS - 1;
                boolean register = pageIds[page] == MemoryMap.REGISTER_PAGE;
                trace.set(chip.real, row, 1);
                trace.set(chip.end, row, end ? 1 : 0);
                trace.set(chip.more, row, end && more ? 1 : 0);
                trace.set(chip.block, row, block);
                trace.set(chip.page, row, pageIds[page]);
                trace.set(chip.register, row, register ? 1 : 0);
                if (!end) proveBound(row, pageIds[page] - BoundaryChip.FIRST_PAGE, trace);
                else if (more) proveBound(row, gap(pageIds[page], pageIds[page + 1]), trace);
                for (int i = 0; i < BLOCK_WORDS && block * BLOCK_WORDS + i < MemoryMap.PAGE_WORDS; i++) {
                    int word = page * MemoryMap.PAGE_WORDS + block * BLOCK_WORDS + i;
                    trace.setLimbs(chip.words[i].first(), row, first[word]);
                    trace.setLimbs(chip.words[i].last(), row, last[word]);
                    trace.set(chip.words[i].time(), row, times[word]);
                }
            }
        }
    }

    private static int gap(int page, int next) {
        return next - page - 1 - (next == MemoryMap.REGISTER_PAGE ? 1 : 0);
    }

    private void proveBound(int row, int number, Trace trace) {
        trace.set(chip.low, row, number & 0xffff);
        trace.set(chip.high, row, number >>> 16);
    }

    /** Hashes the pages that the first rows hold, and writes capacities and digests. */
    Leaves hash(int pages, Trace trace, Permutations permutations) {
        Leaves leaves = new Leaves(new int[pages * Poseidon2Suite.DIGEST], new int[pages * Poseidon2Suite.DIGEST]);
        Column[] first = new Column[RATE];
        Column[] last = new Column[RATE];
        for (int i = 0; i < RATE; i++) {
            first[i] = chip.words[i / WORD_LIMBS].first()[i % WORD_LIMBS];
            last[i] = chip.words[i / WORD_LIMBS].last()[i % WORD_LIMBS];
        }
        for (int page = 0; page < pages; page++) {
            int at = page * Poseidon2Suite.DIGEST;
            sponge(page, first, chip.firstCapacity, chip.firstDigest, trace, permutations, leaves.before, at);
            sponge(page, last, chip.lastCapacity, chip.lastDigest, trace, permutations, leaves.after, at);
        }
        return leaves;
    }

    private static void sponge(
            int page,
            Column[] rate,
            Column[] capacity,
            Column[] digest,
            Trace trace,
            Permutations permutations,
            int[] digests,
            int at) {
        int[] state = PageDigest.start();
        for (int block = 0; block < BLOCKS; block++) {
            int row = page * BLOCKS + block;
            boolean end = block == BLOCKS - 1;
            for (int i = 0; i < capacity.length; i++) trace.setElement(capacity[i], row, state[RATE + i]);
            Arrays.fill(state, 0, RATE, 0);
            for (int i = 0; i < (end ? WORD_LIMBS : RATE); i++) state[i] = trace.element(rate[i], row);
            permutations.permute(state, end);
            for (int i = 0; end && i < digest.length; i++) trace.setElement(digest[i], row, state[i]);
        }
        System.arraycopy(state, 0, digests, at, digest.length);
    }
}
