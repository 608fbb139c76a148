package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.ConstChip;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** Fills {@link ConstChip}. */
public record ConstTrace(ConstChip chip) implements ChipTrace {
    @Override
    public Air air() {
        return chip.air;
    }

    @Override
    public void fill(EventTable events, int first, int count, ProgramTable program, Trace trace) {
        for (int row = 0; row < count; row++) {
            int event = first + row;
            int fields = InstructionFill.fill(chip.instruction, events, event, program, trace, row);
            trace.setLimbs(chip.imm, row, program.imm(events.row[event]));
            trace.write(chip.rd, row, ProgramTable.rd(fields), events.rdBefore[event], events.rdTime[event]);
        }
    }
}
