package dev.aver.zkvm.translate;

import org.jspecify.annotations.Nullable;

/**
 * A block and what the same counting covers behind it: a tree of blocks, entered at its root only.
 *
 * @param block the block
 * @param taken what follows where the block ends in a jump or a branch that is taken; null: the path ends
 * @param fall what follows otherwise; null: the path ends
 */
record Path(Block block, @Nullable Path taken, @Nullable Path fall) {
    /** Instructions on the longest way through the tree. */
    int longest() {
        return block.length() + Math.max(taken == null ? 0 : taken.longest(), fall == null ? 0 : fall.longest());
    }
}
