package dev.aver.circuits.memory;

import dev.aver.circuits.hash.Poseidon2Suite;

/**
 * What an update of the memory tree touched, before and after: the rows of the Merkle table. A node is touched if a
 * leaf below it is, whether or not its content changed; leaves are not among the nodes.
 *
 * @param numbers 2^level + index of each node, increasing: the root, 1, is first; node n's children are 2n and 2n + 1
 * @param touched for each node bit 0 if its left child is touched, bit 1 if its right child is
 * @param before {@link #STRIDE} elements for each node, in Montgomery form: its digest, its left child's, its right
 *     child's
 * @param after the same after the update
 */
public record TouchedNodes(int[] numbers, int[] touched, int[] before, int[] after) {
    /** Elements for each node in {@link #before} and {@link #after}: three digests. */
    public static final int STRIDE = 3 * Poseidon2Suite.DIGEST;

    /** The number of touched nodes. */
    public int size() {
        return numbers.length;
    }

    /** The distance of node {@code i} from the root. */
    public int level(int i) {
        return 31 - Integer.numberOfLeadingZeros(numbers[i]);
    }

    /** The place of node {@code i} in its level, from the left. */
    public int index(int i) {
        return numbers[i] ^ Integer.highestOneBit(numbers[i]);
    }
}
