package dev.aver.prover.backend.simd;

import dev.aver.circuits.hash.Blake3Suite;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Poseidon2Suite;

/**
 * A hash suite on many inputs at once, one in each lane, with the digests of {@link HashSuite}, digest after digest. An
 * object has buffers of its own: one for each thread.
 */
sealed interface LaneHash permits Poseidon2Lanes, Blake3Lanes {
    /** The suite in lanes. */
    static LaneHash of(HashSuite suite) {
        return switch (suite) {
            case Poseidon2Suite _ -> new Poseidon2Lanes();
            case Blake3Suite _ -> new Blake3Lanes();
        };
    }

    /** How many inputs at once. */
    int lanes();

    /** Hashes {@code lanes()} rows from number {@code row} on; their digests go where theirs are in {@code digests}. */
    void leaves(Rows rows, int row, int[] digests);

    /**
     * Computes {@code lanes()} nodes from number {@code node} on.
     *
     * @param below the digests of the level below
     * @param nodes those of their level
     */
    void nodes(int[] below, int node, int[] nodes);

    /** Binds the digests of the same numbers in {@code rows} to {@code lanes()} nodes from number {@code node} on. */
    void inject(int[] rows, int node, int[] nodes);
}
