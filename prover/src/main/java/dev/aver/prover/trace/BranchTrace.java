package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.BranchChip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** Fills {@link BranchChip}. */
public record BranchTrace(BranchChip chip) implements ChipTrace {
    @Override
    public Air air() {
        return chip.air;
    }

    @Override
    public void fill(EventTable events, int first, int count, ProgramTable program, Trace trace) {
        for (int row = 0; row < count; row++) {
            int event = first + row;
            int fields = InstructionFill.fill(chip.instruction, events, event, program, trace, row);
            Op op = ProgramTable.op(fields);
            long x = events.rs1[event];
            long y = events.rs2[event];
            trace.read(chip.rs1, row, ProgramTable.rs1(fields), x, events.rs1Time[event]);
            trace.read(chip.rs2, row, ProgramTable.rs2(fields), y, events.rs2Time[event]);
            ComparisonFill.fill(chip.comparison, op == Op.BLT || op == Op.BGE, x, y, trace, row);
            trace.set(chip.target, row, program.target(events.row[event]));
            trace.set(chip.taken, row, taken(op, x, y) ? 1 : 0);
            trace.set(chip.next, row, events.next[event]);
        }
    }

    private static boolean taken(Op op, long x, long y) {
        return switch (op) {
            case BEQ -> x == y;
            case BNE -> x != y;
            case BLT -> x < y;
            case BGE -> x >= y;
            case BLTU -> Long.compareUnsigned(x, y) < 0;
            case BGEU -> Long.compareUnsigned(x, y) >= 0;
            default -> throw new IllegalArgumentException("not a branch: " + op);
        };
    }
}
