package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.WriteChip;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** Fills {@link WriteChip}. */
public record WriteTrace(WriteChip chip) implements ChipTrace {
    @Override
    public Air air() {
        return chip.air;
    }

    /** Events have a7 as rs1, a2 as rs2 and a0 as rd. */
    @Override
    public void fill(EventTable events, int first, int count, ProgramTable program, Trace trace) {
        for (int row = 0; row < count; row++) {
            int event = first + row;
            InstructionFill.fill(chip.instruction, events, event, program, trace, row);
            trace.set(chip.numberBefore, row, events.rs1Time[event]);
            trace.setLimbs(chip.was, row, events.rdBefore[event]);
            trace.set(chip.resultBefore, row, events.rdTime[event]);
            trace.setLimbs(chip.count, row, events.rs2[event]);
            trace.set(chip.countBefore, row, events.rs2Time[event]);
        }
    }
}
