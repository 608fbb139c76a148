package dev.aver.zkvm.translate;

import dev.aver.zkvm.isa.Chip;
import java.util.List;

/**
 * Rows per chip, packed into three longs of four 16-bit lanes, so that a path's rows are counted with one addition per
 * long. A stride of at most {@link #MAX_STRIDE} instructions cannot overflow a lane. The commonest chip has no lane:
 * its rows are what is left.
 */
enum Lanes {
    A(Chip.BRANCH, Chip.LOAD, Chip.LOAD_DOUBLE, Chip.STORE_DOUBLE),
    B(Chip.BITWISE, Chip.SHIFT, Chip.STORE, Chip.SLT),
    C(Chip.CONST, Chip.JUMP, Chip.MUL);

    /** The chip without a lane. */
    static final Chip REST = Chip.ADD;

    /** Most instructions between unpackings. */
    static final int MAX_STRIDE = 0xffff;

    private static final int BITS = 16;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Chip> chips;

    Lanes(Chip... chips) {
        this.chips = List.of(chips);
    }

    /** The packed form of these rows per chip, by ordinal. */
    long pack(int[] rows) {
        long packed = 0;
        for (int lane = 0; lane < chips.size(); lane++) {
            packed |= (long) rows[chips.get(lane).ordinal()] << (BITS * lane);
        }
        return packed;
    }

    /** Adds the lanes to rows per chip, by ordinal; returns their sum. */
    int unpack(long packed, int[] rows) {
        int sum = 0;
        for (int lane = 0; lane < chips.size(); lane++) {
            int count = (int) (packed >>> (BITS * lane)) & MAX_STRIDE;
            rows[chips.get(lane).ordinal()] += count;
            sum += count;
        }
        return sum;
    }
}
