package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.AddChip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** Fills {@link AddChip}. */
public record AddTrace(AddChip chip) implements ChipTrace {
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
            trace.read(chip.rs1, row, ProgramTable.rs1(fields), events.rs1[event], events.rs1Time[event]);
            InstructionFill.second(chip.second, events, event, program, trace, row);
            trace.write(chip.rd, row, ProgramTable.rd(fields), events.rdBefore[event], events.rdTime[event]);
            long result = events.rd[event];
            trace.setLimbs(chip.result, row, result);
            boolean word = op == Op.ADDW || op == Op.SUBW || op == Op.ADDIW;
            trace.set(chip.sign, row, word && result < 0 ? 1 : 0);
        }
    }
}
