package dev.aver.prover.backend;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.merkle.Opening;
import dev.aver.circuits.merkle.TreeShape;
import java.util.List;

/** A tree over committed matrices, as its prover needs it. Equal to {@link dev.aver.circuits.merkle.MerkleTree}'s. */
public interface CommittedTree {
    /**
     * A tree that was computed before.
     *
     * @param matrices column after column each, as a backend commits to them
     * @param levels the tree's {@link #levels}
     */
    static CommittedTree of(HashSuite suite, TreeShape shape, List<int[]> matrices, List<int[]> levels) {
        return ScalarTree.of(suite, shape, matrices, levels);
    }

    /** Its shape. */
    TreeShape shape();

    /** The commitment: 2^capLog digests. */
    int[] cap();

    /**
     * The digests of each level, one after the other, from the cap's on. Arrays may be longer than that, and must not
     * be changed.
     */
    List<int[]> levels();

    /**
     * The opening at an index.
     *
     * @param index of a row of the tallest matrix
     */
    Opening open(int index);
}
