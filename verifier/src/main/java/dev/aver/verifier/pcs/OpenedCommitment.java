package dev.aver.verifier.pcs;

import dev.aver.circuits.hash.HashSuite;
import java.util.List;

/**
 * One tree and the matrices in it.
 *
 * @param suite what it hashes with, which may be another suite than the transcript's
 * @param matrices at least one, in the order of the tree
 */
public record OpenedCommitment(HashSuite suite, List<OpenedMatrix> matrices) {
    public OpenedCommitment {
        matrices = List.copyOf(matrices);
    }
}
