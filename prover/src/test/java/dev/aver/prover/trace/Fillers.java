package dev.aver.prover.trace;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.hash.Poseidon2Suite;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.circuits.memory.TouchedNodes;
import dev.aver.prover.trace.MemoryTables.Filled;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.record.SegmentRecord;
import java.util.Arrays;
import java.util.Map;

/** What fills tables, for tests of other packages. */
public final class Fillers {
    private Fillers() {}

    /** The fillers of all instruction chips' tables. */
    public static Map<Chip, ChipTrace> instructions() {
        return InstructionTraces.of(Machine.CURRENT);
    }

    /** The memory tables of a segment, whatever the tree's pages are before it. */
    public static Filled memory(SegmentRecord record, MemoryTree tree) {
        Machine machine = Machine.CURRENT;
        int boundaryRows = BoundaryTrace.rows(record.pageIds().length);
        Permutations permutations = new Permutations(4 * boundaryRows);
        Trace boundary = new Trace(machine.boundary.air, Trace.logHeightFor(boundaryRows));
        BoundaryTrace.Leaves leaves = new BoundaryTrace(machine.boundary).fill(record, boundary, permutations);
        TouchedNodes nodes = tree.update(record.pageIds(), leaves.after());
        Trace merkle = new Trace(machine.merkle.air, Trace.logHeightFor(nodes.size()));
        new MerkleTrace(machine.merkle).fill(nodes, merkle, permutations);
        Trace hash = new Trace(machine.hash.air, Trace.logHeightFor(permutations.size()));
        new HashTrace(machine.hash).fill(permutations, hash);
        int digest = Poseidon2Suite.DIGEST;
        return new Filled(
                boundary, merkle, hash, Arrays.copyOf(nodes.before(), digest), Arrays.copyOf(nodes.after(), digest));
    }

    /** The digests of a segment's pages before it. */
    public static int[] leavesBefore(SegmentRecord record) {
        int rows = BoundaryTrace.rows(record.pageIds().length);
        Trace boundary = new Trace(Machine.CURRENT.boundary.air, Trace.logHeightFor(rows));
        return new BoundaryTrace(Machine.CURRENT.boundary)
                .fill(record, boundary, new Permutations(2 * rows))
                .before();
    }
}
