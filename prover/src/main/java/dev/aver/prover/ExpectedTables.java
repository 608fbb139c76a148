package dev.aver.prover;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.BitsTable;
import dev.aver.circuits.chips.BytesTable;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.memory.PageDigest;
import dev.aver.prover.trace.SegmentTraces;
import dev.aver.prover.trace.Trace;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.stark.ProofTables;
import dev.aver.verifier.stark.ProofTables.Instance;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.segment.SegmentCost;
import java.util.ArrayList;
import java.util.List;

/** The tables that a segment's proof will have, known from what the segment costs, before it is recorded. */
final class ExpectedTables {
    private ExpectedTables() {}

    /** The tables of a segment. */
    static ProofTables of(SegmentCost cost, int programLogHeight) {
        Machine machine = Machine.CURRENT;
        int boundary = (cost.pages() + 1) * PageDigest.BLOCKS;
        int merkle = cost.rows(Chip.MERKLE);
        List<Instance> tables = new ArrayList<>();
        tables.add(new Instance(Machine.PROGRAM, 0, programLogHeight));
        tables.add(new Instance(Machine.BITS, 0, BitsTable.LOG_HEIGHT));
        tables.add(new Instance(Machine.BYTES, 0, BytesTable.LOG_HEIGHT));
        add(tables, machine.boundary.air, boundary);
        add(tables, machine.merkle.air, merkle);
        add(tables, machine.hash.air, 2 * boundary + 2 * merkle);
        add(tables, machine.halt.air, 1);
        if (cost.rows(Chip.REFRESH) > 0) add(tables, machine.refresh.air, cost.rows(Chip.REFRESH));
        for (Chip chip : SegmentTraces.instructionChips()) {
            int rows = cost.rows(chip);
            if (rows == 0) continue;
            int number = machine.number(SegmentTraces.air(chip));
            List<Integer> parts = SegmentTraces.instances(rows, cost.cycles());
            for (int i = 0; i < parts.size(); i++)
                tables.add(new Instance(number, i, Trace.logHeightFor(parts.get(i))));
        }
        try {
            return new ProofTables(machine, tables);
        } catch (InvalidReceiptException e) {
            throw new AssertionError("a segment's tables are always those of a proof", e);
        }
    }

    private static void add(List<Instance> tables, Air air, int rows) {
        tables.add(new Instance(Machine.CURRENT.number(air), 0, Trace.logHeightFor(rows)));
    }

    /** Committed elements of K, main and permutation columns. */
    static long cells(ProofTables tables) {
        long cells = 0;
        for (int place = 0; place < tables.tables().size(); place++) {
            cells += (long) tables.kind(place).air().cells()
                    << tables.tables().get(place).logHeight();
        }
        return cells;
    }
}
