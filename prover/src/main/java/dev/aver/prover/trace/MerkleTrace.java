package dev.aver.prover.trace;

import dev.aver.circuits.chips.MerkleChip;
import dev.aver.circuits.hash.Poseidon2Sponge;
import dev.aver.circuits.hash.Poseidon2Suite;
import dev.aver.circuits.memory.TouchedNodes;

/** Fills {@link MerkleChip}. */
public record MerkleTrace(MerkleChip chip) {
    /**
     * Writes the touched nodes into the first rows.
     *
     * @param trace a table of the chip, all zeros, with a row for each node
     * @param permutations receives two for each node, before and after
     */
    public void fill(TouchedNodes nodes, Trace trace, Permutations permutations) {
        for (int row = 0; row < nodes.size(); row++) {
            trace.set(chip.level, row, nodes.level(row));
            trace.set(chip.index, row, nodes.index(row));
            trace.set(chip.left, row, nodes.touched()[row] & 1);
            trace.set(chip.right, row, nodes.touched()[row] >> 1);
            int at = row * TouchedNodes.STRIDE;
            for (int i = 0; i < TouchedNodes.STRIDE; i++) {
                trace.setElement(chip.before[i], row, nodes.before()[at + i]);
                trace.setElement(chip.after[i], row, nodes.after()[at + i]);
            }
            permutations.permute(children(nodes.before(), at), true);
            permutations.permute(children(nodes.after(), at), true);
        }
    }

    /** The state that the node over the children of the family at {@code at} begins with. */
    private static int[] children(int[] families, int at) {
        int[] state = Poseidon2Sponge.start(Poseidon2Suite.NODE_TAG);
        System.arraycopy(families, at + Poseidon2Suite.DIGEST, state, 0, 2 * Poseidon2Suite.DIGEST);
        return state;
    }
}
