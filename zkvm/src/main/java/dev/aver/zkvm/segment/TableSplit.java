package dev.aver.zkvm.segment;

/**
 * How the rows of an instruction chip are divided among its tables. A table's height is a power of two, so two tables
 * often take fewer rows than one. But every opened column of a second one makes the receipt larger by some 900 bytes
 * and its verification slower by 15 permutations, as many columns as the rows have cells; so what has to be saved is a
 * number of rows, whatever the chip: a share of the segment's cycles, because what it costs to prove grows with them
 * and what is opened does not.
 */
public final class TableSplit {
    /** Smallest height of a table (docs/protocol.md, section 9). */
    private static final int MIN_HEIGHT = 64;

    /** A second table has to save a row for this many cycles of the segment. */
    private static final int CYCLES_PER_ROW = 32;

    private TableSplit() {}

    /** The height of a table with this many rows, at least one. */
    static int height(int rows) {
        int high = Integer.highestOneBit(rows);
        return Math.max(MIN_HEIGHT, rows == high ? high : 2 * high);
    }

    /**
     * How many of a chip's rows its first table gets. The others are the second one's; if there are none, it does not
     * exist.
     *
     * @param rows at least one
     * @param cycles of the segment
     */
    public static int first(int rows, int cycles) {
        int high = Integer.highestOneBit(rows);
        if (high < MIN_HEIGHT || high == rows) return rows;
        int saved = height(rows) - high - height(rows - high);
        return (long) saved * CYCLES_PER_ROW >= cycles && saved > 0 ? high : rows;
    }
}
