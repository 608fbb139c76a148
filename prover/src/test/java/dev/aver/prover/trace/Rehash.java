package dev.aver.prover.trace;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.circuits.memory.TouchedNodes;

/** Makes everything that commits to memory fit a boundary table that somebody has changed. */
public final class Rehash {
    private Rehash() {}

    /**
     * Hashes the pages of a boundary table as they are, and gives the tables that say so, up to the roots.
     *
     * @param memory afterwards in the state that the table says, but for the pages before it: see {@code before}
     * @param before told the tree with the pages as the segment starts with them
     */
    public static MemoryTables.Filled of(
            Trace boundary, int[] pageIds, MemoryTree memory, java.util.function.Consumer<MemoryTree> before) {
        Machine machine = Machine.CURRENT;
        Permutations permutations = new Permutations(1);
        BoundaryTrace.Leaves leaves = new BoundaryTrace(machine.boundary).hash(pageIds.length, boundary, permutations);
        memory.update(pageIds, leaves.before());
        before.accept(memory);
        int[] rootBefore = memory.root();
        TouchedNodes nodes = memory.update(pageIds, leaves.after());
        Trace merkle = new Trace(machine.merkle.air, Trace.logHeightFor(MemoryTree.touchedNodes(pageIds)));
        new MerkleTrace(machine.merkle).fill(nodes, merkle, permutations);
        Trace hash = new Trace(machine.hash.air, Trace.logHeightFor(permutations.size()));
        new HashTrace(machine.hash).fill(permutations, hash);
        return new MemoryTables.Filled(boundary, merkle, hash, rootBefore, memory.root());
    }
}
