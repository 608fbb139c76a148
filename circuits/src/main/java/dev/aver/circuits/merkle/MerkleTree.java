package dev.aver.circuits.merkle;

import dev.aver.circuits.hash.HashSuite;
import java.util.List;

/** The tree over matrices, computed row by row on one core: the specification of what faster ones must give. */
public final class MerkleTree {
    private final HashSuite suite;
    private final TreeShape shape;

    /** The matrices, column by column; they are the caller's. */
    private final List<int[]> matrices;

    /** Digests of each level, from the cap's on. */
    private final int[][] levels;

    /**
     * Hashes the matrices.
     *
     * @param matrices as the shape says, each column by column, elements in Montgomery form, rows in bit-reversed order
     *     if they are evaluations. They are kept and must not change
     */
    public MerkleTree(HashSuite suite, TreeShape shape, List<int[]> matrices) {
        assert matrices.size() == shape.matrices().size() : matrices.size();
        this.suite = suite;
        this.shape = shape;
        this.matrices = List.copyOf(matrices);
        int digest = suite.digestLength();
        int top = shape.logHeight();
        levels = new int[top - shape.capLog() + 1][];
        for (int level = top; level >= shape.capLog(); level--) {
            int[] rows = shape.width(level) > 0 ? rowDigests(level) : new int[0];
            int[] nodes = level == top ? rows : new int[digest << level];
            for (int i = 0; level < top && i < 1 << level; i++) {
                int[] below = levels[level + 1 - shape.capLog()];
                suite.node(below, 2 * i * digest, below, (2 * i + 1) * digest, nodes, i * digest);
                if (rows.length > 0) suite.inject(nodes, i * digest, rows, i * digest, nodes, i * digest);
            }
            levels[level - shape.capLog()] = nodes;
        }
    }

    private int[] rowDigests(int level) {
        int digest = suite.digestLength();
        int[] digests = new int[digest << level];
        int[] row = new int[shape.width(level)];
        for (int i = 0; i < 1 << level; i++) {
            int at = 0;
            for (int matrix = 0; matrix < matrices.size(); matrix++) {
                if (shape.matrices().get(matrix).logHeight() == level) at = copyRow(matrix, i, row, at);
            }
            suite.leaf(row, 0, row.length, digests, i * digest);
        }
        return digests;
    }

    /** Copies a row to {@code to[at]} and gives the place after it. */
    private int copyRow(int matrix, int row, int[] to, int at) {
        TreeShape.Matrix form = shape.matrices().get(matrix);
        for (int column = 0; column < form.width(); column++) {
            to[at + column] = matrices.get(matrix)[(column << form.logHeight()) + row];
        }
        return at + form.width();
    }

    /** The commitment: 2^capLog digests. */
    public int[] cap() {
        return levels[0].clone();
    }

    /** The opening at an index of the tallest matrix. */
    public Opening open(int index) {
        int top = shape.logHeight();
        assert index >>> top == 0 : index;
        int[] rows = new int[shape.openedElements()];
        for (int matrix = 0; matrix < matrices.size(); matrix++) {
            int shorter = top - shape.matrices().get(matrix).logHeight();
            copyRow(matrix, index >> shorter, rows, shape.rowOffset(matrix));
        }
        int digest = suite.digestLength();
        int[] path = new int[shape.pathLength() * digest];
        for (int i = 0; i < shape.pathLength(); i++) {
            int sibling = (index >> i) ^ 1;
            int[] level = levels[levels.length - 1 - i];
            System.arraycopy(level, sibling * digest, path, i * digest, digest);
        }
        return new Opening(rows, path);
    }
}
