package dev.aver.zkvm.segment;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.machine.Machine;
import dev.aver.zkvm.machine.Memory;
import dev.aver.zkvm.program.MemoryMap;
import java.util.Arrays;

/**
 * Counts what the current segment will cost, exactly, and says how far execution may go before it must look again.
 *
 * <p>Engines count instruction rows themselves; the rest is counted here at the two places where it is rare: when a
 * page is first touched (boundary, Merkle and hash rows), and when a window of {@link #WINDOW} cycles ends (refresh
 * rows).
 *
 * <p>Refresh rule: time is cut into windows of 2^13 cycles, clk / 2^13. An access to a register that was accessed
 * neither in this window nor in the one before it is preceded by a refresh row. So two consecutive accesses are never
 * 2^14 cycles, 2^16 timestamps, apart, which is what the 16-bit lookup of protocol.md section 5 needs; and a bit set
 * per window counts the rows exactly without following each register. Everything counts as accessed in window 0, where
 * the initial tuples are.
 */
public final class SegmentMeter implements Memory.TouchListener {
    /** Cycles per refresh window. */
    public static final int WINDOW = 1 << 13;

    /** Strides shorter than this are not worth their overhead: the segment is cut instead. */
    private static final int MIN_STRIDE = 256;

    private static final int LEAF_BIT = 1 << MemoryMap.TREE_DEPTH;
    private static final int PAGE_HASH_ROWS = 2 * SegmentRule.pageBlocks();

    private final SegmentRule rule;
    private final Memory.TouchListener next;
    private final long[] treeNodes = new long[LEAF_BIT >> 6];
    private int[] pages = new int[256];

    private final int[] instructionRows = new int[Chip.INSTRUCTION_CHIPS];
    private int cycles;
    private int pageCount;
    private int merkleRows;
    private int hashRows;
    private int refreshRows;
    private long window;
    private long previousWindow;

    /**
     * A meter for one run.
     *
     * @param next told of every first touch too
     */
    public SegmentMeter(SegmentRule rule, Memory.TouchListener next) {
        this.rule = rule;
        this.next = next;
    }

    /** Starts a new segment at zero cost but for the register page, which every segment touches. */
    public void begin() {
        for (int i = 0; i < pageCount; i++) {
            clearPath(pages[i]);
        }
        clearPath(MemoryMap.REGISTER_PAGE);
        Arrays.fill(instructionRows, 0);
        cycles = 0;
        pageCount = 0;
        merkleRows = 0;
        hashRows = 0;
        refreshRows = 0;
        window = -1L;
        previousWindow = -1L;
        countPage(MemoryMap.REGISTER_PAGE);
    }

    @Override
    public void touched(int pageId, byte[] content) {
        if (pageCount == pages.length) {
            pages = Arrays.copyOf(pages, 2 * pageCount);
        }
        pages[pageCount++] = pageId;
        countPage(pageId);
        next.touched(pageId, content);
    }

    private void countPage(int pageId) {
        int before = merkleRows;
        for (int node = (LEAF_BIT | pageId) >> 1; node != 0; node >>= 1) {
            long bit = 1L << node;
            if ((treeNodes[node >> 6] & bit) != 0) {
                break;
            }
            treeNodes[node >> 6] |= bit;
            merkleRows++;
        }
        hashRows += PAGE_HASH_ROWS + 2 * (merkleRows - before);
    }

    private void clearPath(int pageId) {
        for (int node = (LEAF_BIT | pageId) >> 1; node != 0; node >>= 1) {
            treeNodes[node >> 6] &= ~(1L << node);
        }
    }

    /**
     * Most instructions the engine may execute before {@link #take}: no window ends inside, no capacity is passed
     * whatever they do. 0 when the segment must be cut here.
     */
    public int stride() {
        // An instruction touches at most two pages.
        int untilFull = (rule.maxHashRows() - hashRows) / SegmentRule.HASH_ROWS_PER_PAGE / 2;
        if (untilFull < MIN_STRIDE) {
            return 0;
        }
        int untilWindow = WINDOW - ((cycles + 1) & (WINDOW - 1));
        return Math.min(Math.min(untilFull, untilWindow), rule.maxCycles() - cycles);
    }

    /** Takes over the machine's counts after the engine ran; at the end of a window, counts its refresh rows. */
    public void take(Machine machine) {
        for (int i = 0; i < instructionRows.length; i++) {
            instructionRows[i] += machine.rows[i];
            cycles += machine.rows[i];
            machine.rows[i] = 0;
        }
        window |= machine.used;
        machine.used = 0;
        if (((cycles + 1) & (WINDOW - 1)) == 0) {
            refreshRows += windowRefreshes();
            previousWindow = window;
            window = 0;
        }
    }

    private int windowRefreshes() {
        return Long.bitCount(window & ~previousWindow);
    }

    /** Whether tables fill well enough to end the segment here, by the rule's waste line. */
    public boolean fillsWell(Memory memory) {
        double progress = 2.0 * cycles / rule.maxCycles() - 1;
        if (progress < 0) {
            return false;
        }
        SegmentCost cost = cost(memory);
        double waste = (double) cost.paddedCells() / cost.cells() - 1;
        return waste <= rule.startWaste() + progress * (rule.endWaste() - rule.startWaste());
    }

    /** Instructions in this segment so far. */
    public int cycles() {
        return cycles;
    }

    /** The segment's cost so far. */
    public SegmentCost cost(Memory memory) {
        int[] rows = Arrays.copyOf(instructionRows, Chip.COUNT);
        rows[Chip.LOAD_DOUBLE.ordinal()] -= memory.crossLoadDouble();
        rows[Chip.LOAD.ordinal()] -= memory.crossLoad();
        rows[Chip.LOAD_CROSS.ordinal()] = memory.crossLoadDouble() + memory.crossLoad();
        rows[Chip.STORE_DOUBLE.ordinal()] -= memory.crossStoreDouble();
        rows[Chip.STORE.ordinal()] -= memory.crossStore();
        rows[Chip.STORE_CROSS.ordinal()] = memory.crossStoreDouble() + memory.crossStore();
        rows[Chip.REFRESH.ordinal()] = refreshRows + windowRefreshes();
        rows[Chip.BOUNDARY.ordinal()] = (pageCount + 1) * SegmentRule.pageBlocks();
        rows[Chip.MERKLE.ordinal()] = merkleRows;
        rows[Chip.HASH.ordinal()] = hashRows;
        return new SegmentCost(cycles, pageCount, rows);
    }
}
