package dev.aver.prover.backend;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.merkle.Opening;
import dev.aver.circuits.merkle.TreeShape;
import java.util.Arrays;
import java.util.List;

/**
 * The tree of {@link dev.aver.circuits.merkle.MerkleTree}, hashed in blocks by several threads. Digests of all levels
 * are kept.
 */
final class ScalarTree implements CommittedTree {
    /** Digests computed by one task. */
    private static final int TASK = 256;

    /** Where joined rows come from: matrices column by column, or one that has its rows together. */
    private interface Source {
        void copy(int first, int count, int[] to, int at);
    }

    private final Parallel parallel;
    private final Buffers buffers;
    private final HashSuite suite;
    private final TreeShape shape;

    /** The rows of each level from the cap's on. */
    private final Source[] rows;

    /** The digests of each level from the cap's on. */
    private final int[][] levels;

    /** A tree over matrices, as {@link Backend} says. */
    static ScalarTree of(Parallel parallel, Buffers buffers, HashSuite suite, TreeShape shape, List<int[]> matrices) {
        return new ScalarTree(parallel, buffers, suite, shape, rows(shape, matrices)).hash();
    }

    /** A tree over matrices, as {@link CommittedTree} says. */
    static ScalarTree of(HashSuite suite, TreeShape shape, List<int[]> matrices, List<int[]> levels) {
        ScalarTree tree = new ScalarTree(new Parallel(1), Buffers.FRESH, suite, shape, rows(shape, matrices));
        assert levels.size() == tree.levels.length : levels.size();
        levels.toArray(tree.levels);
        return tree;
    }

    private static Source[] rows(TreeShape shape, List<int[]> matrices) {
        Source[] rows = new Source[shape.pathLength() + 1];
        for (int i = 0; i < rows.length; i++) {
            int level = shape.capLog() + i;
            int[] members = members(shape, level);
            List<int[]> joined = Arrays.stream(members).mapToObj(matrices::get).toList();
            int[] widths = Arrays.stream(members)
                    .map(matrix -> shape.matrices().get(matrix).width())
                    .toArray();
            rows[i] = new Rows(level, joined, widths)::copy;
        }
        return rows;
    }

    /** The numbers of the matrices of height 2^level. */
    private static int[] members(TreeShape shape, int level) {
        int[] members = new int[shape.matrices().size()];
        int count = 0;
        for (int i = 0; i < members.length; i++) {
            if (shape.matrices().get(i).logHeight() == level) members[count++] = i;
        }
        return Arrays.copyOf(members, count);
    }

    /** A tree over one matrix whose rows lie one after the other. */
    static ScalarTree ofRows(Parallel parallel, Buffers buffers, HashSuite suite, TreeShape shape, int[] matrix) {
        int width = shape.openedElements();
        assert shape.matrices().size() == 1 && matrix.length >= width << shape.logHeight() : shape;
        Source[] rows = new Source[shape.pathLength() + 1];
        rows[rows.length - 1] =
                (first, count, to, at) -> System.arraycopy(matrix, first * width, to, at, count * width);
        return new ScalarTree(parallel, buffers, suite, shape, rows).hash();
    }

    private ScalarTree(Parallel parallel, Buffers buffers, HashSuite suite, TreeShape shape, Source[] rows) {
        this.parallel = parallel;
        this.buffers = buffers;
        this.suite = suite;
        this.shape = shape;
        this.rows = rows;
        levels = new int[rows.length][];
    }

    private ScalarTree hash() {
        int top = shape.logHeight();
        levels[levels.length - 1] = rowDigests(top);
        for (int level = top - 1; level >= shape.capLog(); level--) levels[level - shape.capLog()] = nodes(level);
        return this;
    }

    private int[] rowDigests(int level) {
        int digest = suite.digestLength();
        int width = shape.width(level);
        int[] digests = buffers.take(digest << level);
        Source source = rows[level - shape.capLog()];
        int block = Math.min(Rows.BLOCK, 1 << level);
        parallel.run((1 << level) / block, () -> new int[block * width], (task, buffer) -> {
            int first = task * block;
            source.copy(first, block, buffer, 0);
            for (int i = 0; i < block; i++) suite.leaf(buffer, i * width, width, digests, (first + i) * digest);
        });
        return digests;
    }

    private int[] nodes(int level) {
        int digest = suite.digestLength();
        int[] below = levels[level + 1 - shape.capLog()];
        int[] injected = shape.width(level) > 0 ? rowDigests(level) : new int[0];
        int[] nodes = buffers.take(digest << level);
        int task = Math.min(TASK, 1 << level);
        parallel.run((1 << level) / task, number -> {
            for (int i = number * task; i < (number + 1) * task; i++) {
                int at = i * digest;
                suite.node(below, 2 * at, below, 2 * at + digest, nodes, at);
                if (injected.length > 0) suite.inject(nodes, at, injected, at, nodes, at);
            }
        });
        if (injected.length > 0) buffers.give(injected);
        return nodes;
    }

    @Override
    public TreeShape shape() {
        return shape;
    }

    @Override
    public int[] cap() {
        return Arrays.copyOf(levels[0], suite.digestLength() << shape.capLog());
    }

    @Override
    public List<int[]> levels() {
        return List.of(levels);
    }

    @Override
    public Opening open(int index) {
        int top = shape.logHeight();
        assert index >>> top == 0 : index;
        int[] opened = new int[shape.openedElements()];
        int used = 0;
        for (int level = top; level >= shape.capLog(); level--) {
            int width = shape.width(level);
            if (width > 0) rows[level - shape.capLog()].copy(index >> (top - level), 1, opened, used);
            used += width;
        }
        int digest = suite.digestLength();
        int[] path = new int[shape.pathLength() * digest];
        for (int i = 0; i < shape.pathLength(); i++) {
            int sibling = (index >> i) ^ 1;
            System.arraycopy(levels[levels.length - 1 - i], sibling * digest, path, i * digest, digest);
        }
        return new Opening(opened, path);
    }
}
