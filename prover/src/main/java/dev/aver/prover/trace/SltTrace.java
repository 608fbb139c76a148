package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.SltChip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** Fills {@link SltChip}. */
public record SltTrace(SltChip chip) implements ChipTrace {
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
            trace.read(chip.rs1, row, ProgramTable.rs1(fields), x, events.rs1Time[event]);
            long y = InstructionFill.second(chip.second, events, event, program, trace, row);
            ComparisonFill.fill(chip.comparison, op == Op.SLT || op == Op.SLTI, x, y, trace, row);
            trace.write(chip.rd, row, ProgramTable.rd(fields), events.rdBefore[event], events.rdTime[event]);
        }
    }
}
