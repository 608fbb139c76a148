package dev.aver.prover.backend.simd;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.merkle.Opening;
import dev.aver.circuits.merkle.TreeShape;
import dev.aver.prover.backend.Buffers;
import dev.aver.prover.backend.CommittedTree;
import dev.aver.prover.backend.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** The tree of {@link dev.aver.circuits.merkle.MerkleTree}, hashed in lanes. Digests of all levels are kept. */
final class LaneTree implements CommittedTree {
    /** Digests computed by one task. */
    private static final int TASK = 256;

    private final Parallel parallel;
    private final Buffers buffers;
    private final HashSuite suite;
    private final TreeShape shape;

    /** The rows of each level from the cap's on; of no width where no matrix has this height. */
    private final Rows[] rows;

    /** The digests of each level from the cap's on. */
    private final int[][] levels;

    /**
     * Hashes rows.
     *
     * @param rows of each level from the cap's on
     */
    LaneTree(Parallel parallel, Buffers buffers, HashSuite suite, TreeShape shape, Rows[] rows) {
        this.parallel = parallel;
        this.buffers = buffers;
        this.suite = suite;
        this.shape = shape;
        this.rows = rows;
        int top = shape.logHeight();
        levels = new int[rows.length][];
        levels[rows.length - 1] = rowDigests(top);
        for (int level = top - 1; level >= shape.capLog(); level--) {
            int[] nodes = nodes(level);
            if (shape.width(level) > 0) inject(level, nodes);
            levels[level - shape.capLog()] = nodes;
        }
    }

    /** What hashes {@code lanes} inputs from number {@code first} on. */
    private interface Step {
        void on(LaneHash hash, int first);
    }

    /** Does all of a level. One of fewer inputs than lanes is for {@code single}, which takes one. */
    private void run(int level, Step step, IntConsumer single) {
        int count = 1 << level;
        int lanes = LaneHash.of(suite).lanes();
        if (count < lanes) {
            for (int i = 0; i < count; i++) single.accept(i);
            return;
        }
        int task = Math.min(count, TASK);
        parallel.run(count / task, () -> LaneHash.of(suite), (number, hash) -> {
            for (int i = number * task; i < (number + 1) * task; i += lanes) step.on(hash, i);
        });
    }

    private int[] rowDigests(int level) {
        int digest = suite.digestLength();
        Rows source = rows[level - shape.capLog()];
        int[] digests = buffers.take(digest << level);
        run(level, (hash, first) -> hash.leaves(source, first, digests), i -> {
            int[] row = source.row(i);
            suite.leaf(row, 0, row.length, digests, i * digest);
        });
        return digests;
    }

    private int[] nodes(int level) {
        int digest = suite.digestLength();
        int[] below = levels[level + 1 - shape.capLog()];
        int[] nodes = buffers.take(digest << level);
        run(level, (hash, first) -> hash.nodes(below, first, nodes), i -> {
            int left = 2 * i * digest;
            suite.node(below, left, below, left + digest, nodes, i * digest);
        });
        return nodes;
    }

    private void inject(int level, int[] nodes) {
        int digest = suite.digestLength();
        int[] injected = rowDigests(level);
        run(level, (hash, first) -> hash.inject(injected, first, nodes), i -> {
            suite.inject(nodes, i * digest, injected, i * digest, nodes, i * digest);
        });
        buffers.give(injected);
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
            int[] row = rows[level - shape.capLog()].row(index >> (top - level));
            System.arraycopy(row, 0, opened, used, row.length);
            used += row.length;
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
