package dev.aver.prover.backend;

import dev.aver.circuits.merkle.Opening;
import dev.aver.circuits.merkle.TreeShape;

/** A tree over committed matrices, as its prover needs it. Equal to {@link dev.aver.circuits.merkle.MerkleTree}'s. */
public interface CommittedTree {
    /** Its shape. */
    TreeShape shape();

    /** The commitment: 2^capLog digests. */
    int[] cap();

    /**
     * The opening at an index.
     *
     * @param index of a row of the tallest matrix
     */
    Opening open(int index);
}
