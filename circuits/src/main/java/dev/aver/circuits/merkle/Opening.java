package dev.aver.circuits.merkle;

import dev.aver.circuits.hash.HashSuite;

/**
 * The rows of all matrices at one index, and the path from the leaf to the cap.
 *
 * @param rows the opened elements, in Montgomery form, each matrix's at {@link TreeShape#rowOffset}
 * @param path the sibling's digest at every level from the leaves to below the cap
 */
public record Opening(int[] rows, int[] path) {
    /**
     * Whether these are the rows at {@code index} of what was committed to.
     *
     * @param cap the commitment: the digests of level {@code capLog}
     * @return false also if the index or a length is not that of the shape
     */
    public boolean isIn(int[] cap, HashSuite suite, TreeShape shape, int index) {
        int digest = suite.digestLength();
        int leaves = shape.logHeight();
        if (rows.length != shape.openedElements()
                || path.length != shape.pathLength() * digest
                || cap.length != digest << shape.capLog()
                || index >>> leaves != 0) {
            return false;
        }
        int[] node = new int[digest];
        int[] row = new int[digest];
        int used = shape.width(leaves);
        suite.leaf(rows, 0, used, node, 0);
        int position = index;
        for (int level = leaves - 1; level >= shape.capLog(); level--) {
            int sibling = (leaves - 1 - level) * digest;
            if ((position & 1) == 0) suite.node(node, 0, path, sibling, node, 0);
            else suite.node(path, sibling, node, 0, node, 0);
            position >>= 1;
            int width = shape.width(level);
            if (width > 0) {
                suite.leaf(rows, used, width, row, 0);
                suite.inject(node, 0, row, 0, node, 0);
                used += width;
            }
        }
        int difference = 0;
        for (int i = 0; i < digest; i++) difference |= node[i] ^ cap[position * digest + i];
        return difference == 0;
    }
}
