package dev.aver.verifier.pcs;

import dev.aver.circuits.hash.HashSuite;
import java.util.List;

/**
 * One tree and the matrices in it.
 *
 * @param suite what it hashes with, which may be another suite than the transcript's
 * @param capLog the logarithm of the number of digests that the commitment is; at most that of the shortest codeword
 * @param matrices at least one, in the order of the tree
 */
public record OpenedCommitment(HashSuite suite, int capLog, List<OpenedMatrix> matrices) {
    public OpenedCommitment {
        matrices = List.copyOf(matrices);
    }
}
