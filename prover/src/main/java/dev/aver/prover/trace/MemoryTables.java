package dev.aver.prover.trace;

import dev.aver.circuits.chips.BoundaryChip;
import dev.aver.circuits.chips.HashChip;
import dev.aver.circuits.chips.MerkleChip;
import dev.aver.circuits.hash.Poseidon2Suite;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.circuits.memory.TouchedNodes;
import dev.aver.prover.backend.Buffers;
import dev.aver.zkvm.record.SegmentRecord;
import java.util.Arrays;

/** The three tables that bind a segment's memory to the roots in its claim. Immutable. */
public final class MemoryTables {
    private final BoundaryTrace boundary;
    private final MerkleTrace merkle;
    private final HashTrace hash;
    private final Buffers buffers;

    /**
     * Fills these tables.
     *
     * @param buffers where the tables' arrays come from
     */
    public MemoryTables(BoundaryChip boundary, MerkleChip merkle, HashChip hash, Buffers buffers) {
        this.buffers = buffers;
        this.boundary = new BoundaryTrace(boundary);
        this.merkle = new MerkleTrace(merkle);
        this.hash = new HashTrace(hash);
    }

    /**
     * A segment's tables.
     *
     * @param rootBefore the memory tree's root before the segment
     * @param rootAfter its root after it
     */
    public record Filled(Trace boundary, Trace merkle, Trace hash, int[] rootBefore, int[] rootAfter) {}

    /**
     * Makes a segment's tables, and takes the tree from the state before the segment to the one after it.
     *
     * @throws IllegalStateException if the tree is not in the state in which the segment starts
     */
    public Filled fill(SegmentRecord record, MemoryTree tree) {
        int[] pages = record.pageIds();
        int nodeCount = MemoryTree.touchedNodes(pages);
        int boundaryRows = BoundaryTrace.rows(pages.length);
        Permutations permutations = new Permutations(2 * boundaryRows + 2 * nodeCount, buffers);
        Trace boundaryTable = new Trace(boundary.chip().air, Trace.logHeightFor(boundaryRows), buffers);
        BoundaryTrace.Leaves leaves = boundary.fill(record, boundaryTable, permutations);
        checkState(record, leaves.before(), tree);
        TouchedNodes nodes = tree.update(pages, leaves.after());
        Trace merkleTable = new Trace(merkle.chip().air, Trace.logHeightFor(nodeCount), buffers);
        merkle.fill(nodes, merkleTable, permutations);
        Trace hashTable = new Trace(hash.chip().air, Trace.logHeightFor(permutations.size()), buffers);
        hash.fill(permutations, hashTable);
        permutations.end();
        int[] before = Arrays.copyOf(nodes.before(), Poseidon2Suite.DIGEST);
        int[] after = Arrays.copyOf(nodes.after(), Poseidon2Suite.DIGEST);
        return new Filled(boundaryTable, merkleTable, hashTable, before, after);
    }

    private static void checkState(SegmentRecord record, int[] before, MemoryTree tree) {
        for (int i = 0; i < record.pageIds().length; i++) {
            int from = i * Poseidon2Suite.DIGEST;
            int to = from + Poseidon2Suite.DIGEST;
            if (!Arrays.equals(tree.leaf(record.pageIds()[i]), 0, Poseidon2Suite.DIGEST, before, from, to)) {
                throw new IllegalStateException(
                        "page %#x is not what segment %d started with".formatted(record.pageIds()[i], record.index()));
            }
        }
    }
}
