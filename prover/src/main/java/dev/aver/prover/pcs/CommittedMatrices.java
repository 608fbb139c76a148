package dev.aver.prover.pcs;

import dev.aver.prover.backend.CommittedTree;
import java.util.List;

/**
 * A commitment as its prover keeps it until it is opened.
 *
 * @param codewords each matrix's columns on the long domain, in the order of the tree
 * @param tree over them
 */
public record CommittedMatrices(List<int[]> codewords, CommittedTree tree) {
    public CommittedMatrices {
        codewords = List.copyOf(codewords);
    }
}
